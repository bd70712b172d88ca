"""Every address of the site and who may open it, and an archive in which all of them open.

A new address needs a line here.
"""

import datetime as dt

from auditlog.models import LogEntry
from django.contrib.auth.models import Group, User
from django.urls import URLResolver, reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.editing import publication, revisions
from archive.editing.name_curation import merge
from archive.models import (
    Conference,
    ErrorReport,
    MovedAddress,
    NameChange,
    Outlet,
    Speaker,
    Transcript,
)
from archive.models.transcripts import sha256_of
from search.index import writer
from search.models import EmptySearch, IndexTask
from staff.models import LockedAccount
from tests.archive.casts import make_answer, make_exchange, make_outlet, make_speaker, make_talk

ROLES = ("anonymous", "editor", "publisher", "superuser")
# A sign for each of these, in this order: + opens, - refused (403), > sent to log in, 0 is not
# there (404), / sent on to another page.
PUBLIC = "++++"
STAFF = ">+++"
PUBLISHER = ">-++"
ADMINISTRATOR = ">--+"
NOBODY = ">---"

# Of a model in the admin: its list and one row with its history, the form to add, and to delete.
MODELS = {
    # What is made from files is put right on their review pages; what was public is withdrawn.
    "archive_conference": (STAFF, NOBODY, NOBODY),
    "archive_errorreport": (STAFF, NOBODY, ADMINISTRATOR),
    "archive_exchange": (STAFF, NOBODY, NOBODY),
    "archive_movedaddress": (STAFF, NOBODY, NOBODY),
    "archive_namechange": (STAFF, NOBODY, NOBODY),
    # Both are shown by what is published.
    "archive_outlet": (STAFF, STAFF, NOBODY),
    "archive_speaker": (STAFF, STAFF, NOBODY),
    # What was uploaded comes in by its own page.
    "archive_transcript": (STAFF, NOBODY, ADMINISTRATOR),
    "auditlog_logentry": (PUBLISHER, NOBODY, NOBODY),
    "auth_group": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "auth_user": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR),
    "otp_totp_totpdevice": (ADMINISTRATOR, NOBODY, ADMINISTRATOR),
    "staff_lockedaccount": (ADMINISTRATOR, NOBODY, NOBODY),
    "search_emptysearch": (STAFF, NOBODY, STAFF),
    "search_indextask": (ADMINISTRATOR, NOBODY, NOBODY),
}
SLUG, OTHER = "2020-05-24", "2019-05-24"
DRAFT, WITHDRAWN = "2021-01-01", "2018-01-01"
HIDDEN = "尚未公布的话"


def content_of(slug):
    """The file of a conference, with a word that nobody shall read where it is not public."""
    word = "" if slug in (SLUG, OTHER) else HIDDEN
    return f"{slug}{word}\n\n路透社记者：第1问？\n\n王毅：第1答。\n".encode()


def sha_of(slug):
    return sha256_of(content_of(slug))[:16]


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
    "archive:original": ([SLUG, sha_of(SLUG)], PUBLIC),
    "archive:version": ([SLUG, 1], PUBLIC),
    "archive:version_json": ([SLUG, 1], PUBLIC),
    "archive:report": ([SLUG, 1], PUBLIC),
    "archive:report_sent": ([SLUG, 1], PUBLIC),
    "archive:host_list": ([], PUBLIC),
    "archive:host": (["wai-jiao-bu"], PUBLIC),
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
    # Where no mail server is named.
    "staff:reset": ([], "0000"),
    "staff:reset_sent": ([], "0000"),
    "staff:reset_done": ([], "0000"),
    "staff:reset_confirm": (["MQ", "a-b"], "0000"),
    "admin:index": ([], STAFF),
    "admin:login": ([], "+///"),
    "admin:logout": ([], "/==="),  # by POST alone
    "admin:password_change": ([], STAFF),
    "admin:password_change_done": ([], STAFF),
    "admin:jsi18n": ([], STAFF),
    "admin:autocomplete": ([], NOBODY),  # without a field that is to be completed
    "admin:view_on_site": ([0, 1], ">000"),
    "admin:app_list": (["archive"], STAFF),
    "admin:auth_user_password_change": (["pk"], ADMINISTRATOR),
    "admin:archive_transcript_upload": ([], STAFF),
    "admin:archive_transcript_discard": (["pk"], STAFF),
    "admin:archive_transcript_restore": (["pk"], ">==="),  # by POST alone
    "admin:archive_transcript_download": (["pk"], STAFF),
    "admin:archive_transcript_review": (["pk"], STAFF),
    "admin:archive_transcript_difference": (["pk"], STAFF),
    "admin:archive_exchange_review": (["pk"], ">///"),  # to the page of its file
    "admin:archive_conference_preview": (["pk"], STAFF),
    "admin:archive_conference_publish": (["pk"], PUBLISHER),
    "admin:archive_conference_schedule": (["pk"], PUBLISHER),
    "admin:archive_conference_withdraw": (["pk"], PUBLISHER),
    "admin:archive_outlet_merge": (["pk"], PUBLISHER),
    "admin:archive_speaker_merge": (["pk"], PUBLISHER),
    "admin:archive_outlet_unknown": ([], STAFF),
    "admin:archive_namechange_take_back": (["pk"], PUBLISHER),
    "admin:archive_namechange_write": (["pk"], ">==="),  # by POST alone
}


