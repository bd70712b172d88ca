"""Putting right on the review page how a transcript was understood."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from archive.editing.name_curation import merge
from archive.editing.uploads import receive
from archive.models import Conference, Correction, Exchange, Outlet, Transcript
from tests.archive.admin.review.pages import TALK, page_of, parsed, said, see, send, turns, url_of
from tests.archive.casts import make_outlet

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(admin_user) -> Transcript:
    """Four turns: 0 and 2 ask, 1 and 3 answer; 1 has two paragraphs. Reuters is known."""
    make_outlet()
    return receive(TALK.encode(), "talk.txt", user=admin_user).transcript


def test_a_word_is_put_right(admin_client, transcript):
    response = send(admin_client, transcript, 1, words="第一段回答。\r\n第二段答复。")
    assert said(response) == ["Saved."]
    assert response.redirect_chain[-1][0].endswith("/review/#turn-1")
    assert turns(admin_client, transcript)[1][2] == "第一段回答。\n第二段答复。"
    assert bytes(Transcript.objects.get().content) == TALK.encode()


def test_nothing_changed_makes_no_correction(admin_client, transcript):
    assert said(send(admin_client, transcript, 1)) == ["Nothing was changed."]
    assert not Correction.objects.exists()


def test_a_turn_is_split_at_a_paragraph(admin_client, transcript):
    send(admin_client, transcript, 1, do="split:2", split_kind="question")
    assert [kind for kind, _who, _words in turns(admin_client, transcript)][:3] == [
        *("question", "answer", "question"),
    ]
    assert turns(admin_client, transcript)[2][2] == "第二段回答。"


def test_a_turn_is_split_at_a_line_that_was_just_begun(admin_client, transcript):
    words = "第一段回\n答。\n第二段回答。"
    response = send(admin_client, transcript, 1, do="line:2", words=words, split_kind="answer")
    assert response.redirect_chain[-1][0].endswith("#turn-2")
    texts = [text for _kind, _who, text in turns(admin_client, transcript)]
    assert texts[1:3] == ["第一段回", "答。\n第二段回答。"]


def test_two_turns_are_joined(admin_client, transcript):
    send(admin_client, transcript, 3, do="join")
    assert len(turns(admin_client, transcript)) == 3


@pytest.mark.parametrize("kind", ["question", "moderator", "note", "topic"])
def test_a_turn_is_made_something_else(admin_client, transcript, kind):
    send(admin_client, transcript, 1, kind=kind)
    assert turns(admin_client, transcript)[1][0] == kind


def test_who_answered_is_put_right_for_every_turn_with_the_label(admin_client, transcript):
    send(admin_client, transcript, 1, speaker="毛宁宁", scope="label", office="副司长")
    assert [who for _kind, who, _words in turns(admin_client, transcript)][1::2] == ["毛宁宁"] * 2
    assert [(one.name, one.role) for one in parsed(admin_client, transcript).speakers] == [
        ("毛宁宁", "副司长")
    ]


def test_who_answered_is_put_right_for_one_turn(admin_client, transcript):
    send(admin_client, transcript, 1, speaker="汪文斌", scope="turn")
    assert [who for _kind, who, _words in turns(admin_client, transcript)][1::2] == [
        *("汪文斌", "毛宁"),
    ]


def test_an_outlet_is_picked(admin_client, transcript):
    make_outlet("法新社", "afp")
    send(admin_client, transcript, 0, outlet="法新社")
    assert turns(admin_client, transcript)[0][1] == "法新社"


def renamed(outlet, _user):
    outlet.slug = "agence-france-presse"
    outlet.save()
    return outlet


def merged(outlet, user):
    other = make_outlet("法国新闻社", "agence-france-presse")
    merge(outlet, other, user=user, reason="同一家")
    return other


@pytest.mark.parametrize("move", [renamed, merged])
def test_an_outlet_that_was_chosen_is_known_after_its_address_changed(
    admin_client, admin_user, transcript, move
):
    outlet = make_outlet("法新社", "afp")
    send(admin_client, transcript, 2, outlet="法新社", add_alias=None)
    assert turns(admin_client, transcript)[2][1] == "法新社"
    outlet = move(outlet, admin_user)
    assert turns(admin_client, transcript)[2][1] == outlet.name
    assert see(admin_client, transcript).context["sheet"].unknown_labels == []
    send(admin_client, transcript, 2, do="publish")
    assert Exchange.objects.get(ref=2).outlet == outlet


def test_an_outlet_nobody_knows_is_refused_with_the_words_kept(admin_client, transcript):
    response = send(admin_client, transcript, 0, outlet="某某社", words="改过的问题？")
    assert "No outlet is called “某某社”" in page_of(response)
    assert "改过的问题？" in page_of(response)
    assert not Correction.objects.exists()


def test_the_nearest_known_names_of_an_unknown_label_are_offered(admin_client, transcript):
    outlet = make_outlet("彭博社", "bloomberg")
    page = page_of(see(admin_client, transcript, "?turn=2"))
    assert f'name="nearest" value="{outlet.slug}"' in page


def test_a_label_becomes_a_name_of_the_nearest_outlet(admin_client, transcript):
    outlet = make_outlet("彭博社", "bloomberg")
    response = send(admin_client, transcript, 2, nearest="bloomberg")
    assert said(response) == ["“彭博新闻社” is a name of 彭博社 from now on."]
    assert Outlet.objects.named("彭博新闻社") == outlet
    assert turns(admin_client, transcript)[2][1] == "彭博社"
    assert not see(admin_client, transcript).context["sheet"].doubts


def test_a_new_outlet_is_added_with_the_label_as_its_name(admin_client, transcript):
    send(
        admin_client,
        transcript,
        2,
        new_outlet="彭博社",
        new_outlet_en="Bloomberg",
        new_outlet_kind="agency",
    )
    outlet = Outlet.objects.get(name="彭博社")
    assert (outlet.name_en, Outlet.objects.named("彭博新闻社")) == ("Bloomberg", outlet)


def test_who_may_not_add_outlets_adds_none(transcript):
    client, user = Client(), User.objects.create_user("editor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_conference"))
    client.force_login(user)
    response = send(client, transcript, 2, new_outlet="彭博社", new_outlet_kind="agency")
    assert response.status_code == 403
    assert not Outlet.objects.filter(name="彭博社").exists()


def test_what_is_said_of_the_conference_is_put_right(admin_client, transcript):
    about = {"title": "改过的标题", "venue": "蓝厅", "date": "2024-03-06", "office_0": "司长"}
    send(admin_client, transcript, "about", **about)
    now = parsed(admin_client, transcript)
    assert (now.title, now.venue, str(now.date)) == ("改过的标题", "蓝厅", "2024-03-06")
    assert now.speakers[0].role == "司长"


def test_the_address_of_a_recording_is_added(admin_client, transcript):
    url = "https://example.org/watch?v=1"
    send(admin_client, transcript, "about", recording_url=url)
    assert parsed(admin_client, transcript).recording_url == url
    send(admin_client, transcript, "about", do="publish")
    assert Conference.objects.get().recording_url == url


@pytest.mark.parametrize("address", ["ftp://example.org/1", "javascript:alert(1)"])
def test_an_address_that_is_none_of_the_web_is_refused(admin_client, transcript, address):
    response = send(admin_client, transcript, "about", recording_url=address)
    assert "recording_url" in response.context["opened"].form.errors
    assert parsed(admin_client, transcript).recording_url == ""


def test_corrections_are_listed_with_who_made_them_and_undone(admin_client, transcript):
    send(admin_client, transcript, 1, words="第一段回答。\n第二段答复。")
    page = page_of(see(admin_client, transcript))
    assert "<del>回答</del><ins>答复</ins>" in page
    assert "· admin ·" in page
    assert 'value="undo:1"' in page
    admin_client.post(url_of(transcript), {"do": "undo:1", "seen": 1})
    assert turns(admin_client, transcript)[1][2] == "第一段回答。\n第二段回答。"
