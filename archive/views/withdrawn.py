"""What stays of a conference that was withdrawn: that it was here, when it went, and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.models import Conference, Revision


def withdrawn(request: HttpRequest, conference: Conference) -> HttpResponse:
    """410 at every address the conference had, whatever was there. One query."""
    event = Revision.Event.WITHDRAWN
    at = conference.revisions.filter(event=event).values_list("made_at", flat=True).first()
    # Of some the archive only learnt later on to remember when.
    context = {"conference": conference, "withdrawn_at": at}
    return render(request, "archive/withdrawn.html", context, status=410)