def addresses_of(slug):
    """Name and arguments of every public address of one conference."""
    for name, (arguments, _signs) in ADDRESSES.items():
        if arguments[:1] == [SLUG]:
            yield (
                name,
                [slug, *(sha_of(slug) if one == sha_of(SLUG) else one for one in arguments[1:])],
            )
    yield "archive:history", [slug, sha_of(slug)]


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


def make_transcript(slug, **fields):
    content = content_of(slug)
    return Transcript.objects.create(
        filename="a.txt", media_type="text/plain", content=content, sha256=sha256_of(content),
        size=len(content), encoding="utf-8", convention="label", **fields,
    )  # fmt: skip


def make_versions(slug, **fields):
    """A conference with its file and a version of it."""
    talk = make_talk(date=dt.date.fromisoformat(slug), slug=slug, **fields)
    make_transcript(slug, conference=talk, applied_at=timezone.now())
    revisions.record_revision(talk, "published", user=None)
    return talk


def fill():
    """Into the database: one row of each model at least, a draft with a speaker of its own, what
    was withdrawn, and a file that waits."""
    talk = make_versions(SLUG, institution="外交部")
    make_versions(OTHER, institution="外交部")
    MovedAddress.objects.record("outlet", "old", "reuters")
    merge(make_outlet("路透", "luto"), Outlet.objects.get(slug="reuters"), user=None)
    # Who spoke where something was withdrawn keeps a page; whom only a draft tells of has none.
    said_by = {
        DRAFT: make_speaker(f"人{HIDDEN}", "nobody-yet"),
        WITHDRAWN: make_speaker("那人", "once"),
    }
    hidden = {"title": HIDDEN, "headline": HIDDEN, "institution": f"某{HIDDEN}部"}
    # Nobody makes a version of a draft; if somebody did, it would be nobody's business.
    for slug, speaker in said_by.items():
        gone = make_versions(slug, published=slug == WITHDRAWN, **hidden)
        exchange = make_exchange(gone, f"问{HIDDEN}？", asked_by=f"{HIDDEN}社", topic=HIDDEN)
        make_answer(exchange, f"答{HIDDEN}。", speaker=speaker)
    publication.withdraw(gone, user=None, reason=HIDDEN)
    make_transcript("2022-02-02")  # waits
    ErrorReport.objects.create(conference=talk, ref=1, message=HIDDEN, contact="a@example.org")
    Group.objects.create(name="guests")
    TOTPDevice.objects.create(user=User.objects.create_user("other"), name="other")
    LockedAccount.objects.create(username="other", ip_address="192.0.2.1", failures_since_start=5)
    writer.rebuild()
    IndexTask.objects.create(conference_id=talk.pk)
    EmptySearch.objects.create(folded="没有的话", last_at=timezone.now())


def address_of(name, arguments):
    if arguments == ["pk"]:
        model = name.removeprefix("admin:").rpartition("_")[0]
        arguments = [(ROWS.get(name) or ROWS[model])()]
    return reverse(name, args=arguments)


def first_of(model):
    return lambda: model._default_manager.order_by("pk").first().pk


def draft():
    return Conference.objects.get(slug=DRAFT).pk


# The row that an address is about: by its name, else by that of the model.
ROWS = {
    "admin:archive_conference_publish": draft,
    "admin:archive_conference_schedule": draft,
    "admin:archive_namechange_take_back": first_of(NameChange),
    "admin:archive_transcript_discard": lambda: Transcript.objects.waiting().get().pk,
    "admin:auth_user_password_change": first_of(User),
    "archive_conference": first_of(Conference),
    "archive_errorreport": first_of(ErrorReport),
    "archive_exchange": lambda: Conference.objects.get(slug=SLUG).exchanges.first().pk,
    "archive_movedaddress": first_of(MovedAddress),
    "archive_namechange": first_of(NameChange),
    "archive_outlet": first_of(Outlet),
    "archive_speaker": first_of(Speaker),
    "archive_transcript": first_of(Transcript),
    "auditlog_logentry": first_of(LogEntry),
    "auth_group": first_of(Group),
    "auth_user": first_of(User),
    "otp_totp_totpdevice": first_of(TOTPDevice),
    "staff_lockedaccount": first_of(LockedAccount),
    "search_emptysearch": first_of(EmptySearch),
    "search_indextask": first_of(IndexTask),
}
