"""Reading what was said: one conference, or one exchange of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.exports.conference_json import conference_as_json
from archive.models import Conference, MovedAddress
from archive.views.citations import conference_context, exchange_context
from archive.views.contents import contents_lines, contents_page, kept_query
from archive.views.pagination import marked_words
from archive.views.redirects import follow_moves, redirect_gone_exchange, with_query
from archive.views.script_switch import switch_script


@follow_moves(MovedAddress.Kind.CONFERENCE)
def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference from beginning to end, or a page of a very long one. Nine queries."""
    conference = get_object_or_404(Conference.objects.published().with_speakers(), slug=slug)
    return conference_page(request, conference, "archive/conference.html")


def conference_page(request: HttpRequest, conference: Conference, template: str) -> HttpResponse:
    """The page of a conference, public or not, which has its speakers at hand. Six queries."""
    lines = contents_lines(conference)
    page = contents_page(request, lines)
    read = conference.exchanges.for_reading().select_related("follows").order_by("position")
    exchanges = list(read.filter(pk__in=[line.pk for line in page]))
    earlier, later = Conference.objects.published().beside(conference)
    context = {
        "conference": conference,
        "contents": lines,
        "exchanges": exchanges,
        "page_obj": page,
        "page_query": kept_query(request),
        "earlier": earlier.first(),
        "later": later.first(),
        "q": marked_words(request),
        "canonical": request.build_absolute_uri(conference.get_absolute_url()),
        "transcript": conference.transcripts.current().defer("content").first(),
        **conference_context(request, conference, exchanges),
        # Last: what is cited above is the original.
        "shown": switch_script(request, conference, exchanges, lines=lines),
    }
    return render(request, template, context)


@follow_moves(MovedAddress.Kind.CONFERENCE)
def exchange(request: HttpRequest, slug: str, ref: int) -> HttpResponse:
    """One exchange alone. Five queries."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    siblings = conference.exchanges.order_by("position")
    exchange = siblings.for_reading().select_related("follows").filter(ref=ref).first()
    if exchange is None:
        url = with_query(conference.get_absolute_url(), request)
        return redirect_gone_exchange(conference, ref, url)
    # It has the conference already; reading it from the exchange would ask the database again.
    exchange.conference = conference
    earlier = siblings.filter(position__lt=exchange.position).last()
    later = siblings.filter(position__gt=exchange.position).first()
    context = {
        "conference": conference,
        "exchange": exchange,
        "exchanges": [exchange],
        "earlier": earlier,
        "later": later,
        "q": marked_words(request),
        "canonical": request.build_absolute_uri(exchange.get_absolute_url()),
        **exchange_context(request, exchange),
        # Last: what is cited above is the original.
        "shown": switch_script(request, conference, [exchange], [earlier, later]),
    }
    return render(request, "archive/exchange.html", context)


@follow_moves(MovedAddress.Kind.CONFERENCE)
def conference_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One conference as JSON, which can be uploaded again. Four queries."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    return HttpResponse(
        conference_as_json(conference), content_type="application/json; charset=utf-8"
    )
