"""Uploading a transcript: choose a file, look at what was understood, save or publish it.

The first POST brings the file and shows the preview; the second brings the decision.
"""

import datetime as dt
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import pending
from archive.admin.preview import preview_exchanges
from archive.forms import DecisionForm, UploadForm
from archive.ingest.apart import parse_safely
from archive.ingest.records import Problem, TranscriptError
from archive.ingest.save import Saved, already_here, save_transcript
from archive.models import Conference, Transcript
from archive.problems import sentence_with_line


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The page to upload a transcript, for staff who may add transcripts."""
    if not request.user.has_perm("archive.add_transcript"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, "upload", {"form": UploadForm()})
    return _decide(request) if "decision" in request.POST else _preview(request)


class _Upload(NamedTuple):
    """What both steps work on."""

    content: bytes
    filename: str
    date: dt.date | None  # as the editor says; None to read it from the transcript


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = {
        **admin.site.each_context(request),
        "title": _("Upload transcript"),
        "opts": Transcript._meta,
    }
    return render(request, f"admin/archive/transcript/{name}.html", everywhere | context)


def _preview(request: HttpRequest) -> HttpResponse:
    """Keep the bytes aside, and show what was understood of them."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, "upload", {"form": form})
    file = form.cleaned_data["file"]
    given = _Upload(file.read(), file.name, form.cleaned_data["date"])
    known = Transcript.objects.of_bytes(given.content)
    if known is not None:
        return _page(request, "upload", {"form": UploadForm(), "known": known})
    try:
        parsed = parse_safely(given.content, given.filename, date=given.date)
    except TranscriptError as error:
        form.add_error("file", sentence_with_line(error.problem))
        return _page(request, "upload", {"form": form})
    if parsed.date is None:
        form.add_error("date", sentence_with_line(Problem(None, "no_date")))
        return _page(request, "upload", {"form": form})
    context = {
        "title": _("Check transcript"),
        "parsed": parsed,
        "exchanges": preview_exchanges(parsed),
        "same_day": list(Conference.objects.on(parsed.date)),
        "filename": given.filename,
        "date": given.date,
        "sha": pending.put(given.content),
    }
    return _page(request, "preview", context)


def _decide(request: HttpRequest) -> HttpResponse:
    """Save what was looked at, as a draft or published."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _again(request, _("The decision was not understood. Upload the file again."))
    decision = form.cleaned_data
    try:
        content = pending.get(decision["sha"])
    except pending.NotPendingError:
        return _again(request, _("The file was kept for a day and is gone. Upload it again."))
    given = _Upload(content, decision["filename"], decision["date"])
    try:
        saved = _save(request, given, publish=decision["decision"] == "publish")
    except TranscriptError as error:
        return _again(request, sentence_with_line(error.problem))
    pending.drop(decision["sha"])
    _tell(request, saved)
    if request.user.has_perm("archive.view_conference") or request.user.has_perm(
        "archive.change_conference"
    ):
        return redirect("admin:archive_conference_change", saved.conference.pk)
    return redirect("admin:archive_transcript_upload")


def _save(request: HttpRequest, given: _Upload, *, publish: bool) -> Saved:
    user = request.user if request.user.is_authenticated else None
    same = already_here(given.content)
    if same is not None:
        return same
    # Read again: the page between is in the browser's hands, the bytes are not.
    parsed = parse_safely(given.content, given.filename, date=given.date)
    return save_transcript(parsed, given.content, given.filename, publish=publish, uploaded_by=user)


def _again(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("admin:archive_transcript_upload")


def _tell(request: HttpRequest, saved: Saved) -> None:
    outcomes = {
        "created": _("The conference “%(title)s” was created."),
        "updated": _("The conference “%(title)s” was updated."),
        "unchanged": _("The conference “%(title)s” is unchanged: it has this transcript already."),
    }
    messages.success(request, outcomes[saved.outcome] % {"title": saved.conference.title})
