"""The original file, byte for byte, and what each version of it changed."""

import hashlib

import pytest
from django.core.cache import cache

from archive.editing.ingestion import load
from archive.models import Conference, Revision, Transcript
from archive.parsing.parser import parse_transcript
from archive.parsing.transcript_diff import Run, compare, marked
from tests.archive.views.pages import URL, read

HEAD = "外交部发言人主持例行记者会\n\n2020年5月24日\n\n"
FIRST = HEAD + (
    "路透社记者：中方对此有何评论？\n\n王毅：我们的立场是明确的。中美关系十分重要。\n\n"
    "法新社记者：疫情何时结束？\n\n王毅：疫情终将过去，光明已在前方。\n\n"
    "共同社记者：如何看待中日关系？\n\n王毅：中日是近邻，应当友好相处。\n"
)
SECOND = HEAD + (
    "路透社记者：中方对此有何评论？\n\n王毅：我们的立场是一贯的。中美关系十分重要。\n\n"
    "共同社记者：如何看待中日关系？\n\n王毅：中日是近邻，应当友好相处。\n\n"
    "新华社记者：今年外交的重点是什么？\n\n王毅：支持国内发展，推动国际合作。\n"
)


@pytest.fixture
def two(db) -> list[Transcript]:
    """Two versions of one transcript, the newer first."""
    cache.clear()
    load(FIRST.encode(), "first.txt", publish=True)
    load(SECOND.encode(), "更正 稿.txt", publish=True)
    (conference,) = Conference.objects.all()
    return list(conference.transcripts.all())


def address(transcript: Transcript, kind: str = "original") -> str:
    return f"{URL}{kind}/{transcript.sha256[:16]}/"


def test_the_original_is_served_byte_for_byte(client, two):
    response = client.get(address(two[0]))
    assert response.content == SECOND.encode()
    assert response["ETag"] == f'"{hashlib.sha256(SECOND.encode()).hexdigest()}"'
    assert client.get(address(two[1])).content == FIRST.encode()


def test_the_original_can_do_nothing_in_a_browser(client, two):
    response = client.get(address(two[0]))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    name = "attachment; filename*=utf-8''%E6%9B%B4%E6%AD%A3%20%E7%A8%BF.txt"
    assert response["Content-Disposition"] == name


@pytest.mark.parametrize(
    ("media_type", "served"),
    [
        ("text/html", "text/plain; charset=utf-8"),
        ("application/xml", "application/octet-stream"),
        ("image/svg+xml", "application/octet-stream"),
    ],
)
def test_no_file_is_served_as_something_a_browser_runs(client, two, media_type, served):
    Transcript.objects.update(media_type=media_type)
    assert client.get(address(two[0]))["Content-Type"] == served


def test_a_file_name_cannot_add_a_header(client, two):
    Transcript.objects.filter(pk=two[0].pk).update(filename='a\r\nX-Evil: "1"/b.txt')
    response = client.get(address(two[0]))
    assert "X-Evil" not in response.headers
    assert response["Content-Disposition"] == r'attachment; filename="a__X-Evil: \"1\"_b.txt"'


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("withdrawn", 410)])
def test_the_files_of_what_is_not_published_are_not_shown(client, two, status, answer):
    etag = client.get(address(two[0]))["ETag"]
    Conference.objects.update(status=status, withdrawn_because="内容有误")
    for url in (address(two[0]), f"{URL}history/", address(two[0], "history")):
        assert client.get(url, headers={"if-none-match": etag}).status_code == answer


def test_a_file_of_another_conference_is_not_found(client, two):
    other = Conference.objects.create(date="2020-05-25", slug="x", title="t", status="published")
    sha = two[0].sha256[:16]
    assert client.get(f"/conferences/{other.slug}/original/{sha}/").status_code == 404
    assert client.get(f"/conferences/{other.slug}/history/{sha}/").status_code == 404


def test_a_renamed_conference_leads_to_its_files(client, two):
    conference = Conference.objects.get()
    conference.slug = "moved"
    conference.save()
    response = client.get(address(two[0]))
    assert response.status_code == 301
    assert client.get(response["Location"]).content == SECOND.encode()


