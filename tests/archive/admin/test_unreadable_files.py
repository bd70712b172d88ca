"""A stored file that a later program cannot read any more: a sentence on the desk, and readers see
what was made of it."""

import json

import pytest
from django.core.cache import caches

from archive.editing import revisions
from archive.editing.reapplication import reapply
from archive.editing.transcript_application import apply
from archive.editing.uploads import receive
from archive.models import Conference, Correction, Transcript
from tests.archive.admin.review.pages import TALK, said, see, url_of

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SENTENCE = "holds no text"
LATER = TALK.replace("又一个", "另一个")
DIFFERENCE = "/admin/archive/transcript/{}/difference/"
DEEDS = [
    {"do": "save", "turn": "1", "words": "别的话。"},
    {"do": "save", "turn": "about", "title": "别的题目"},
    {"do": "split:2", "turn": "1"},
    {"do": "undo:1"},
    {"do": "draft"},
    {"do": "publish", "reason": "更正"},
]


def spoil(*transcripts):
    """What is stored of a transcript says nothing any more, and nobody remembers what it said."""
    for one in transcripts:
        Transcript.objects.filter(pk=one.pk).update(
            content=b"\0", sha256=f"{one.pk:016x}".ljust(64, "0")
        )
        one.refresh_from_db()
    for cache in caches.all():
        cache.clear()


@pytest.fixture
def talk(admin_user) -> Conference:
    """Published from one file and then from another."""
    for text in (TALK, LATER):
        transcript = receive(text.encode(), "talk.txt", user=admin_user).transcript
        conference = apply(transcript, user=admin_user, publish=True, reason="更正").conference
    assert conference.revisions.count() == 2
    return conference


@pytest.fixture
def current(talk) -> Transcript:
    """The one it is made from, with a correction."""
    transcript = revisions.current_transcript(talk)
    transcript.corrections.create(number=1, kind="words", line=5, text="字", value={"text": "词"})
    spoil(transcript)
    return transcript


def test_the_review_page_says_so(admin_client, current):
    answer = see(admin_client, current)
    assert answer.status_code == 302
    assert SENTENCE in said(admin_client.get(answer["Location"], headers=ENGLISH))[0]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("waits", [False, True])
def test_whatever_is_sent_from_it_changes_nothing(admin_client, current, deed, waits):
    if waits:
        Transcript.objects.filter(pk=current.pk).update(applied_at=None)
        current.revisions.all().delete()
    answer = admin_client.post(url_of(current), {"seen": "1", **deed}, headers=ENGLISH, follow=True)
    assert answer.status_code == 200
    assert SENTENCE in " ".join(said(answer)) or deed["do"] == "undo:1" or waits
    assert Correction.objects.filter(transcript=current).count() <= 2
    assert Conference.objects.count() == 1


@pytest.mark.parametrize("decision", ["", "apply", "anew", "corrects"])
@pytest.mark.parametrize("which", ["waiting", "current", "both"])
def test_the_page_of_differences_says_so(admin_client, admin_user, talk, which, decision):
    current = revisions.current_transcript(talk)
    text = TALK.replace("又一个", "第三个")
    waiting = receive(text.encode(), "b.txt", user=admin_user).transcript
    assert waiting.conference == talk
    spoil(*{"waiting": [waiting], "current": [current], "both": [waiting, current]}[which])
    url = DIFFERENCE.format(waiting.pk)
    page = admin_client.get(url, headers=ENGLISH)
    assert page.status_code == 200
    fields = {"reason": "更正", "seen": page.context["seen"], "address": talk.slug}
    answer = admin_client.post(url, {"decision": decision, **fields}, headers=ENGLISH, follow=True)
    assert answer.status_code == 200


def test_the_rest_of_the_desk_opens(admin_client, talk, current):
    exchange = talk.exchanges.first()
    for url in (
        "/admin/",
        "/admin/archive/transcript/",
        "/admin/archive/transcript/upload/",
        f"/admin/archive/transcript/{current.pk}/change/",
        f"/admin/archive/conference/{talk.pk}/preview/",
        f"/admin/archive/conference/{talk.pk}/change/",
        f"/admin/archive/exchange/{exchange.pk}/change/",
    ):
        assert admin_client.get(url).status_code == 200, url
    to_review = admin_client.get(f"/admin/archive/exchange/{exchange.pk}/review/")
    assert to_review["Location"] == url_of(current)


def test_readers_see_what_was_made_of_it(client, talk, current):
    spoil(*talk.transcripts.all())
    at = f"/conferences/{talk.slug}/"
    shas = [one.sha256[:16] for one in talk.transcripts.all()]
    pages = ["", "1/", "history/", "versions/1/", "versions/2/", "versions/2.json"]
    pages += [f"{kind}/{sha}/" for kind in ("history", "original") for sha in shas]
    for page in pages:
        assert client.get(at + page).status_code == 200, page
    assert "又一个" in client.get(f"{at}versions/1/").text


def test_a_version_of_no_words_is_told_and_can_be_fetched(client, talk):
    last = talk.revisions.first()
    said_then = json.loads(last.content)
    last.content = json.dumps(said_then | {"exchanges": []}).encode()
    last.save()
    page = f"/conferences/{talk.slug}/versions/{last.number}"
    assert client.get(f"{page}.json").content == last.content
    assert not client.get(f"{page}/").context["page_obj"].object_list


def test_what_is_made_anew_stays_as_it_was(talk, current):
    assert reapply(current.pk).outcome in ("failed", "skipped")
    assert talk.exchanges.count() == 2
