"""Differences are worked out once, and never by the page that shows them."""

import importlib
import re

import pytest

from archive.editing import differences, revisions
from archive.editing.ingestion import load
from archive.maintenance.integrity import VerificationOptions, verify
from archive.models import Answer, Conference, KeptDifference, Revision, Transcript
from archive.parsing.records import TranscriptError
from archive.parsing.sandbox import reader
from tests.archive.casts import make_conference, make_talk
from tests.archive.views.pages import URL, read
from tests.archive.views.test_history import FIRST, SECOND, address

pytestmark = pytest.mark.django_db
VERSION = f"{URL}versions/2/"


@pytest.fixture
def talk():
    """Published with two exchanges, and corrected."""
    load(FIRST.encode(), "first.txt", publish=True)
    load(SECOND.encode(), "second.txt", publish=True)
    return Conference.objects.get()


@pytest.fixture
def nothing_is_read(monkeypatch):
    """No file is parsed and nothing compared, whether here or in a process apart."""

    def refuse(*_args, **_more):
        raise AssertionError("a page of readers parsed a file")

    for module, names in {
        "archive.parsing.parser": ["read_document", "prepare"],
        "archive.parsing.transcript_diff": ["compare_exchanges"],
        "archive.parsing.export_diff": ["compare_exchanges"],
        "archive.parsing.sandbox.reader": ["_run"],
    }.items():
        for name in names:
            monkeypatch.setattr(importlib.import_module(module), name, refuse)


def test_a_version_is_compared_when_it_is_made(client, talk, nothing_is_read):
    for url in (f"{URL}history/", VERSION, f"{URL}versions/1/"):
        assert client.get(url).status_code == 200
    assert "<del>明确</del><ins>一贯</ins>" in read(client, VERSION)
    assert KeptDifference.objects.get().kind == "versions"


def test_of_an_older_archive_a_process_apart_compares_once(client, talk, request):
    KeptDifference.objects.all().delete()  # as an archive has it that an earlier version made
    assert "<del>明确</del><ins>一贯</ins>" in read(client, VERSION)
    newest = Transcript.objects.first()
    assert "<del>明确</del><ins>一贯</ins>" in read(client, address(newest, "history"))
    assert set(KeptDifference.objects.values_list("kind", flat=True)) == {"versions", "files"}
    request.getfixturevalue("nothing_is_read")
    assert "<ins>一贯</ins>" in read(client, VERSION)
    assert "<ins>一贯</ins>" in read(client, address(newest, "history"))


def test_a_file_that_takes_too_long_is_tried_once(client, talk, monkeypatch):
    tried = []

    def give_up(*_args):
        tried.append(1)
        raise TranscriptError(
            "too_complex", format="HTML", reason="it is not done after 18 seconds"
        )

    monkeypatch.setattr(differences, "compare_safely", give_up)
    for _time in range(2):
        page = read(client, address(Transcript.objects.first(), "history"))
        assert "cannot be compared" in page
    assert len(tried) == 1


def test_a_reader_does_not_wait_for_others(client, talk):
    KeptDifference.objects.all().delete()
    for _one in range(reader._AT_ONCE):
        reader._free.acquire()
    try:
        response = client.get(VERSION, headers={"accept-language": "en"})
    finally:
        for _one in range(reader._AT_ONCE):
            reader._free.release()
    assert "Other versions are being compared" in response.text
    assert response["Cache-Control"] == "no-store"
    assert not KeptDifference.objects.exists()
    assert "<ins>一贯</ins>" in read(client, VERSION)


def test_a_damaged_or_foreign_difference_is_told_of_and_made_anew(client, talk):
    how = VerificationOptions(watch=lambda items, _what, _total: items, sample=0)
    assert not [one for one in verify(how) if "difference" in one.what]
    KeptDifference.objects.update(packed=b"not zlib")
    (finding,) = [one for one in verify(how) if "difference" in one.what]
    assert "cannot be read" in finding.what
    assert "<ins>一贯</ins>" in read(client, VERSION)
    other = make_conference(slug="other")
    KeptDifference.objects.update(conference=other)
    (finding,) = [one for one in verify(how) if "difference" in one.what]
    assert "never had" in finding.what


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_role_is_named_in_the_language_of_the_page(client, language):
    conference = make_talk(2)
    revisions.record_revision(conference, "published", user=None)
    Answer.objects.filter(exchange__ref=2).update(role="moderator")
    revisions.record_revision(conference, "corrected", user=None)
    page = client.get(VERSION, headers={"accept-language": language}).text
    assert f"({'moderator' if language == 'en' else '主持人'})</ins>" in page


def test_long_differences_and_long_versions_come_in_pages(client):
    conference = make_talk(250)
    revisions.record_revision(conference, "published", user=None)
    for answer in Answer.objects.all():
        answer.text += "更正。"
        answer.save()
    revisions.record_revision(conference, "corrected", user=None)
    page = read(client, VERSION)
    assert page.count('class="change is-changed"') == 100
    assert page.count('<article class="exchange') == 100
    assert re.search(r'href="\?changes=2#changes"', page)
    assert "第250答" in read(client, f"{VERSION}?page=3")
    last = read(client, f"{VERSION}?changes=3")
    assert last.count('class="change is-changed"') == 50
    assert Revision.objects.count() == 2
