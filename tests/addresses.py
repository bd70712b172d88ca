"""Every address of the site and who may open it, and an archive in which all of them open.

A new address needs a line here.
"""

import datetime as dt

from django.contrib.auth.models import Group, User
from django.urls import URLResolver, reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.models import Conference, MovedAddress, Outlet, Speaker, Transcript
from archive.models.transcripts import sha256_of
from search import indexing
from search.models import IndexTask
from tests.archive.casts import make_answer, make_exchange, make_speaker, make_talk

ROLES = ("anonymous", "editor", "publisher", "superuser")
# A sign for each of these, in this order: + opens, - refused (403), > sent to log in, 0 is not
# there (404), / sent on to another page.
PUBLIC = "++++"
STAFF = ">+++"
ADMINISTRATOR = ">--+"

# Of a model in the admin: its list and one row with its history, the form to add, and to delete.
MODELS = {
    "archive_conference": (STAFF, STAFF, ADMINISTRATOR),
    "archive_exchange": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "archive_movedaddress": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "archive_outlet": (STAFF, STAFF, ADMINISTRATOR),
    "archive_speaker": (STAFF, STAFF, ADMINISTRATOR),
    # What was uploaded comes in by its own page.
    "archive_transcript": (STAFF, ">---", ADMINISTRATOR),
    "auth_group": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "auth_user": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "otp_totp_totpdevice": (ADMINISTRATOR, ">---", ADMINISTRATOR),
    "search_indextask": (ADMINISTRATOR, ">---", ">---"),
}
SLUG, DRAFT = "2020-05-24", "2021-01-01"
ADDRESSES = {
    "archive:home": ([], PUBLIC),
    "archive:conference_list": ([], PUBLIC),
    "archive:year": ([2020], PUBLIC),
    "archive:month": ([2020, 5], PUBLIC),
    "archive:day": ([2020, 5, 24], PUBLIC),
    "archive:conference": ([SLUG], PUBLIC),
    "archive:conference_json": ([SLUG], PUBLIC),
    "archive:exchange": ([SLUG, 1], PUBLIC),
    "archive:cite_conference": ([SLUG, "ris"], PUBLIC),
    "archive:cite_exchange": ([SLUG, 1, "bib"], PUBLIC),
    "archive:history": ([SLUG], PUBLIC),
    "archive:original": ([SLUG, sha256_of(SLUG.encode())[:16]], PUBLIC),
    "archive:series_list": ([], PUBLIC),
    "archive:series": (["wai-jiao-bu"], PUBLIC),
    "archive:outlet_list": ([], PUBLIC),
    "archive:outlet": (["reuters"], PUBLIC),
    "archive:speaker_list": ([], PUBLIC),
    "archive:speaker": (["wang-yi"], PUBLIC),
    "search:search": ([], PUBLIC),
    "search:results_csv": ([], PUBLIC),
    "search:results_json": ([], PUBLIC),
    "search:suggest": ([], PUBLIC),
    "staff:device": ([], STAFF),
    "staff:code": ([], STAFF),
    "staff:token": ([], ">///"),  # nobody here has a device
    "admin:index": ([], STAFF),
    "admin:login": ([], "+///"),
    "admin:logout": ([], "/==="),  # by POST alone
    "admin:password_change": ([], STAFF),
    "admin:password_change_done": ([], STAFF),
    "admin:jsi18n": ([], STAFF),
    "admin:autocomplete": ([], ">---"),  # without a field that is to be completed
    "admin:view_on_site": ([1, 1], ">000"),
    "admin:app_list": (["archive"], STAFF),
    "admin:auth_user_password_change": ([1], ADMINISTRATOR),
    "admin:archive_transcript_upload": ([], STAFF),
    "admin:archive_transcript_download": ([1], STAFF),
}
# Every public address of one conference, for a draft.
OF_A_DRAFT = {
    "archive:conference": [DRAFT],
    "archive:conference_json": [DRAFT],
    "archive:exchange": [DRAFT, 1],
    "archive:cite_conference": [DRAFT, "ris"],
    "archive:cite_exchange": [DRAFT, 1, "bib"],
    "archive:history": [DRAFT],
    "archive:original": [DRAFT, sha256_of(DRAFT.encode())[:16]],
    "archive:speaker": ["nobody-yet"],
}
HIDDEN = "尚未公布的话"


def walk(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from walk(pattern.url_patterns, inside)
        elif pattern.name:  # without a name: the admin's way to an older address, and its 404
            yield prefix + pattern.name


def matrix():
    """Name, arguments and signs of every address there must be."""
    yield from ((name, *row) for name, row in ADDRESSES.items())
    for model, (seen, added, deleted) in MODELS.items():
        yield f"admin:{model}_changelist", [], seen
        yield f"admin:{model}_add", [], added
        yield f"admin:{model}_change", ["pk"], seen
        yield f"admin:{model}_history", ["pk"], seen
        yield f"admin:{model}_delete", ["pk"], deleted


def make_transcript(conference):
    content = conference.slug.encode()
    return Transcript.objects.create(
        pk=None, applied_at=timezone.now(), conference=conference, filename="a.txt",
        media_type="text/plain", content=content, sha256=sha256_of(content), size=len(content),
        encoding="utf-8", convention="label",
    )  # fmt: skip


def fill():
    """Into the database: one row of each model at least, and a draft with a speaker of its own."""
    for day in (SLUG, "2019-05-24"):
        talk = make_talk(date=dt.date.fromisoformat(day), institution="外交部", slug=day)
        make_transcript(talk)
    MovedAddress.objects.record("outlet", "old", "reuters")
    nobody = make_speaker(f"人{HIDDEN}", "nobody-yet")
    draft = make_talk(
        date=dt.date.fromisoformat(DRAFT), slug=DRAFT, published=False,
        title=HIDDEN, headline=HIDDEN, institution=f"某{HIDDEN}部",
    )  # fmt: skip
    make_transcript(draft)
    exchange = make_exchange(draft, f"问{HIDDEN}？", asked_by=f"{HIDDEN}社", topic=HIDDEN)
    make_answer(exchange, f"答{HIDDEN}。", speaker=nobody)
    Group.objects.create(name="guests")
    TOTPDevice.objects.create(user=User.objects.create_user("other"), name="other")
    indexing.rebuild()
    IndexTask.objects.create(conference_id=talk.pk)


def address_of(name, arguments):
    if arguments == ["pk"]:
        model = name.removeprefix("admin:").rpartition("_")[0]
        return reverse(name, args=[ROWS[model]()])
    if name in ("admin:archive_transcript_download", "admin:auth_user_password_change"):
        model = Transcript if "transcript" in name else User
        arguments = [model.objects.order_by("pk").first().pk]
    return reverse(name, args=arguments)


def first_of(model):
    return lambda: model._default_manager.order_by("pk").first().pk


ROWS = {
    "archive_conference": first_of(Conference),
    "archive_exchange": lambda: Conference.objects.get(slug=SLUG).exchanges.first().pk,
    "archive_movedaddress": first_of(MovedAddress),
    "archive_outlet": first_of(Outlet),
    "archive_speaker": first_of(Speaker),
    "archive_transcript": first_of(Transcript),
    "auth_group": first_of(Group),
    "auth_user": first_of(User),
    "otp_totp_totpdevice": first_of(TOTPDevice),
    "search_indextask": first_of(IndexTask),
}
