"""Transcripts come in: files or pasted words, read at once and kept waiting for an editor."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.admin.access import render_admin, require_permission
from archive.admin.forms import Sent, UploadForm
from archive.admin.problem_text import sentence_with_line
from archive.editing.discards import (
    RESTORABLE,
    AppliedMeanwhile,
    CorrectedByOthers,
    count_corrections,
    discard,
    may_discard,
    undiscard,
)
from archive.editing.uploads import Received, receive
from archive.models import Transcript
from archive.text.directions import show_directions
from archive.views.pagination import page_of

_UPLOAD = "archive.add_transcript"
_SHOWN_DISCARDED = 100


@dataclass(frozen=True, slots=True)
class UploadResult:
    """One file as the page tells of it: what became of it, or why it was not taken."""

    filename: str
    received: Received | None  # None when the file was not even read
    refusal: str = ""  # a sentence, when it was not taken or not understood

    @property
    def name(self) -> str:
        return show_directions(self.filename)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page where transcripts come in, and where they wait, for those who may add them.

    One POST may bring many files; the page's script sends one at a time and takes from the
    answer what is told of it.
    """
    user = require_permission(request, _UPLOAD)
    form = UploadForm()
    told: list[UploadResult] = []
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        told = _unnamed(request)
        form.anything_lost = bool(told)
        if form.is_valid():
            told += [_upload_file(sent, form, user) for sent in form.sent()]
            form = UploadForm()
    context = {
        "title": _("Upload transcripts"),
        "form": form,
        "told": told,
        "page_obj": page_of(request, _waiting()),
        "discarded": _discarded(),
    }
    return render_admin(request, "transcript/upload", Transcript, context)


@require_http_methods(["GET", "HEAD", "POST"])
def discard_waiting(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether a waiting transcript shall be discarded, with whose corrections; and does it."""
    user = require_permission(request, _UPLOAD)
    transcript = get_object_or_404(_waiting(), pk=pk)
    if request.method == "POST":
        name = {"name": transcript.name}
        try:
            discard(transcript, user=user)
            told = _("“%(name)s” was discarded. For a day it can be restored, in the list below.")
            messages.success(request, told % name)
        except AppliedMeanwhile:
            messages.error(request, _("“%(name)s” was saved meanwhile, so it is kept.") % name)
        except CorrectedByOthers:
            raise PermissionDenied from None
        return redirect("admin:archive_transcript_upload")
    context = {
        "title": _("Discard a waiting transcript"),
        "transcript": transcript,
        "corrected_by": count_corrections(transcript),
        "may_discard": may_discard(transcript, user),
    }
    return render_admin(request, "transcript/discard", Transcript, context)


@require_POST
def restore_discarded(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a discarded transcript wait again."""
    require_permission(request, _UPLOAD)
    transcript = get_object_or_404(Transcript.objects.defer("content"), pk=pk)
    if undiscard(transcript):
        messages.success(request, _("“%(name)s” waits again.") % {"name": transcript.filename})
    return redirect("admin:archive_transcript_upload")


def _unnamed(request: HttpRequest) -> list[UploadResult]:
    """The files that did not arrive for their names (config.uploads.NamesHandler)."""
    names: Sequence[str] = getattr(request, "names_not_utf_8", ())
    told = _(
        "The name of this file is not UTF-8, so it was not taken. Rename it and send it again."
    )
    return [UploadResult(name, None, told) for name in names]


def _upload_file(sent: Sent, form: UploadForm, user: User) -> UploadResult:
    if sent.error:
        return UploadResult(sent.filename, None, sent.error)
    given = {name: form.cleaned_data[name] for name in ("date", "convention")}
    received = receive(sent.content, sent.filename, user=user, **given)
    refusal = sentence_with_line(received.problem) if received.problem else ""
    return UploadResult(sent.filename, received, refusal)


def _waiting() -> QuerySet[Transcript]:
    """Those that wait, the oldest first, with what the list tells of them."""
    told = Transcript.objects.waiting().select_related("conference", "uploaded_by")
    counted = told.annotate(correction_count=Count("corrections"))
    return counted.defer("content").order_by("created_at", "pk")


def _discarded() -> list[Transcript]:
    """The newest of those that can be restored still, each with `until`. One query."""
    since = timezone.now() - RESTORABLE
    rows = Transcript.objects.discarded().filter(discarded_at__gt=since)
    told = rows.select_related("discarded_by").annotate(
        correction_count=Count("corrections"),
        until=ExpressionWrapper(F("discarded_at") + Value(RESTORABLE), DateTimeField()),
    )
    return list(told.defer("content").order_by("-discarded_at")[:_SHOWN_DISCARDED])
