"""The front page of the admin: what waits for an editor."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.editing.name_curation import unknown_labels
from archive.extension_points import DeskLine, DeskPanel, first_rows, registered_panels
from archive.models import Conference, ErrorReport, Transcript
from archive.text.directions import show_directions

_SHOWN = DeskPanel.SHOWN
# Problems are counted in so many transcripts, the latest ones; more nobody settles in a day.
_LOOKED_AT = 500

# Each is put together once, which takes longer than to ask the database. No evaluated one is kept:
# to slice or to count asks anew.
_WAITING = (
    Transcript.objects.waiting().order_by("created_at").values_list("pk", "filename", "created_at")
)
_ALL_DRAFTS = Conference.objects.filter(status=Conference.Status.DRAFT)
_CURRENT = Subquery(Transcript.objects.applied().filter(conference=OuterRef("pk")).values("pk")[:1])
_DRAFTS = (
    _ALL_DRAFTS.filter(publish_at=None)
    .order_by("-date", "-slug")
    .values_list("pk", "title", "date", _CURRENT)
)
_SCHEDULED = (
    Conference.objects.exclude(publish_at=None)
    .order_by("publish_at")
    .values_list("pk", "title", "publish_at")
)
# By key, for to look at a row of the table is to read past a file.
_DOUBTFUL = (
    Transcript.objects.filter(
        Q(pk__in=Transcript.objects.waiting().values("pk"))
        | Q(pk__in=_ALL_DRAFTS.values_list(_CURRENT))
    )
    .exclude(problems=[])
    .order_by("-pk")
    .values_list("pk", "filename", "conference__title", "problems")
)
_REPORTS = (
    ErrorReport.objects.filter(state=ErrorReport.State.OPEN)
    .order_by("created_at")
    .values_list("pk", "message", "created_at")
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the front page shows above the list of models."""

    panels: list[DeskPanel]
    may_upload: bool
    is_new: bool  # nothing has come in yet


def desk(request: HttpRequest) -> Desk:
    """What waits, as far as the user may see to it. Some ten queries."""
    user = request.user
    made: list[DeskPanel] = []
    if user.has_perm("archive.add_transcript"):
        made.append(_waiting())
    if user.has_perm("archive.change_conference"):
        made += [_drafts(), _scheduled(), _problems()]
    if user.has_perm("archive.add_outletalias"):
        made.append(_unknown())
    if user.has_perm("archive.change_errorreport"):
        made.append(_reports())
    made += registered_panels(user)
    return Desk(
        panels=sorted(made, key=lambda panel: not panel.count),  # what is empty comes last
        may_upload=user.has_perm("archive.add_transcript"),
        is_new=not Transcript.objects.exists(),
    )


def _waiting() -> DeskPanel:
    first, count = first_rows(_WAITING)
    return DeskPanel(
        title=_("Uploads that wait"),
        count=count,
        url=reverse("admin:archive_transcript_upload"),
        lines=[
            DeskLine(show_directions(name), _day(moment), _review(pk)) for pk, name, moment in first
        ],
        nothing=_("Every file that was uploaded has been dealt with."),
    )


def _drafts() -> DeskPanel:
    first, count = first_rows(_DRAFTS)
    return DeskPanel(
        title=_("Drafts"),
        count=count,
        url=_list("conference", "status__exact=draft"),
        lines=[
            DeskLine(title, date_format(day), _open(pk, current))
            for pk, title, day, current in first
        ],
        nothing=_("No draft waits to be published."),
    )


def _scheduled() -> DeskPanel:
    first, count = first_rows(_SCHEDULED)
    return DeskPanel(
        title=_("Scheduled"),
        count=count,
        url=_list("conference", "scheduled=yes"),
        lines=[
            DeskLine(title, _moment(when), reverse("admin:archive_conference_schedule", args=[pk]))
            for pk, title, when in first
        ],
        nothing=_("Nothing is scheduled."),
    )


def _problems() -> DeskPanel:
    """Of files that wait, and of those that drafts are made from; the most doubtful first."""
    # Unknown outlets have a panel of their own, and may be known since the file was read.
    counted = [
        (
            sum(problem["code"] != "unknown_outlet" for problem in problems),
            title or show_directions(name),
            pk,
        )
        for pk, name, title, problems in _DOUBTFUL[:_LOOKED_AT]
    ]
    worst = sorted((one for one in counted if one[0]), key=lambda one: -one[0])[:_SHOWN]
    return DeskPanel(
        title=_("Problems open"),
        count=sum(count for count, _name, _pk in counted),
        url=_review(worst[0][2]) if worst else reverse("admin:archive_transcript_upload"),
        lines=[
            DeskLine(name, ngettext("%(n)d problem", "%(n)d problems", n) % {"n": n}, _review(pk))
            for n, name, pk in worst
        ],
        nothing=_("Nothing doubtful in drafts or waiting files."),
    )


def _unknown() -> DeskPanel:
    labels = unknown_labels()
    url = reverse("admin:archive_outlet_unknown")
    return DeskPanel(
        title=_("Unknown outlets"),
        count=len(labels),
        url=url,
        lines=[DeskLine(one.label, f"{one.count} ×", url) for one in labels[:_SHOWN]],
        nothing=_("Every label is known."),
    )


def _reports() -> DeskPanel:
    first, count = first_rows(_REPORTS)
    return DeskPanel(
        title=_("Open reports"),
        count=count,
        url=_list("errorreport", "state__exact=open"),
        lines=[
            DeskLine(
                message[:60], _day(moment), reverse("admin:archive_errorreport_change", args=[pk])
            )
            for pk, message, moment in first
        ],
        nothing=_("No reader waits for an answer."),
    )


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:archive_{model}_changelist')}?{query}"


def _review(transcript: int) -> str:
    return reverse("admin:archive_transcript_review", args=[transcript])


def _open(conference: int, current: int | None) -> str:
    """The review page; the conference itself where it has no file."""
    if current is None:
        return reverse("admin:archive_conference_change", args=[conference])
    return _review(current)


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment).date())


def _moment(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
