"""The page of pending changes: what applying a transcript would change, seen before it is done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.admin.access import PUBLISH, render_admin, require_permission
from archive.admin.forms import ApplyForm, CorrectsForm
from archive.admin.problem_text import sentence_with_line
from archive.editing.interpretation import understand_transcript
from archive.editing.pending_changes import pending_changes_of
from archive.editing.transcript_application import Superseded, apply
from archive.editing.uploads import choose
from archive.models import Conference, Transcript
from archive.parsing.records import TranscriptError


@require_http_methods(["GET", "HEAD", "POST"])
def pending_changes_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What a waiting transcript, or corrections that gathered, would change in its conference.

    Of a waiting transcript that corrects none, the page asks which one it corrects.
    """
    user = require_permission(request, "archive.change_conference")
    known = Transcript.objects.select_related("conference", "uploaded_by").defer("content")
    transcript = get_object_or_404(known, pk=pk)
    if hasattr(transcript, "superseded_by"):
        raise Http404("Another transcript has taken the place of this one.")
    decisions = {"apply": _apply, "anew": _make_anew, "corrects": _correct_another}
    decide = decisions.get(request.POST.get("decision", ""))
    if request.method == "POST" and decide is not None:
        return decide(request, transcript, user)
    return _show(request, transcript, user, ApplyForm(), CorrectsForm())


def _show(
    request: HttpRequest,
    transcript: Transcript,
    user: User,
    form: ApplyForm,
    corrects: CorrectsForm,
) -> HttpResponse:
    conference, found, refusal = transcript.conference, None, ""
    if conference is not None:
        try:
            found = pending_changes_of(transcript, user=user)
        except TranscriptError as error:
            refusal = sentence_with_line(error.problem)
    context = {
        "title": _("What it would change") if conference else _("Which conference it corrects"),
        "transcript": transcript,
        "conference": conference,
        "difference": found,
        "refusal": refusal,
        "seen": _state(transcript),
        "is_waiting": transcript.applied_at is None,
        "needs_reason": _needs_reason(conference),
        "may_apply": _may_apply(user, conference),
        "form": form,
        "corrects": corrects,
        "candidates": _candidates(transcript) if transcript.applied_at is None else [],
    }
    return render_admin(request, "transcript/difference", Transcript, context)


def _apply(request: HttpRequest, transcript: Transcript, user: User) -> HttpResponse:
    """Apply what was looked at; what has changed since then is shown first."""
    conference = transcript.conference
    if conference is None or not _may_apply(user, conference):
        raise PermissionDenied
    form = ApplyForm(request.POST, needs_reason=_needs_reason(conference))
    if form.is_valid() and form.cleaned_data["seen"] != _state(transcript):
        form.add_error(None, _("Somebody changed this meanwhile. Look at it once more."))
    if not form.is_valid():
        return _show(request, transcript, user, form, CorrectsForm())
    told = _("“%(title)s” was corrected. Links to it stay.")
    return _applied(request, transcript, user, told, reason=form.cleaned_data["reason"])


def _make_anew(request: HttpRequest, transcript: Transcript, user: User) -> HttpResponse:
    """Saved at once, as a draft: whoever looks at it next would match it again."""
    told = _("“%(title)s” is a new conference now, a draft.")
    return _applied(request, _waiting(transcript), user, told, anew=True)


def _applied(
    request: HttpRequest, transcript: Transcript, user: User, told: str, **how: Any
) -> HttpResponse:
    """Apply it, and say so, or why not."""
    try:
        saved = apply(transcript, user=user, publish=False, **how)
    except Superseded as error:  # just now, by somebody else
        messages.error(request, str(error))
        return redirect("admin:archive_transcript_upload")
    except TranscriptError as error:
        messages.error(request, sentence_with_line(error.problem))
        return redirect("admin:archive_transcript_difference", transcript.pk)
    messages.success(request, told % {"title": saved.conference.title})
    return redirect("admin:archive_transcript_review", transcript.pk)


def _correct_another(request: HttpRequest, transcript: Transcript, user: User) -> HttpResponse:
    corrects = CorrectsForm(request.POST)
    if not corrects.is_valid():
        return _show(request, transcript, user, ApplyForm(), corrects)
    choose(_waiting(transcript), corrects.cleaned_data["address"])
    return redirect("admin:archive_transcript_difference", transcript.pk)


def _waiting(transcript: Transcript) -> Transcript:
    """Raises Http404 for what was applied: its conference is settled."""
    if transcript.applied_at is not None:
        raise Http404("This transcript was applied.")
    return transcript


def _candidates(transcript: Transcript) -> list[Conference]:
    """The other conferences of its day; none where it cannot be read (any more) or has no day."""
    try:
        day = understand_transcript(transcript).parsed.date
    except TranscriptError:
        return []
    if day is None:
        return []
    same_day = Conference.objects.filter(date=day).order_by("slug")
    return [one for one in same_day if one.pk != transcript.conference_id]


def _state(transcript: Transcript) -> str:
    """Other than before as soon as somebody has corrected the transcript or the conference."""
    conference = transcript.conference
    last = transcript.corrections.order_by("-number").values_list("number", flat=True).first()
    return f"{last or 0} {conference.updated_at.isoformat() if conference else ''}"


def _needs_reason(conference: Conference | None) -> bool:
    """Readers of the change log are told why something public changed."""
    return conference is not None and not conference.is_draft


def _may_apply(user: User, conference: Conference | None) -> bool:
    return not _needs_reason(conference) or user.has_perm(PUBLISH)
