"""Redirects from addresses that moved, and the notice where a conference was withdrawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from archive.http_cache.decorators import View
from archive.models import Conference, MovedAddress, Outlet, Revision, shown_speakers

# Where a redirect may lead. What only a draft has is nobody's business yet.
_PUBLIC: dict[MovedAddress.Kind, Callable[[], Any]] = {
    MovedAddress.Kind.CONFERENCE: Conference.objects.ever_public,
    MovedAddress.Kind.OUTLET: Outlet.objects.all,
    MovedAddress.Kind.SPEAKER: lambda: shown_speakers(ever=True),
}


def with_query(url: str, request: HttpRequest) -> str:
    """`url` with the query string of `request`."""
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url


def redirect_gone_exchange(conference: Conference, ref: int, url: str) -> HttpResponse:
    """To `url`, for a ref that `conference` has given and has no more; else Http404."""
    if not 1 <= ref <= conference.refs_given:
        raise Http404("This conference never had an exchange of that number.")
    return redirect(url)


def follow_moves(kind: MovedAddress.Kind) -> Callable[[View], View]:
    """Answer a view's 404 with a permanent redirect when its slug has a new one, and with 410 when
    its conference was withdrawn: one query more for each."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **kwargs)
            except Http404:
                if kind == MovedAddress.Kind.CONFERENCE:
                    withdrawn = Conference.Status.WITHDRAWN
                    gone = Conference.objects.filter(status=withdrawn, slug=slug).first()
                    if gone is not None:
                        return withdrawn_page(request, gone)
                new_slug = MovedAddress.objects.new_slug(kind, slug)
                if new_slug is None or not _PUBLIC[kind]().filter(slug=new_slug).exists():
                    raise
            url = reverse(f"archive:{view.__name__}", kwargs={"slug": new_slug, **kwargs})
            return redirect(with_query(url, request), permanent=True)

        return wrapper

    return decorate


def withdrawn_page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """410 at every address the conference had, whatever was there. One query."""
    event = Revision.Event.WITHDRAWN
    at = conference.revisions.filter(event=event).values_list("made_at", flat=True).first()
    # Of some the archive only learnt later on to remember when.
    context = {"conference": conference, "withdrawn_at": at}
    return render(request, "archive/withdrawn.html", context, status=410)
