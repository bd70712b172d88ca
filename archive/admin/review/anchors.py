"""Anchors of exchanges on the review page, where an exchange is a row of turns."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from archive.admin.access import require_permission
from archive.admin.review.layout import address_of_turn
from archive.editing.interpretation import understand_transcript
from archive.editing.revisions import current_transcript
from archive.links import link
from archive.models import Exchange, Transcript
from archive.parsing.records import TranscriptError
from archive.text.folding import squeeze


def review_of_exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """To the turn with which an exchange begins; to the change page where it has no file."""
    require_permission(request, "archive.view_exchange")
    exchange = get_object_or_404(Exchange.objects.select_related("conference"), pk=pk)
    transcript = current_transcript(exchange.conference)
    if transcript is None:
        return redirect("admin:archive_conference_change", exchange.conference_id)
    url = link("admin:archive_transcript_review", transcript.pk)
    return redirect(f"{url}{_anchor(exchange, transcript)}")


def _anchor(exchange: Exchange, transcript: Transcript) -> str:
    """Its words tell which it is; corrections may have moved it since it was made."""
    try:
        understood = understand_transcript(transcript)
    except TranscriptError:
        return ""
    parsed = understood.parsed.exchanges
    words = squeeze(exchange.words)
    same = [one for one in parsed if squeeze(one.words) == words]
    found = same or list(parsed[exchange.position - 1 : exchange.position])
    turns = [turn for one in found[:1] for turn in one.all_turns]
    return address_of_turn(min(turns), len(understood.turns)) if turns else ""
