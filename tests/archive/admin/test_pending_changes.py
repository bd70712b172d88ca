"""What a corrected file would change is looked at before it is applied."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from archive.editing import correction_history, pending_changes
from archive.editing.ingestion import load
from archive.editing.uploads import receive
from archive.editing.version_diff import compare_exports
from archive.exports.conference_json import conference_as_data
from archive.models import Conference, Exchange, Outlet, Revision, Speaker, Transcript
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Pure
from tests.archive.casts import make_conference, make_outlet
from tests.archive.texts import EXTRA, TWO_QUESTIONS

pytestmark = pytest.mark.django_db
BRIEFING = TWO_QUESTIONS + EXTRA
CORRECTED = (
    BRIEFING.replace("总体稳定", "持续稳定")
    .split("月球日报记者")[0]
    .replace("外交部发言人毛宁主持", "外交部发言人毛宁在蓝厅主持")
) + "法新社记者：明天还有记者会吗？\n\n毛宁：有。\n"
ENGLISH = {"accept-language": "en"}


def published(text=BRIEFING) -> Conference:
    return load(text.encode(), "briefing.txt", publish=True).conference


def waiting(text=CORRECTED, name="corrected.txt") -> Transcript:
    return receive(text.encode(), name, user=None).transcript


def url_of(transcript, page="difference"):
    return f"/admin/archive/transcript/{transcript.pk}/{page}/"


def look(client, transcript):
    return client.get(url_of(transcript), headers=ENGLISH)


def decide(client, transcript, decision, **fields):
    """Press a button of the page, as it was seen just now."""
    seen = look(client, transcript).context["seen"]
    data = {"decision": decision, "seen": seen, **fields}
    return client.post(url_of(transcript), data, headers=ENGLISH)


def put_right(conference, old, new, user=None) -> Transcript:
    """Correct the words of a paragraph in the conference's current transcript."""
    transcript = conference.transcripts.applied().first()
    understood = correction_history.understand_transcript(transcript)
    paragraph = next(p for turn in understood.turns for p in turn.paragraphs if old in p.text)
    text = paragraph.text.replace(old, new)
    words = Pure("words", paragraph.line, paragraph.text, {"text": text})
    correction_history.record(transcript, [words], seen=understood.seen, user=user)
    return transcript


