"""The stylesheet: one file made of its parts, and colours that can be read in both themes."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.templatetags.static import static
from django.test import Client

import config.settings
from config.styles import NAME, STATIC, joined

PARTS = STATIC / "css"
STORAGE = config.settings.STORAGES["staticfiles"]
TOKENS = (PARTS / "tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", half))
    for half in TOKENS.split("prefers-color-scheme: dark")
)
# What is printed on what, and how much darker or lighter it must be (WCAG 2.2, 1.4.3 and 1.4.11).
PAIRS = [
    *(
        (ink, ground, 4.5)
        for ink in ("ink", "soft", "link", "seal")
        for ground in ("paper", "sheet")
    ),
    ("ink", "notice", 4.5),
    ("link", "notice", 4.5),
    ("on-seal", "seal", 4.5),
    ("paper", "ink", 4.5),
    ("paper", "seal", 4.5),
    ("mark-ink", "mark", 4.5),
    *(
        (edge, ground, 3)
        for edge in ("edge", "focus", "mark-edge")
        for ground in ("paper", "sheet")
    ),
]


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_can_be_told_apart(theme, ink, ground, least):
    assert contrast(theme[ink], theme[ground]) >= least


def test_the_dark_theme_leaves_no_colour_of_the_light_one():
    assert DARK.keys() == LIGHT.keys()


def test_every_part_is_imported_once_and_nothing_is_left_to_fetch():
    named = re.findall(r'@import "css/([a-z-]+\.css)"', (STATIC / NAME).read_text("utf-8"))
    assert sorted(named) == sorted(path.name for path in PARTS.iterdir())
    assert not re.search(r"@import|url\(|/\*", joined())


def test_braces_are_even_so_that_no_part_swallows_the_next():
    for path in PARTS.glob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert text.count("{") == text.count("}"), path


@pytest.fixture
def collected(settings, tmp_path):
    """The folder of static files, collected as for readers."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": STORAGE}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_readers_get_one_file_under_both_of_its_names(collected):
    named = collected / static(NAME).removeprefix("/static/")
    assert re.fullmatch(r"dawen\.[0-9a-f]{12}\.css", named.name)
    assert named.read_text("utf-8") == (collected / NAME).read_text("utf-8") == joined()
    assert named.with_name(f"{named.name}.gz").is_file()
    assert not list(collected.glob("css/*.*.*"))
    answer = Client().get(static(NAME))
    assert answer.status_code == 200
    assert "style-src 'self'" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).decode() == joined()
    answer.close()


def test_the_file_that_was_collected_follows_its_parts(collected, monkeypatch):
    before = static(NAME)
    monkeypatch.setattr("config.styles.joined", lambda: "body { color: red }\n")
    call_command("collectstatic", interactive=False, verbosity=0)
    assert static(NAME) != before
    assert (collected / NAME).read_text("utf-8") == "body { color: red }\n"


def test_a_trial_of_collecting_writes_nothing(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": STORAGE}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, dry_run=True, verbosity=0)
    assert not list(tmp_path.iterdir())


def test_a_developer_s_browser_finds_the_parts_by_their_names():
    assert Path(finders.find(NAME)) == STATIC / NAME
    for part in re.findall(r'@import "(.+?)"', (STATIC / NAME).read_text("utf-8")):
        assert Path(finders.find(part)) == STATIC / part


def test_what_is_for_print_stays_for_print():
    assert joined().count("@page") == 1
    assert joined().index("@media print {") < joined().index("@page")


def test_the_dark_theme_changes_nothing_but_colours():
    dark = re.findall(r"@media \(prefers-color-scheme: dark\) \{\n(.*?)\n\}", joined(), re.DOTALL)
    assert dark
    for rules in dark:
        (inside,) = re.findall(r"^\s*:root \{(.*)\}\s*$", rules, re.DOTALL)
        names = [line.split(":")[0].strip() for line in inside.split(";") if line.strip()]
        assert all(name.startswith("--") for name in names)
