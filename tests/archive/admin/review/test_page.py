"""The review page: what was understood beside its source, who may see it, what becomes of it."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client

from archive.admin.review.layout import lay_out
from archive.editing.ingestion import load
from archive.editing.interpretation import understand_transcript
from archive.editing.name_curation import merge
from archive.editing.uploads import receive
from archive.models import Conference, Exchange, Speaker, Transcript
from tests.archive.admin.review.pages import TALK, page_of, said, see, send, turns, url_of
from tests.archive.casts import make_outlet
from tests.extent import mostly_at_night

pytestmark = pytest.mark.django_db
GOLDEN = sorted(
    path
    for path in (Path(__file__).parents[3] / "golden" / "transcripts").iterdir()
    if not path.name.endswith(".expected.json")
)


@pytest.fixture
def transcript(admin_user) -> Transcript:
    """Four turns: 0 and 2 ask, 1 and 3 answer; 1 has two paragraphs. Reuters is known."""
    make_outlet()
    return receive(TALK.encode(), "talk.txt", user=admin_user).transcript


def test_each_turn_stands_beside_its_lines(admin_client, transcript):
    page = page_of(see(admin_client, transcript))
    row = re.search(r'<article[^>]*id="turn-1".*?</article>', page, re.S)[0]
    assert 'id="L5"' in row
    assert 'href="#L5"' in row
    assert "<b>毛宁：</b>第一段回答。" in row


def test_things_to_check_are_numbered_and_lead_to_their_turn(admin_client, transcript):
    page = page_of(see(admin_client, transcript))
    assert re.search(r'<li value="1"><a href="#turn-2">Line 8</a>.*彭博新闻社', page)


def test_an_unknown_outlet_under_a_topic_is_a_thing_to_check(admin_client, admin_user):
    talk = TALK.replace("彭博新闻社记者", "中美关系\n\n彭博新闻社记者")
    transcript = receive(talk.encode(), "topic.txt", user=admin_user).transcript
    rows = see(admin_client, transcript).context["sheet"].rows
    assert [row.turn.kind for row in rows if row.doubts] == ["question", "question"]


def test_no_form_of_a_turn_is_in_the_page_until_it_is_opened(admin_client, transcript):
    assert 'name="words"' not in page_of(see(admin_client, transcript))
    assert page_of(see(admin_client, transcript, "?turn=1")).count('name="words"') == 1


@pytest.mark.parametrize("query", ["?turn=99", "?turn=4"])
def test_a_turn_that_is_not_there_is_not_found(admin_client, transcript, query):
    assert see(admin_client, transcript, query).status_code == 404


@pytest.mark.parametrize("query", ["?turn=abc", "?turn=-1", "?turn=1;2", "?alone=1"])
def test_what_is_not_understood_opens_nothing(admin_client, transcript, query):
    response = see(admin_client, transcript, query)
    assert response.status_code == 200
    assert response.context["opened"] is None


def test_a_row_can_be_fetched_alone(admin_client, transcript):
    page = page_of(see(admin_client, transcript, "?turn=1&alone=1"))
    assert page.strip().startswith("<article")
    assert 'name="words"' in page
    assert 'name="words"' not in page_of(see(admin_client, transcript, "?turn=1&alone=1&closed=1"))


def test_only_who_may_change_conferences_sees_it(transcript):
    client = Client()
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert see(client, transcript).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_conference"))
    assert see(client, transcript).status_code == 200


def test_two_editors_at_different_turns_both_keep_theirs(admin_client, transcript):
    send(admin_client, transcript, 0, words="甲改的问题？")
    response = send(admin_client, transcript, 3, seen=0, words="乙改的回答。")
    assert "Meanwhile admin changed line 3" in said(response)[1]
    texts = [text for _kind, _who, text in turns(admin_client, transcript)]
    assert (texts[0], texts[3]) == ("甲改的问题？", "乙改的回答。")


def test_the_second_at_one_turn_sees_both_and_loses_nothing(admin_client, transcript):
    send(admin_client, transcript, 3, words="甲改的回答。")
    response = send(admin_client, transcript, 3, seen=0, words="乙改的回答。")
    assert response.status_code == 409
    page = page_of(response)
    assert "甲" in page
    assert response.context["opened"].form["words"].value() == "乙改的回答。"
    assert f'name="seen" value="{response.context["seen"]}"' in page
    send(admin_client, transcript, 3, words="乙改的回答。")
    assert turns(admin_client, transcript)[3][2] == "乙改的回答。"


def test_a_draft_and_its_publication(admin_client, transcript):
    admin_client.post(url_of(transcript), {"do": "draft", "seen": 0})
    assert Conference.objects.get().status == "draft"
    send(admin_client, transcript, 0, words="改过的问题？")
    assert Exchange.objects.get(position=1).question == "改过的问题？"
    admin_client.post(url_of(transcript), {"do": "publish", "seen": 1})
    assert Conference.objects.get().status == "published"


def test_corrections_of_a_public_conference_wait_for_a_reason(admin_client, transcript):
    admin_client.post(url_of(transcript), {"do": "publish", "seen": 0})
    send(admin_client, transcript, 0, words="改过的问题？")
    assert Exchange.objects.get(position=1).question == "第一个问题？"
    assert "Readers do not see 1 correction yet." in page_of(see(admin_client, transcript))
    admin_client.post(url_of(transcript), {"do": "publish", "seen": 1})
    assert Exchange.objects.get(position=1).question == "第一个问题？"
    reason = {"do": "publish", "seen": 1, "reason": "与原文不符"}
    admin_client.post(url_of(transcript), reason)
    assert Exchange.objects.get(position=1).question == "改过的问题？"
    assert Conference.objects.get().revisions.first().reason == "与原文不符"


def test_an_editor_saves_drafts_and_does_not_publish(transcript):
    client, user = Client(), User.objects.create_user("editor", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_conference"))
    client.force_login(user)
    assert 'value="publish"' not in page_of(see(client, transcript))
    response = client.post(url_of(transcript), {"do": "publish", "seen": 0})
    assert response.status_code == 403
    client.post(url_of(transcript), {"do": "draft", "seen": 0})
    assert Conference.objects.get().status == "draft"
    Conference.objects.update(status="withdrawn", withdrawn_because="错误")
    assert client.post(url_of(transcript), {"do": "draft", "seen": 0}).status_code == 403


def test_a_file_without_date_is_not_saved_and_says_why(admin_client, admin_user):
    words = TALK.replace("2024年3月5日", "")
    transcript = receive(words.encode(), "talk.txt", user=admin_user).transcript
    response = admin_client.post(url_of(transcript), {"do": "draft", "seen": 0}, follow=True)
    assert response.redirect_chain[-1][0].endswith("?turn=about#about")
    assert not Conference.objects.exists()


def test_what_would_correct_a_conference_leads_to_the_difference(
    admin_client, admin_user, transcript
):
    admin_client.post(url_of(transcript), {"do": "publish", "seen": 0})
    changed = TALK.replace("第一段", "头一段").encode()
    waiting = receive(changed, "again.txt", user=admin_user).transcript
    difference = f"/admin/archive/transcript/{waiting.pk}/difference/"
    assert f'href="{difference}"' in page_of(see(admin_client, waiting))
    response = admin_client.post(url_of(waiting), {"do": "publish", "seen": 0})
    assert response.headers["Location"] == difference


@pytest.mark.parametrize(
    "path", mostly_at_night(GOLDEN, but=GOLDEN[::5]), ids=lambda path: path.name
)
def test_every_paragraph_of_every_kind_of_file_is_shown_once_and_every_turn_has_its_exchange(path):
    transcript = receive(path.read_bytes(), path.name, user=None).transcript
    understood = understand_transcript(transcript)
    sheet = lay_out(understood)
    sources = [*sheet.heading, *(one for row in sheet.rows for one in row.source)]
    shown = [one.before + one.marker + one.text for one in sources]
    assert shown == [paragraph.text for paragraph in understood.paragraphs]
    assert all(row.exchange for row in sheet.rows)


def test_a_file_that_cannot_be_read_any_more_is_told(admin_client, transcript):
    Transcript.objects.update(content=b"\x00", sha256="0" * 64)
    response = see(admin_client, transcript)
    assert response.headers["Location"] == "/admin/archive/transcript/"


def test_queries_do_not_grow_with_the_transcript(
    admin_client, admin_user, transcript, django_assert_num_queries
):
    see(admin_client, transcript)
    long = TALK + "".join(f"\n社{n}记者：第{n}问？\n\n毛宁：第{n}答。\n" for n in range(40))
    other = receive(long.encode(), "long.txt", user=admin_user).transcript
    see(admin_client, other)
    for one in (transcript, other):
        with django_assert_num_queries(9):
            see(admin_client, one)


TWO_OF_ONE_SURNAME = """2024年3月5日国务院新闻发布会

