"""The front page of the admin: what waits for an editor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.editing.name_curation import unknown_labels
from archive.editing.names.changes import open_changes, prepared_of
from archive.editing.names.sentences import sentences_of
from archive.extension_points import DeskLine, DeskPanel, first_rows, registered_panels
from archive.links import link
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
        made += [_unknown(), *_names_being_written()]
    if user.has_perm("archive.change_errorreport"):
        made.append(_reports())
    made += registered_panels(user)
    return Desk(
        panels=sorted(made, key=lambda panel: not panel.count),  # what is empty comes last
        may_upload=user.has_perm("archive.add_transcript"),
        is_new=not Transcript.objects.exists(),
    )


def _panel(
    title: str, waiting: QuerySet[Any, Any], line: Callable[..., DeskLine], url: str, nothing: str
) -> DeskPanel:
    """The rows of `waiting`, of each of which `line` makes one."""
    first, count = first_rows(waiting)
    return DeskPanel(title, count, url, [line(*row) for row in first], nothing)


def _waiting() -> DeskPanel:
    return _panel(
        _("Uploads that wait"),
        _WAITING,
        lambda pk, name, moment: DeskLine(show_directions(name), _day(moment), _review(pk)),
        link("admin:archive_transcript_upload"),
        _("Every file that was uploaded has been dealt with."),
    )


def _drafts() -> DeskPanel:
    return _panel(
        _("Drafts"),
        _DRAFTS,
        lambda pk, title, day, file: DeskLine(title, date_format(day), _open(pk, file)),
        _list("conference", "status__exact=draft"),
        _("No draft waits to be published."),
    )


def _scheduled() -> DeskPanel:
    return _panel(
        _("Scheduled"),
        _SCHEDULED,
        lambda pk, title, when: DeskLine(
            title,
            date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT"),
            link("admin:archive_conference_schedule", pk),
        ),
        _list("conference", "scheduled=yes"),
        _("Nothing is scheduled."),
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
        url=_review(worst[0][2]) if worst else link("admin:archive_transcript_upload"),
        lines=[
            DeskLine(name, ngettext("%(n)d problem", "%(n)d problems", n) % {"n": n}, _review(pk))
            for n, name, pk in worst
        ],
        nothing=_("Nothing doubtful in drafts or waiting files."),
    )


def _unknown() -> DeskPanel:
    labels = unknown_labels()
    url = link("admin:archive_outlet_unknown")
    return DeskPanel(
        title=_("Unknown outlets"),
        count=len(labels),
        url=url,
        lines=[DeskLine(one.label, f"{one.count} ×", url) for one in labels[:_SHOWN]],
        nothing=_("Every label is known."),
    )


def _names_being_written() -> Iterator[DeskPanel]:
    """Only where there are any. A query, and one more for each."""
    if changes := open_changes():
        lines = [
            DeskLine(
                " ".join(sentences_of(one)),
                _("pending: %(n)d of %(m)d") % {"n": prepared_of(one), "m": one.conferences},
                link("admin:archive_namechange_change", one.pk),
            )
            for one in changes[:_SHOWN]
        ]
        url = link("admin:archive_namechange_changelist")
        yield DeskPanel(_("Names being written"), len(changes), url, lines, nothing="")


def _reports() -> DeskPanel:
    return _panel(
        _("Open reports"),
        _REPORTS,
        lambda pk, message, moment: DeskLine(
            message[:60], _day(moment), link("admin:archive_errorreport_change", pk)
        ),
        _list("errorreport", "state__exact=open"),
        _("No reader waits for an answer."),
    )


def _list(model: str, query: str) -> str:
    return f"{link(f'admin:archive_{model}_changelist')}?{query}"


def _review(transcript: int) -> str:
    return link("admin:archive_transcript_review", transcript)


def _open(conference: int, current: int | None) -> str:
    """The review page; the conference itself where it has no file."""
    return _review(current) if current else link("admin:archive_conference_change", conference)


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment).date())
