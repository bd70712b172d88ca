"""The review page: what was understood of a transcript, beside its source, to be put right."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.admin.access import render_admin, require_permission
from archive.admin.review.actions import decide, state_of
from archive.admin.review.changes import about_corrections, turn_corrections
from archive.admin.review.correction_log import list_entries
from archive.admin.review.forms import ABOUT, DeedForm, OpenForm, TurnForm
from archive.admin.review.layout import Row, Sheet, lay_out
from archive.admin.review.messages import sentence_of, tell_refused, tell_saved
from archive.admin.review.open_form import (
    Opened,
    against_theirs,
    open_about,
    open_turn,
    same_turn,
    turn_form,
)
from archive.admin.review.outlet_choice import NamePrinted, Settled, settle_outlet
from archive.editing.correction_history import DoesNotFit, EditedMeanwhile, Recorded, record, undo
from archive.editing.interpretation import understand_transcript
from archive.editing.names.kinds import NameRefused
from archive.editing.public_change import public_change
from archive.editing.retries import retried
from archive.editing.transcript_application import Superseded
from archive.editing.uploads import look_again
from archive.links import link
from archive.models import Transcript
from archive.parsing.corrections.turn_corrections import placed
from archive.parsing.records import TranscriptError

_TEMPLATES = "admin/archive/transcript"
# What an editor can mend: the form comes back with a sentence.
_REFUSALS = (DoesNotFit, NamePrinted, NameRefused, Superseded, TranscriptError)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one transcript, for staff who may change conferences."""
    user = require_permission(request, "archive.change_conference")
    transcript = get_object_or_404(Transcript.objects.select_related("conference"), pk=pk)
    try:
        if request.method == "POST":
            return _act(request, transcript, user)
        return _show(request, transcript)
    except TranscriptError as error:  # the file cannot be read any more
        tell_refused(request, error)
        return redirect("admin:archive_transcript_changelist")


def _act(request: HttpRequest, transcript: Transcript, user: User) -> HttpResponse:
    form = DeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("What was sent was not understood. Nothing was changed."))
        return redirect("admin:archive_transcript_review", transcript.pk)
    verb, number = form.deed
    if verb == "undo":
        return _undo(request, transcript, number, user)
    if verb in ("draft", "publish"):
        return decide(request, transcript, form.cleaned_data, user)
    if form.cleaned_data["turn"] == ABOUT:
        return _save_about(request, transcript, form, user)
    return _save_turn(request, transcript, form, user)


def _show(request: HttpRequest, transcript: Transcript) -> HttpResponse:
    if transcript.discarded_at is not None:
        messages.warning(
            request, _("This file was discarded. It can be restored among the uploads.")
        )
    understood = understand_transcript(transcript)
    asked = OpenForm(request.GET)
    asked.is_valid()  # what is not understood opens nothing
    turn = asked.cleaned_data.get("turn", "")
    at = int(turn) if turn not in ("", ABOUT) else asked.cleaned_data.get("at")
    sheet = lay_out(understood, at or 0)
    opened = None
    if turn and not asked.cleaned_data["closed"]:
        opened = open_about(sheet) if turn == ABOUT else open_turn(sheet, _row(sheet, int(turn)))
    if not turn or not asked.cleaned_data["alone"]:
        return _page(request, transcript, sheet, opened)
    context = {
        "opened": opened,
        "sheet": sheet,
        "seen": sheet.understood.seen,
        "transcript": transcript,
        "language": sheet.parsed.language,
    }
    if turn == ABOUT:
        return render(request, f"{_TEMPLATES}/_review_about.html", context)
    row = _row(sheet, int(turn))
    return render(request, f"{_TEMPLATES}/_review_row.html", context | {"row": row})


def _row(sheet: Sheet, number: int) -> Row:
    row = sheet.row(number)
    if row is None:
        raise Http404
    return row


def _page(
    request: HttpRequest, transcript: Transcript, sheet: Sheet, opened: Opened | None
) -> HttpResponse:
    told = list_entries(sheet.understood.corrections)
    state = state_of(transcript, sheet.understood, request.user)
    context = {
        "title": sheet.parsed.title or transcript.name,
        "transcript": transcript,
        "sheet": sheet,
        "seen": sheet.understood.seen,
        "opened": opened,
        "state": state,
        "read_only": state.newer is not None,
        "language": sheet.parsed.language,
        "corrections": told,
        "unfit": [one for one in told if not one.fits],
    }
    status = 409 if opened and opened.theirs else 200
    return render_admin(request, "transcript/review", Transcript, context, status)


