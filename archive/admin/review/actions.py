"""Actions of the review page: what may be done with a transcript, and doing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.admin.access import PUBLISH
from archive.admin.review.messages import tell_refused
from archive.editing.interpretation import Understood, understand_transcript
from archive.editing.transcript_application import Superseded, apply
from archive.editing.uploads import look_again
from archive.models import Conference, Transcript
from archive.parsing.records import TranscriptError


@dataclass(frozen=True, slots=True)
class State:
    """Where a transcript stands, and what this editor may do with it."""

    conference: Conference | None
    newer: Transcript | None  # the one that took its place; then nothing is to be done here
    is_waiting: bool
    is_correcting: bool  # waits to correct a conference: the difference is looked at first
    is_public: bool
    unpublished: int  # corrections that readers do not see yet
    may_save_draft: bool
    may_publish: bool


def state_of(transcript: Transcript, understood: Understood, user: User | AnonymousUser) -> State:
    """Two queries at most."""
    conference = transcript.conference
    waiting = transcript.applied_at is None
    draft, public = _standing(conference)
    unpublished = 0 if waiting else understood.unapplied
    newer = getattr(transcript, "superseded_by", None)
    return State(
        conference=conference,
        newer=newer,
        is_waiting=waiting,
        is_correcting=waiting and conference is not None,
        is_public=public,
        unpublished=unpublished,
        may_save_draft=waiting and conference is None,
        may_publish=user.has_perm(PUBLISH)
        and newer is None
        and (draft or (public and unpublished > 0 and not waiting)),
    )


def _standing(conference: Conference | None) -> tuple[bool, bool]:
    """Whether it is a draft, or not made yet, and whether it is public.

    Neither is what was withdrawn, of which a page stays, with its title.
    """
    if conference is None:
        return True, False
    return conference.is_draft, conference.is_published


def decide(
    request: HttpRequest, transcript: Transcript, values: Mapping[str, Any], user: User
) -> HttpResponse:
    """Make the conference of what was reviewed, as a draft or public."""
    publish = values["do"] == "publish"
    conference = transcript.conference
    draft, public = _standing(conference)
    if (publish or not draft) and not user.has_perm(PUBLISH):
        raise PermissionDenied
    url = reverse("admin:archive_transcript_review", args=[transcript.pk])
    if transcript.applied_at is None and _corrects(transcript):
        return redirect("admin:archive_transcript_difference", transcript.pk)
    if public and not values["reason"]:
        messages.error(request, _("Say why it is corrected: readers see the reason."))
        return redirect(f"{url}#decision")
    try:
        saved = apply(transcript, user=user, publish=publish, reason=values["reason"])
    except (Superseded, TranscriptError) as error:
        tell_refused(request, error)
        return redirect(f"{url}?turn=about#about")
    said = {
        (True, False): _("“%(title)s” is published."),
        (True, True): _("The corrections of “%(title)s” are published."),
        (False, False): _("“%(title)s” is saved as a draft."),
    }
    messages.success(request, said[publish, public] % {"title": saved.conference.title})
    return redirect(url)


def _corrects(transcript: Transcript) -> bool:
    """Whether a waiting transcript corrects a conference, which others may have made meanwhile."""
    if transcript.conference is None:
        look_again(transcript, understand_transcript(transcript).parsed)
    return transcript.conference is not None