路透社记者：第一个问题？

王文涛：第一段回答。

彭博新闻社记者：第二个问题？

王令浚：又一个回答。

新华社记者：第三个问题？

王部长：再一个回答。
"""


def who_answers(conference):
    rows = conference.exchanges.order_by("position")
    return list(rows.values_list("answers__speaker__name", flat=True))


def test_a_surname_alone_is_whom_it_was_merged_into_here_and_nowhere_else(admin_client):
    """王部长, where two 王 answer: page and rows agree, and the next file's is somebody else."""
    make_outlet("路透社")
    transcript = load(TWO_OF_ONE_SURNAME.encode(), "a.txt", publish=False).transcript
    people = {one.name: one for one in Speaker.objects.all()}
    merge(people["王"], people["王文涛"], user=None)
    shown = [who for kind, who, _words in turns(admin_client, transcript) if kind == "answer"]
    assert shown == who_answers(transcript.conference) == ["王文涛", "王令浚", "王文涛"]
    assert ("王文涛", "部长") in see(admin_client, transcript).context["sheet"].speakers
    send(admin_client, transcript, 1, words="更正的回答。")  # the rows are made anew
    assert who_answers(transcript.conference) == shown
    other = TWO_OF_ONE_SURNAME.replace("3月5日", "4月6日").replace("问题", "疑问")
    later = load(other.encode(), "b.txt", publish=False).conference
    assert who_answers(later) == ["王文涛", "王令浚", "王"]
    call_command("reapply", verbosity=0)
    assert who_answers(transcript.conference) == shown