def _save_about(
    request: HttpRequest, transcript: Transcript, form: DeedForm, user: User
) -> HttpResponse:
    sheet = lay_out(understand_transcript(transcript, until=form.cleaned_data["seen"]))
    opened = open_about(sheet, request.POST)
    if not opened.form.is_valid():
        return _page(request, transcript, sheet, opened)
    corrections = about_corrections(sheet.parsed, opened.form.cleaned_data)
    try:
        saved = record(transcript, corrections, seen=form.cleaned_data["seen"], user=user)
    except EditedMeanwhile as error:
        sheet = lay_out(understand_transcript(transcript))
        opened = open_about(sheet, request.POST, theirs=list_entries(error.theirs))
        return _page(request, transcript, sheet, opened)
    except _REFUSALS as error:
        return _refused(request, transcript, opened, error)
    if transcript.applied_at is None and transcript.conference is None:
        # With the date known it may turn out to correct what is here.
        look_again(transcript, understand_transcript(transcript).parsed)
    return _back(request, transcript, sheet, saved, ABOUT)


def _save_turn(
    request: HttpRequest, transcript: Transcript, form: DeedForm, user: User
) -> HttpResponse:
    understood = understand_transcript(transcript, until=form.cleaned_data["seen"])
    number = int(form.cleaned_data["turn"] or -1)
    sheet = lay_out(understood, number)
    row = _row(sheet, number)
    sent = turn_form(sheet, row, request.POST)
    if not sent.is_valid():
        return _page(request, transcript, sheet, open_turn(sheet, row, sent))
    try:
        settled, saved = _record_turn(transcript, form, sent, (sheet, row), user)
    except _REFUSALS as error:
        return _refused(request, transcript, open_turn(sheet, row, sent), error)
    except EditedMeanwhile as error:
        newest = understand_transcript(transcript)
        at = same_turn(newest.turns, row)
        if at is None:
            raise Http404 from error
        sheet = lay_out(newest, at)
        now = _row(sheet, at)
        opened = against_theirs(sheet, now, request.POST, list_entries(error.theirs))
        return _page(request, transcript, sheet, opened)
    if settled.learnt is not None:
        told = {"name": sent.cleaned_data["asked_by"], "outlet": settled.learnt.name}
        messages.success(request, _("“%(name)s” is a name of %(outlet)s from now on.") % told)
    shift = {"split": 1, "line": 1, "join": -1}.get(form.deed[0], 0)
    return _back(request, transcript, sheet, saved, max(row.number + shift, 0))


@retried
@public_change()  # an outlet that is made for it is not left behind alone
def _record_turn(
    transcript: Transcript, form: DeedForm, sent: TurnForm, shown: tuple[Sheet, Row], user: User
) -> tuple[Settled, Recorded]:
    sheet, row = shown
    settled = settle_outlet(sent, user=user)
    values = sent.cleaned_data | {"outlet_slug": settled.slug}
    made = turn_corrections(row.turn, sent.initial, values, form.deed)
    made = placed(sheet.turns, row.number, made)
    return settled, record(transcript, made, seen=form.cleaned_data["seen"], user=user)


def _refused(
    request: HttpRequest, transcript: Transcript, opened: Opened, error: Exception
) -> HttpResponse:
    """The page again with the form as it was sent, and what was wrong with it."""
    opened.form.add_error(None, sentence_of(error))
    understood = understand_transcript(transcript)
    at = same_turn(understood.turns, opened.row) if opened.row else None
    sheet = lay_out(understood, at or 0)
    if at is not None:
        _row(sheet, at).is_open = True  # the form stands in a row of the sheet that is shown
    return _page(request, transcript, sheet, opened)


def _back(
    request: HttpRequest, transcript: Transcript, sheet: Sheet, saved: Recorded, turn: int | str
) -> HttpResponse:
    tell_saved(request, saved)
    url = link("admin:archive_transcript_review", transcript.pk)
    place = f"#{turn}" if isinstance(turn, str) else sheet.to_turn(turn)
    return redirect(f"{url}{place}")


def _undo(request: HttpRequest, transcript: Transcript, number: int, user: User) -> HttpResponse:
    try:
        undo(transcript, number, user=user)
    except LookupError as error:
        raise Http404 from error
    except _REFUSALS as error:
        tell_refused(request, error)
    else:
        messages.success(request, _("The correction was undone."))
    return redirect(f"{link('admin:archive_transcript_review', transcript.pk)}#corrections")
