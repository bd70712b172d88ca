"""Transcripts come in by one page, and wait there."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive.admin import forms
from archive.editing.ingestion import load
from archive.editing.uploads import receive
from archive.models import Conference, Transcript
from tests.archive.casts import make_conference

pytestmark = pytest.mark.django_db
URL = "/admin/archive/transcript/upload/"
NAME = "wang-yi-npc-press-conference.txt"
BRIEFING = """2020年5月24日外交部发言人毛宁主持例行记者会

路透社记者：中方对南海局势有何评论？

毛宁：南海局势总体稳定，中方致力于同东盟国家一道维护和平。
"""
ENGLISH = {"accept-language": "en"}


def send(client, *contents: str | bytes, names=(), **fields):
    """Send files as the form does, all in one POST."""
    files = [
        SimpleUploadedFile(
            names[at] if at < len(names) else f"{at}.txt",
            content.encode() if isinstance(content, str) else content,
        )
        for at, content in enumerate(contents)
    ]
    return client.post(URL, {"file": files, **fields}, headers=ENGLISH)


def paste(client, text: str, name: str = "", **fields):
    return client.post(URL, {"text": text, "name": name, **fields}, headers=ENGLISH)


def outcomes(response):
    return [one.received and one.received.outcome for one in response.context["told"]]


def review_of(transcript):
    return f'href="/admin/archive/transcript/{transcript.pk}/review/"'


def another(number: int) -> str:
    """A briefing of another day."""
    return BRIEFING.replace("5月24日", f"6月{number}日")


def test_a_file_is_told_of_at_once_and_waits_for_its_review(admin_client, admin_user, seed_bytes):
    response = send(admin_client, seed_bytes, names=[NAME])
    waiting = Transcript.objects.waiting().get()
    assert (bytes(waiting.content), waiting.filename) == (seed_bytes, NAME)
    assert waiting.uploaded_by == admin_user
    page = response.content.decode()
    for words in ("24 May 2020", "18 exchanges", "1 thing to check", review_of(waiting)):
        assert words in page, words
    assert not Conference.objects.exists()


def test_of_many_files_each_is_told_of_and_a_bad_one_stops_none(admin_client):
    contents = [another(1), "没有人说话。", another(2), b"", another(1)]
    response = send(admin_client, *contents)
    assert outcomes(response) == ["new", "refused", "new", None, "known"]
    assert Transcript.objects.waiting().count() == 2
    page = response.content.decode()
    assert "No questions were found in this file" in page
    assert "The submitted file is empty." in page


def test_what_is_refused_names_the_line(admin_client):
    response = send(admin_client, BRIEFING.encode() + "\n新华社记者：".encode() + b"\xff\n")
    assert response.context["told"][0].refusal.startswith("Line 7: ")


def test_a_file_that_is_here_is_told_with_where_it_is(admin_client):
    waiting = receive(BRIEFING.encode(), "a.txt", user=None).transcript
    assert review_of(waiting) in send(admin_client, BRIEFING).content.decode()
    saved = load(another(1).encode(), "b.txt", publish=True)
    response = send(admin_client, another(1))
    url = f'href="/admin/archive/conference/{saved.conference.pk}/change/"'
    assert outcomes(response) == ["known"]
    assert url in response.content.decode()


def test_a_corrected_file_leads_to_the_difference_and_changes_nothing(admin_client):
    conference = load(BRIEFING.encode(), "a.txt", publish=True).conference
    response = send(admin_client, BRIEFING.replace("总体稳定", "持续稳定"))
    waiting = Transcript.objects.waiting().get()
    assert (outcomes(response), waiting.conference) == (["corrects"], conference)
    url = f'href="/admin/archive/transcript/{waiting.pk}/difference/"'
    assert url in response.content.decode()
    assert "总体稳定" in conference.exchanges.get().answers.get().text


def test_a_file_without_a_date_waits_and_says_so(admin_client):
    response = send(admin_client, BRIEFING.replace("2020年5月24日", ""))
    assert Transcript.objects.waiting().exists()
    assert "no date; give it in the review" in response.content.decode()


def test_date_and_convention_count_for_all_files_of_a_post(admin_client):
    undated = BRIEFING.replace("2020年5月24日", "")
    given = {"date": "2020-07-01", "convention": "reporter-label"}
    send(admin_client, undated, undated.replace("稳定", "平稳"), **given)
    for waiting in Transcript.objects.waiting():
        assert waiting.date_given == dt.date(2020, 7, 1)
        assert waiting.convention_given == "reporter-label"


def test_pasted_text_is_the_same_file_that_an_editor_would_save(admin_client):
    paste(admin_client, BRIEFING.replace("\n", "\r\n"), "例行记者会/毛宁")
    waiting = Transcript.objects.waiting().get()
    assert bytes(waiting.content) == BRIEFING.encode()
    assert waiting.filename == "例行记者会 毛宁.txt"
    assert outcomes(send(admin_client, BRIEFING)) == ["known"]


def test_pasted_text_without_a_name_is_called_by_its_first_line(admin_client):
    paste(admin_client, f"\n{BRIEFING}")
    assert Transcript.objects.get().filename == "2020年5月24日外交部发言人毛宁主持例行记者会.txt"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "__all__"),
        ({"text": "   \r\n"}, "__all__"),
        ({"text": BRIEFING, "date": "2020-02-30"}, "date"),
        ({"text": BRIEFING, "convention": "handwriting"}, "convention"),
        ({"text": f"{BRIEFING}\0"}, "text"),
    ],
)
def test_what_is_filled_in_wrongly_is_said_and_nothing_is_kept(admin_client, fields, wrong):
    response = admin_client.post(URL, fields)
    assert list(response.context["form"].errors) == [wrong]
    assert not Transcript.objects.exists()


def test_a_file_too_large_is_refused_with_its_size_and_the_others_go_on(admin_client, monkeypatch):
    monkeypatch.setattr(forms, "UPLOAD_LIMIT", 1024)
    response = send(admin_client, b"x" * 2048, BRIEFING)
    assert "2.0\xa0KB" in response.context["told"][0].refusal
    assert outcomes(response) == [None, "new"]
    assert paste(admin_client, "长" * 500).context["form"].errors["text"]


def test_too_many_files_at_once_are_refused_with_a_sentence(admin_client, monkeypatch):
    monkeypatch.setattr(forms, "FILES_AT_ONCE", 2)
    response = send(admin_client, another(1), another(2), another(3))
    assert "You chose 3 files" in str(response.context["form"].errors["file"])
    assert not Transcript.objects.exists()


def test_the_page_lists_what_waits_the_oldest_first(admin_client, admin_user):
    make_conference()
    for number in (1, 2):
        receive(another(number).encode(), f"{number}.txt", user=admin_user)
    response = admin_client.get(URL, headers=ENGLISH)
    assert [one.filename for one in response.context["page_obj"]] == ["1.txt", "2.txt"]
    page = response.content.decode()
    assert "a new conference" in page
    assert page.count("/discard/") == 2


def test_the_list_does_not_ask_for_each_row(admin_client, django_assert_max_num_queries):
    conference = load(BRIEFING.encode(), "a.txt", publish=True).conference
    for number in range(1, 9):
        waiting = receive(another(number).encode(), f"{number}.txt", user=None).transcript
        Transcript.objects.filter(pk=waiting.pk).update(conference=conference)
    with django_assert_max_num_queries(6):
        admin_client.get(URL)


def test_a_visitor_is_sent_to_log_in(client):
    assert client.get(URL)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("page", ["upload", "1/discard"])
def test_staff_without_permission_is_refused(client, page):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(f"/admin/archive/transcript/{page}/").status_code == 403


def test_staff_who_may_add_transcripts_may_upload(client):
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="add_transcript"))
    client.force_login(clerk)
    assert outcomes(send(client, BRIEFING)) == ["new"]


def test_a_post_without_a_csrf_token_is_refused(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert send(client, BRIEFING).status_code == 403
    assert not Transcript.objects.exists()


@pytest.mark.parametrize("url", ["/admin/", "/admin/archive/transcript/"])
def test_the_upload_is_linked_where_editors_look(admin_client, url):
    assert f'href="{URL}"' in admin_client.get(url).content.decode()


def test_a_file_whose_name_is_not_utf_8_is_told_of(admin_client):
    parts = [("caf\xe9.txt".encode("latin-1"), BRIEFING), (b"good.txt", another(3))]
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name + b'"\r\n'
        b"Content-Type: text/plain\r\n\r\n" + content.encode() + b"\r\n"
        for name, content in parts
    )
    kind = "multipart/form-data; boundary=x"
    response = admin_client.post(URL, body + b"--x--\r\n", content_type=kind, headers=ENGLISH)
    lost, taken = response.context["told"]
    assert (lost.name, lost.received) == (r"caf\xe9.txt", None)
    assert "is not UTF-8" in lost.refusal
    assert "Rename it" in response.text
    assert taken.received.outcome == "new"
    alone = body[: body.index(b"--x", 3)] + b"--x--\r\n"
    response = admin_client.post(URL, alone, content_type=kind, headers=ENGLISH)
    assert [one.name for one in response.context["told"]] == [r"caf\xe9.txt"]
    assert "Choose a file" not in response.text


TURNED = "\u202egpj.txt"


def test_no_name_turns_the_direction_of_a_page(admin_client, client):
    waiting = receive(BRIEFING.encode(), TURNED, user=None).transcript
    assert (waiting.filename, bytes(waiting.content)) == (TURNED, BRIEFING.encode())
    base = "/admin/archive/transcript/"
    pages = ["/admin/", URL, base, *(f"{base}{waiting.pk}/{one}/" for one in ("review", "change"))]
    pages.append(f"{base}{waiting.pk}/discard/")
    for url in pages:
        page = admin_client.get(url).text
        assert "\u202e" not in page, url
        assert "[U+202E]gpj.txt" in page or url.endswith("/review/"), url
    load(BRIEFING.encode(), TURNED, publish=True)
    conference = Conference.objects.get()
    conference.revisions.all().delete()
    second = BRIEFING.replace("总体", "大体")
    load(second.encode(), f"2{TURNED}", publish=True)
    for url in ("", "history/", f"history/{Transcript.objects.first().sha256[:16]}/"):
        page = client.get(f"{conference.get_absolute_url()}{url}").text
        assert "\u202e" not in page
        assert "[U+202E]gpj.txt" in page
    original = client.get(f"{conference.get_absolute_url()}original/{waiting.sha256[:16]}/")
    assert "%E2%80%AE" not in original["Content-Disposition"]
    assert original.content == BRIEFING.encode()
