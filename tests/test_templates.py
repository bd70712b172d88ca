"""The templates: Jinja2's for readers, Django's for editors, and a wall between them."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.exceptions import TemplateDoesNotExist
from jinja2 import meta, nodes

TEMPLATES = Path(__file__).parent.parent / "templates"
FILES = [path for path in sorted(TEMPLATES.rglob("*")) if path.is_file()]
SITE = [
    path.relative_to(TEMPLATES / "site").as_posix()
    for path in FILES
    if path.is_relative_to(TEMPLATES / "site")
]
# What the templates of each app may take parts from; those beside the folders are the frame.
KNOWN = {
    "archive": {"archive", "includes", ""},
    "search": {"search", "includes", ""},
    "includes": {"includes"},
    "staff": {"staff"},
    "": {"includes", ""},
}
# Libraries of tags for the admin's templates: Django's own, the archive's dates, the log-in's.
LIBRARIES = {
    *("admin_list", "admin_modify", "admin_urls", "dates", "i18n", "l10n", "log", "static"),
    "log_in",
}


def environment():
    return engines["jinja2"].env


def parsed(name):
    source = (TEMPLATES / "site" / name).read_text(encoding="utf-8")
    return environment().parse(source)


def folder_of(name):
    return name.rpartition("/")[0].partition("/")[0]


def test_templates_neither_trust_text_nor_hold_script_or_style():
    assert {path.suffix for path in FILES} == {".html", ".txt"}  # and mails
    assert {path.relative_to(TEMPLATES).parts[0] for path in FILES} == {"admin", "site"}
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape", text), path
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", text), path


@pytest.mark.parametrize("name", SITE)
def test_a_template_of_the_site_compiles_and_knows_its_filters(name):
    environment().get_template(name)
    known = environment().filters
    assert {one.name for one in parsed(name).find_all(nodes.Filter)} <= set(known)


@pytest.mark.parametrize("name", SITE)
def test_a_template_of_the_site_takes_parts_from_its_own_app(name):
    parts = set(meta.find_referenced_templates(parsed(name)))
    assert parts <= set(SITE)
    assert {folder_of(part) for part in parts} <= KNOWN[folder_of(name)]


@pytest.mark.parametrize("name", [name for name in SITE if folder_of(name) == "archive"])
def test_a_template_of_the_archive_leads_to_no_page_of_the_search(name):
    calls = [one for one in parsed(name).find_all(nodes.Call) if isinstance(one.node, nodes.Name)]
    named = {one.args[0].value for one in calls if one.node.name == "link"}
    assert {address.partition(":")[0] for address in named} <= {"admin", "archive"}
    assert not {one.node.name for one in calls} & {"how_often", "search_with"}


def test_a_template_of_the_admin_is_django_s_and_takes_parts_from_the_admin():
    mine = [path for path in FILES if path.is_relative_to(TEMPLATES / "admin")]
    assert len(mine) > 60
    for path in mine:
        text = path.read_text(encoding="utf-8")
        engines["django"].from_string(text)
        for part in re.findall(r'{% (?:include|extends) "([^"]+)"', text):
            assert part.startswith("admin/"), path
        for loaded in re.findall(r"{% load ([^%]+?) %}", text):
            assert set(loaded.split()) <= LIBRARIES, path


@pytest.mark.parametrize("name", SITE)
def test_no_name_has_a_template_in_each_language(name):
    try:
        found = engines["django"].get_template(name).origin.name
    except TemplateDoesNotExist:
        return
    assert not Path(found).is_relative_to(TEMPLATES)