@pytest.fixture
def editor(client):
    """One who may correct but not publish."""
    user = User.objects.create_user("editor", is_staff=True)
    names = ["add_transcript", "change_conference"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def test_the_page_tells_what_comes_goes_and_changes_word_by_word(admin_client):
    published()
    page = look(admin_client, waiting())
    compared = page.context["difference"].compared
    assert compared.counts == {"added": 1, "removed": 1, "changed": 1, "same": 1}
    text = page.content.decode()
    for words in ("<del>总体</del><ins>持续</ins>", "法新社", "月球日报", "<ins>在蓝厅</ins>"):
        assert words in text, words


def test_the_page_tells_which_links_stay_and_which_lead_to_the_conference(admin_client):
    published()
    page = look(admin_client, waiting())
    assert page.context["difference"].compared.gone == [3]
    assert "The links of 2 exchanges stay." in page.content.decode()


def test_looking_changes_nothing(admin_client):
    conference = published()
    before = conference_as_data(conference)
    transcript = waiting()
    look(admin_client, transcript)
    assert conference_as_data(Conference.objects.get()) == before
    assert Transcript.objects.waiting().get() == transcript
    assert not Exchange.objects.filter(asked_by="法新社").exists()
    assert not Revision.objects.filter(event="corrected").exists()


def test_applying_does_what_the_page_told_and_keeps_links(admin_client, client):
    conference = published()
    transcript = waiting()
    told = look(admin_client, transcript).context["difference"].compared
    before = conference_as_data(conference)
    response = decide(admin_client, transcript, "apply", reason="原文更正")
    assert response["Location"] == url_of(transcript, "review")
    after = conference_as_data(Conference.objects.get())
    assert compare_exports(before, after) == told
    assert [one["ref"] for one in after["exchanges"]] == [1, 2, 4]
    address = conference.get_absolute_url()
    assert client.get(f"{address}1/").status_code == 200
    assert client.get(f"{address}3/")["Location"].endswith(address)
    assert Revision.objects.first().reason == "原文更正"


def test_something_public_is_corrected_for_a_reason(admin_client):
    published()
    transcript = waiting()
    response = decide(admin_client, transcript, "apply", reason="  ")
    assert response.context["form"].errors["reason"]
    assert Transcript.objects.waiting().exists()


def test_an_editor_corrects_a_draft_and_leaves_what_is_public_to_a_publisher(editor):
    published()
    transcript = waiting()
    assert "somebody who may publish" in look(editor, transcript).content.decode()
    assert decide(editor, transcript, "apply", reason="更正").status_code == 403
    Conference.objects.update(status="draft")
    assert decide(editor, transcript, "apply").status_code == 302
    assert not Transcript.objects.waiting().exists()


def test_what_changed_since_it_was_looked_at_is_shown_first(admin_client):
    conference = published()
    transcript = waiting()
    seen = look(admin_client, transcript).context["seen"]
    conference.venue = "蓝厅"
    conference.save()
    data = {"decision": "apply", "seen": seen, "reason": "更正"}
    page = admin_client.post(url_of(transcript), data, headers=ENGLISH)
    assert "Somebody changed this meanwhile" in page.content.decode()
    assert Transcript.objects.waiting().exists()


def test_corrections_are_carried_over_and_those_that_do_not_fit_are_named(admin_client):
    conference = published()
    for old, new in (("中欧双方", "中国和欧盟"), ("请向主管部门了解", "请问航天局")):
        put_right(conference, old, new)
    found = look(admin_client, waiting()).context["difference"]
    assert (len(found.carried), len(found.unfit)) == (1, 1)
    assert "请向主管部门了解" in found.unfit[0].text


def test_corrections_of_a_public_conference_are_looked_at_in_the_same_way(admin_client):
    conference = published()
    transcript = put_right(conference, "总体稳定", "持续稳定")
    compared = look(admin_client, transcript).context["difference"].compared
    assert compared.counts == {"changed": 1, "same": 2}
    decide(admin_client, transcript, "apply", reason="错字")
    assert "持续稳定" in Exchange.objects.get(ref=1).answers.get().text
    assert not look(admin_client, transcript).context["difference"].compared


def test_an_outlet_that_is_known_now_counts_as_a_change(admin_client):
    conference = published()
    make_outlet()
    compared = pending_changes.pending_changes_of(conference.transcripts.get(), user=None).compared
    assert [one.ref for one in compared.changes] == []  # 路透社 → 路透社 says nothing new
    make_outlet("新华通讯社", "xinhua").add_alias("新华社")
    compared = pending_changes.pending_changes_of(conference.transcripts.get(), user=None).compared
    assert [one.ref for one in compared.changes] == [2]


def test_a_wrong_match_becomes_a_conference_of_its_own(admin_client):
    conference = published()
    transcript = waiting()
    decide(admin_client, transcript, "anew")
    transcript.refresh_from_db()
    assert transcript.conference != conference
    assert (transcript.conference.slug, transcript.conference.status) == ("2020-05-24-2", "draft")
    assert transcript.supersedes is None


@pytest.mark.parametrize(
    "address", ["2020-05-30", "https://a.org/zh-hant/conferences/2020-05-30/3/"]
)
def test_an_editor_says_which_conference_a_file_corrects(admin_client, address):
    conference = make_conference(slug="2020-05-30")
    transcript = waiting()
    assert look(admin_client, transcript).context["difference"] is None
    decide(admin_client, transcript, "corrects", address=address)
    transcript.refresh_from_db()
    assert (transcript.conference, transcript.applied_at) == (conference, None)


def test_the_conferences_of_the_day_are_offered(admin_client):
    conference = make_conference()
    page = look(admin_client, waiting())
    assert page.context["candidates"] == [conference]
    assert f"It corrects {conference}" in page.content.decode()


def test_an_address_of_no_conference_is_told(admin_client):
    page = decide(admin_client, waiting(), "corrects", address="https://a.org/never/")
    assert "There is no conference" in str(page.context["corrects"].errors["address"])


def test_a_file_without_a_date_takes_that_of_the_conference_it_corrects(admin_client):
    conference = published()
    transcript = waiting(CORRECTED.replace("2020年5月24日", ""))
    decide(admin_client, transcript, "corrects", address=conference.slug)
    compared = look(admin_client, transcript).context["difference"].compared
    assert "date" not in [fact.name for fact in compared.facts]
    assert compared.kept == 2


def test_a_file_that_cannot_be_read_any_more_says_why(admin_client):
    published()
    transcript = waiting()
    Transcript.objects.filter(pk=transcript.pk).update(content=b"\0", sha256="0" * 64)
    page = look(admin_client, transcript)
    assert "holds no text" in page.context["refusal"]
    assert url_of(transcript, "review") in page.content.decode()


def test_what_was_superseded_has_no_difference(admin_client):
    conference = published()
    first = conference.transcripts.get()
    Transcript.objects.filter(pk=waiting().pk).update(supersedes=first, applied_at=timezone.now())
    assert look(admin_client, first).status_code == 404


@pytest.mark.parametrize("decision", ["anew", "corrects"])
def test_what_was_applied_keeps_its_conference(admin_client, decision):
    transcript = published().transcripts.get()
    assert decide(admin_client, transcript, decision, address="2020-05-24").status_code == 404


def test_staff_who_may_change_nothing_is_refused(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert look(client, waiting()).status_code == 403


def test_the_command_and_the_page_give_the_same_rows(admin_client, seed_bytes, seed_outlets):
    """The whole way by HTTP: upload, review, publish."""
    call_command("load_outlets", seed_outlets, verbosity=0)
    conference = load(seed_bytes, "wang-yi.txt", publish=True).conference
    by_command = conference_as_data(conference), kept(conference.transcripts.get())
    Revision.objects.all().delete()
    for model in (Conference, Speaker):
        model.objects.all().delete()
    file = SimpleUploadedFile("wang-yi.txt", seed_bytes)
    admin_client.post("/admin/archive/transcript/upload/", {"file": [file]})
    transcript = Transcript.objects.waiting().get()
    admin_client.post(url_of(transcript, "review"), {"do": "publish", "seen": 0})
    conference = Conference.objects.published().get()
    assert (conference_as_data(conference), kept(conference.transcripts.get())) == by_command
    assert Outlet.objects.exists()


def kept(transcript):
    names = ("filename", "media_type", "sha256", "size", "encoding", "convention", "problems")
    return {name: getattr(transcript, name) for name in names}