def test_a_conference_shows_its_file_and_the_whole_checksum(client, two):
    page = read(client, URL)
    assert f'href="{address(two[0])}"' in page
    assert two[0].sha256 in page
    assert "更正 稿.txt" in page
    assert f'href="{URL}history/"' in page


def test_the_history_names_every_version_newest_first(client, two):
    page = read(client, f"{URL}history/")
    assert page.index(two[0].sha256) < page.index(two[1].sha256)
    for transcript in two:
        assert f'href="{address(transcript)}"' in page


def test_the_history_shows_what_the_newest_version_changed(client, two):
    page = read(client, f"{URL}history/")
    assert "<del>明确</del><ins>一贯</ins>" in page
    assert "<del>疫情何时结束？</del>" in page
    assert "<ins>今年外交的重点是什么？</ins>" in page
    assert "应当友好相处" not in page


def test_an_older_version_has_a_page_of_its_own(client, two):
    load(SECOND.replace("近邻", "邻邦").encode(), "third.txt", publish=True)
    assert "<del>近邻</del><ins>邻邦</ins>" in read(client, f"{URL}history/")
    assert "<del>明确</del><ins>一贯</ins>" in read(client, address(two[0], "history"))


def test_files_from_before_versions_were_kept_stand_below_them(client, two):
    Revision.objects.all().delete()
    load(SECOND.replace("近邻", "邻邦").encode(), "third.txt", publish=True)
    page = read(client, f"{URL}history/")
    assert page.index("Version 1") < page.index("before versions were kept")
    assert page.index("before versions were kept") < page.index(two[1].sha256)


def test_the_first_version_changed_nothing(client, two):
    assert "<del>" not in read(client, address(two[1], "history"))


def test_a_file_that_is_no_longer_read_is_said_to_be_so(client, two):
    Transcript.objects.filter(pk=two[1].pk).update(content=b"nobody speaks")
    assert "cannot be compared" in read(client, address(two[0], "history"))


def test_words_that_stayed_the_same_are_said_to_be_so(client, two):
    load(SECOND.replace("例行", "").encode(), "third.txt", publish=True)
    assert "are the same in both" in read(client, f"{URL}history/")


def test_the_history_asks_five_questions_of_the_database(client, two, django_assert_num_queries):
    with django_assert_num_queries(5):
        client.get(f"{URL}history/")


def test_the_original_asks_two_questions_of_the_database(client, two, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address(two[0]))


def runs(old: str, new: str) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in marked(old, new)]


def test_a_changed_word_is_marked_among_words_that_stayed():
    assert runs("the old house", "the new house") == [
        ("same", "the "),
        ("gone", "old"),
        ("new", "new"),
        ("same", " house"),
    ]


def test_long_unchanged_text_is_cut():
    same = "这是没有改变的一段话。" * 20
    kinds = [kind for kind, _text in runs(f"甲{same}乙。{same}", f"丙{same}丁。{same}")]
    assert kinds == ["gone", "new", "same", "cut", "same", "gone", "new", "same", "cut"]


def test_what_is_marked_is_all_of_both_texts_where_nothing_is_cut():
    old, new = "天地玄黄。宇宙洪荒！日月盈昃", "天地元黄。日月盈仄，辰宿列张"
    found = marked(old, new)
    assert "".join(run.text for run in found if run.kind != "new") == old
    assert "".join(run.text for run in found if run.kind != "gone") == new


def test_texts_with_nothing_in_common_are_shown_one_after_the_other():
    assert marked("甲乙丙", "子丑寅") == (Run("gone", "甲乙丙"), Run("new", "子丑寅"))


def test_a_corrected_asker_is_told():
    old = parse_transcript(FIRST.encode(), "a.txt")
    new = parse_transcript(FIRST.replace("法新社", "美联社").encode(), "a.txt")
    (change,) = compare(old, new)
    (passage,) = change.passages
    assert (change.kind, passage.kind) == ("changed", "asker")
    assert [run.kind for run in passage.runs] == ["gone", "new"]
