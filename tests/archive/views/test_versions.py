"""The change log: every public state of a conference, readable, with checksums and changes."""

import hashlib
import re

import pytest
from django.core.cache import cache

from archive.editing import publication, revisions
from archive.models import Conference, Revision, Transcript
from tests.archive.casts import make_conference, make_talk
from tests.archive.views.pages import URL, read

pytestmark = pytest.mark.django_db
LOG = f"{URL}history/"


@pytest.fixture
def talk(admin_user) -> Conference:
    """Published, then corrected for a reason: another word, title and office."""
    cache.clear()
    conference = make_talk(2, title="例行记者会")
    revisions.record_revision(conference, "published", user=admin_user)
    answer = conference.exchanges.get(ref=2).answers.get()
    answer.text = "第2答，更正。"
    answer.save()
    conference.title = "例行记者会（更正）"
    conference.save()
    conference.appearances.update(role="外长")
    revisions.record_revision(conference, "corrected", user=admin_user, reason="漏了两个字")
    return conference


def test_the_log_says_when_what_and_why_and_never_who(client, talk):
    page = read(client, LOG)
    assert page.index("Version 2") < page.index("Version 1")
    assert "corrected" in page
    assert "漏了两个字" in page
    assert page.count('<dd><time datetime="') == 2
    assert "admin" not in page


def test_both_versions_stand_there_with_the_checksums_of_text_and_file(client, talk):
    page = read(client, LOG)
    for revision in Revision.objects.all():
        assert revision.sha256 in page
        assert revision.transcript.sha256 in page
        assert f'href="{URL}versions/{revision.number}.json"' in page
        assert f'href="{URL}versions/{revision.number}/"' in page


def test_a_version_as_a_file_has_the_checksum_of_which_the_log_tells(client, talk):
    for revision in Revision.objects.all():
        response = client.get(f"{URL}versions/{revision.number}.json")
        assert hashlib.sha256(response.content).hexdigest() == revision.sha256
        assert response["ETag"] == f'"{revision.sha256}"'
        assert response["Content-Type"] == "application/json; charset=utf-8"
    assert client.get(f"{URL}versions/2.json").content == client.get(f"{URL[:-1]}.json").content


def test_an_earlier_version_is_read_as_it_was(client, talk):
    page = read(client, f"{URL}versions/1/")
    text = page.split("The whole text")[1]
    assert "第2答。" in text
    assert "更正" not in text
    assert "This is an earlier version" in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize("url", [LOG, f"{URL}versions/2/"])
def test_what_a_version_changed_is_shown_word_by_word(client, talk, url):
    page = read(client, url)
    changes = page.split('id="changes"')[1]
    assert "第2答<ins>，更正</ins>。" in changes
    assert "例行记者会<ins>（更正）</ins>" in changes
    assert "<del>外交部长</del>" in changes or "外<del>交部</del>长" in changes
    assert "第1答" not in changes.split("The whole text")[0]


def test_a_change_of_state_alone_claims_no_change_of_words(client, talk):
    publication.withdraw(talk, user=None, reason="核实")
    publication.publish(talk, user=None, reason="核实无误")
    page = read(client, LOG)
    assert len(re.findall("What it changed", page)) == 1
    assert "are the same in both" in read(client, f"{URL}versions/3/")


def test_what_was_public_before_versions_were_kept_shows_its_files(client, talk):
    Revision.objects.all().delete()
    page = read(client, LOG)
    assert Transcript.objects.first().sha256 in page
    Transcript.objects.all().delete()
    assert "typed in by hand" in read(client, LOG)


def test_a_number_never_given_is_not_found(client, talk):
    other = make_conference(slug="other")
    for url in (f"{URL}versions/3", f"{URL}versions/0", f"/conferences/{other.slug}/versions/1"):
        assert client.get(f"{url}/").status_code == 404
        assert client.get(f"{url}.json").status_code == 404


def test_a_version_without_words_is_said_to_have_none(client):
    conference = make_conference()
    revisions.record_revision(conference, "published", user=None)
    assert "no words to show" in read(client, f"{URL}versions/1/")


def test_a_renamed_conference_leads_to_its_versions(client, talk):
    talk.slug = "moved"
    talk.save()
    for place in ("versions/1/", "versions/1.json"):
        assert client.get(URL + place)["Location"] == f"/conferences/moved/{place}"


@pytest.mark.parametrize(("url", "queries"), [(LOG, 5), (f"{URL}versions/2/", 6)])
def test_a_page_asks_few_questions(client, talk, url, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):  # the difference was kept when the version was made
        client.get(url)
