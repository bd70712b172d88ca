"""The build id is another one with whatever makes a page, and the same with what makes none."""

import shutil
import sys
from pathlib import Path

import pytest
from django.urls import resolve, reverse

from archive.http_cache.build_id import build_id, made_by
from archive.models import Exchange

ROOT = Path(__file__).parents[3]
TOPS = ("archive", "config", "search", "staff", "static", "templates")


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The program, where it may be changed."""
    made = tmp_path_factory.mktemp("program")
    for top in TOPS:
        shutil.copytree(ROOT / top, made / top, ignore=shutil.ignore_patterns("__pycache__"))
    return made


@pytest.fixture
def changes(copied, settings):
    """A function that says whether the id is another one when a file has other bytes."""
    settings.BASE_DIR = copied
    before = build_id.__wrapped__()

    def after(name):
        path = copied / name
        was = path.read_bytes()
        path.write_bytes(was + b"\n\n")
        after = build_id.__wrapped__()
        path.write_bytes(was)
        return after != before

    return after


MAKE_PAGES = [
    "templates/site/base.html",
    "templates/site/includes/_footer.html",
    "templates/site/archive/conference.html",
    "config/locale/zh_Hans/LC_MESSAGES/django.mo",
    "config/formats/en/formats.py",
    "config/requirements/run.txt",
    "config/jinja.py",
    "config/languages.py",
    "config/form_renderer.py",
    "config/styles.py",
    "archive/__init__.py",
    "archive/views/conferences.py",
    "archive/charts/bar_chart.py",
    "archive/citations/__init__.py",
    "archive/models/conferences.py",
    "archive/text/romanisation.py",
    "archive/parsing/formats/pdf/worker.py",
    "search/engine/whoosh/executor.py",
    "search/statistics/keyness.py",
    "search/data/stopwords.txt",
]
MAKE_NONE = [
    "templates/admin/base_site.html",
    "archive/admin/bases.py",
    "archive/admin_site.py",
    "archive/management/commands/ingest.py",
    "archive/maintenance/backups/sqlite.py",
    "archive/migrations/0001_initial.py",
    "config/gunicorn.py",
    "config/requirements/test.txt",
    "search/management/commands/index.py",
    "staff/views.py",
    "static/css/print.css",  # its name on a page is in the manifest of collected files
]


@pytest.mark.parametrize("name", MAKE_PAGES)
def test_what_makes_a_page_makes_another_id(changes, name):
    assert changes(name)


@pytest.mark.parametrize("name", MAKE_NONE)
def test_what_makes_no_page_leaves_the_id(changes, name):
    assert not changes(name)


def test_every_template_catalogue_and_list_of_words_counts():
    of_pages = made_by(ROOT)
    assert set((ROOT / "templates" / "site").rglob("*.html")) <= of_pages
    assert set((ROOT / "config" / "locale").rglob("*.mo")) <= of_pages
    assert {path for path in (ROOT / "search" / "data").iterdir() if path.is_file()} <= of_pages


def test_collected_static_files_of_other_names_make_another_id(monkeypatch):
    before = build_id.__wrapped__()
    monkeypatch.setattr(
        "archive.http_cache.build_id.staticfiles_storage.manifest_hash", "other", raising=False
    )
    assert build_id.__wrapped__() != before


def test_a_new_template_or_one_that_is_gone_makes_another_id(copied, settings):
    settings.BASE_DIR = copied
    before = build_id.__wrapped__()
    added = copied / "templates" / "site" / "added.html"
    added.touch()
    assert build_id.__wrapped__() != before
    added.unlink()
    assert build_id.__wrapped__() == before


def test_every_module_that_runs_while_a_page_is_made_counts(seed, rf):
    """Looked at from the other side: what really runs, of every kind of page."""
    ran: set[str] = set()

    def note(frame, _event, _arg):
        ran.add(frame.f_code.co_filename)

    exchange = Exchange.objects.select_related("conference").first()
    conference = exchange.conference.get_absolute_url()
    paths = [
        *("/", "/conferences/", "/conferences/2020/", "/conferences/2020/05/", "/outlets/"),
        *("/speakers/", "/series/", conference, f"{conference.rstrip('/')}.json"),
        *(f"{conference}cite.bib", f"{conference}history/", exchange.get_absolute_url()),
        *(reverse("search:search") + "?q=世界", reverse("search:results_csv") + "?q=世界"),
        *(one.get_absolute_url() for one in exchange.conference.speakers.all()[:1]),
    ]
    for path in paths:
        request = rf.get(path)
        found = resolve(request.path_info)
        sys.setprofile(note)
        try:
            answer = found.func(request, *found.args, **found.kwargs)
        finally:
            sys.setprofile(None)
        assert answer.status_code in {200, 302, 301}, path
    ours = {Path(name) for name in ran if name.startswith(tuple(f"{ROOT}/{top}/" for top in TOPS))}
    ours = {path for path in ours if path.suffix == ".py" and path.is_file()}
    assert len(ours) > 60
    assert {str(path) for path in ours - made_by(ROOT)} == set()
