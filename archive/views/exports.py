"""What programs read: a conference as data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from archive.exports.conference_json import conference_as_json
from archive.models import Conference, MovedAddress
from archive.views.redirects import follow_moves


@follow_moves(MovedAddress.Kind.CONFERENCE)
def conference_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference as JSON, which can be uploaded again. Four queries."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    return HttpResponse(
        conference_as_json(conference), content_type="application/json; charset=utf-8"
    )
