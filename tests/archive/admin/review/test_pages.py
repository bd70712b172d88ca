"""The review of a long transcript comes in pages, and a place is found on its own."""

import re

import pytest

from archive.admin.review.layout import PAGE_TURNS, lay_out
from archive.editing import interpretation
from archive.editing.interpretation import understand_transcript
from archive.editing.uploads import receive
from archive.models import Correction, Outlet
from tests.archive.casts import make_outlet

pytestmark = pytest.mark.django_db


def long_text(exchanges, unknown=()):
    head = "2020年5月24日外交部发言人毛宁主持例行记者会\n\n"
    return head + "".join(
        f"{'某某新网' if n in unknown else '路透社'}记者：第{n}个问题是什么？\n\n"
        f"毛宁：第{n}个回答。\n\n"
        for n in range(1, exchanges + 1)
    )


def receive_long(exchanges, unknown=()):
    if not Outlet.objects.exists():
        make_outlet()
    return receive(long_text(exchanges, unknown).encode(), "long.txt", user=None).transcript


def read(client, transcript, query=""):
    url = f"/admin/archive/transcript/{transcript.pk}/review/{query}"
    return client.get(url, headers={"accept-language": "en"}).text


def turns_on(page):
    return [int(number) for number in re.findall(r'id="turn-(\d+)"', page)]


def test_an_ordinary_transcript_is_one_page(admin_client):
    page = read(admin_client, receive_long(75))
    assert turns_on(page) == list(range(150))
    assert 'class="stretch"' not in page


def test_a_long_one_shows_the_stretch_around_a_turn(admin_client):
    transcript = receive_long(150)
    assert turns_on(read(admin_client, transcript)) == list(range(PAGE_TURNS))
    page = read(admin_client, transcript, "?at=130")
    assert turns_on(page) == list(range(100, 200))
    assert 'rel="prev" href="?at=99#turn-99"' in page
    assert 'rel="next" href="?at=200#turn-200"' in page
    assert "Turns 101 to 200 of 300" in page
    assert turns_on(read(admin_client, transcript, "?at=999999")) == list(range(200, 300))


def test_the_pages_together_show_every_turn_once(admin_client):
    understood = understand_transcript(receive_long(160))
    seen, at = [], 0
    while at < len(understood.turns):
        sheet = lay_out(understood, at)
        seen += [row.number for row in sheet.rows]
        at = sheet.end
    assert seen == list(range(320))


def test_doubts_are_counted_in_all_and_listed_here(admin_client):
    transcript = receive_long(150, unknown=(2, 60, 149))
    page = read(admin_client, transcript, "?at=100")
    assert "3 things to check" in page
    assert re.findall(r'<li value="(\d+)"', page)[:1] == ["2"]
    assert 'rel="prev" href="?at=2#turn-2"' in page
    assert 'rel="next" href="?at=296#turn-296"' in page


def test_a_correction_far_down_leads_back_to_its_page(admin_client):
    transcript = receive_long(150)
    url = f"/admin/archive/transcript/{transcript.pk}/review/"
    page = read(admin_client, transcript, "?turn=250")
    assert turns_on(page) == list(range(200, 300))
    assert 'class="cancel" href="' + url + '?at=250#turn-250"' in page
    values = {"do": "save", "turn": 250, "seen": 0, "kind": "question", "scope": "turn"}
    values |= {"asked_by": "路透社", "outlet": "", "words": "改过的问题？"}
    response = admin_client.post(url, values)
    assert response.status_code == 302
    assert response["Location"] == f"{url}?at=250#turn-250"
    assert "改过的问题？" in read(admin_client, transcript, "?at=250")
    assert Correction.objects.filter(kind="words").get().line == 503


def test_what_is_open_is_understood_once(admin_client, monkeypatch):
    transcript = receive_long(60)
    read(admin_client, transcript)
    monkeypatch.setattr(interpretation, "finish", None)
    monkeypatch.setattr(interpretation, "prepared", None)
    read(admin_client, transcript, "?at=5")


def test_what_was_corrected_is_understood_anew(admin_client):
    transcript = receive_long(3)
    assert understand_transcript(transcript).turns[0].text == "第1个问题是什么？"
    first = understand_transcript(transcript).turns[0].paragraphs[0]
    for words in ("甲？", "乙？"):
        Correction.objects.all().delete()
        Correction.objects.create(
            transcript=transcript, number=1, kind="words", line=first.line, text=first.text,
            value={"text": words},
        )  # fmt: skip
        assert understand_transcript(transcript).turns[0].text == words
