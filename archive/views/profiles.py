"""Who asked and who answered: outlets and speakers."""

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from archive.models import Answer, Appearance, Conference, Exchange, MovedAddress, Outlet, Speaker
from archive.views.moves import follow_moves
from archive.views.paging import page_of


def outlet_list(request: HttpRequest) -> HttpResponse:
    """The outlets that asked, the most frequent first."""
    outlets = list(Outlet.objects.that_asked())
    return render(request, "archive/outlet_list.html", {"outlets": outlets})


@follow_moves(MovedAddress.Kind.OUTLET)
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """One outlet: its names, and its questions, newest first. Four queries."""
    outlet = get_object_or_404(Outlet, slug=slug)
    questions = (
        Exchange.objects.published()
        .questions()
        .asked_by(outlet)
        .select_related("conference")
        .newest_first()
    )
    names = outlet.aliases.exclude(name__in=[outlet.name, outlet.name_en])
    context = {
        "outlet": outlet,
        "other_names": list(names.values_list("name", flat=True)),
        "page_obj": page_of(request, questions),
    }
    return render(request, "archive/outlet.html", context)


def speaker_list(request: HttpRequest) -> HttpResponse:
    """The speakers who answered, the most frequent first."""
    speakers = list(Speaker.objects.that_answered())
    return render(request, "archive/speaker_list.html", {"speakers": speakers})


@follow_moves(MovedAddress.Kind.SPEAKER)
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """One speaker: the offices held, and the answers given, newest first. Four queries."""
    speaker = get_object_or_404(Speaker, slug=slug)
    answers = (
        Answer.objects.published()
        .given_by(speaker)
        .select_related("exchange__conference", "exchange__outlet")
        .newest_first()
    )
    offices = (
        Appearance.objects.filter(speaker=speaker, conference__status=Conference.Status.PUBLISHED)
        .exclude(role="")
        .order_by()
        .values("role")
        .annotate(since=Min("conference__date"), until=Max("conference__date"))
        .order_by("-until", "role")
    )
    context = {
        "speaker": speaker,
        "offices": list(offices),
        "page_obj": page_of(request, answers),
    }
    return render(request, "archive/speaker.html", context)
