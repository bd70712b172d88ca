"""Profiles: the pages of outlets, who asked, and of speakers, who answered."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from archive.extension_points import profile_words
from archive.models import (
    Answer,
    Appearance,
    Conference,
    Exchange,
    MovedAddress,
    NameChange,
    Outlet,
    Speaker,
    shown_speakers,
)
from archive.views.counts import NameCount, all_names, count_by
from archive.views.list_options import listing
from archive.views.pagination import NAMES_PER_PAGE, ConferenceCount, page_of, page_of_counted
from archive.views.redirects import follow_moves
from archive.views.year_chart import YearPlot, plot_years, search_address

MOST_COUNTERPARTS = 12  # whom an outlet asked most, who asked a speaker most


@dataclass(frozen=True, slots=True)
class ConferenceLink:
    """The first or the last conference of somebody."""

    date: dt.date
    url: str


@dataclass(frozen=True, slots=True)
class ProfileSummary:
    """What is known of all questions of an outlet, or all answers of a speaker."""

    count: int
    conferences: int
    first: ConferenceLink | None
    last: ConferenceLink | None
    plot: YearPlot | None


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody on the other side: how often, and where that can be read."""

    row: Outlet | Speaker
    count: int
    url: str


def outlet_list(request: HttpRequest) -> HttpResponse:
    """The outlets that asked, the most frequent first or by name. One query.

    Three when the archive has changed.
    """
    return _name_list(request, "archive/outlet_list.html", all_names("outlet"))


def speaker_list(request: HttpRequest) -> HttpResponse:
    """The same of the speakers who answered."""
    return _name_list(request, "archive/speaker_list.html", all_names("speaker"))


def _name_list(request: HttpRequest, template: str, names: Sequence[NameCount]) -> HttpResponse:
    listed = listing(request, names)
    context = {
        "listing": listed,
        "page_query": listed.page_query,
        "page_obj": page_of(request, listed.rows, NAMES_PER_PAGE),
    }
    return render(request, template, context)


@follow_moves(MovedAddress.Kind.OUTLET)
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    """One outlet: its names, what it asked when and whom, and its questions, newest first.

    Nine queries; six on later pages, which have the questions only.
    """
    outlet = get_object_or_404(Outlet, slug=slug)
    questions = Exchange.objects.questions().filter(outlet=outlet)
    counted = _conference_counts(dict(count_by(questions, "conference")))
    names = outlet.aliases.exclude(name__in=[outlet.name, outlet.name_en])

    def at(conferences: list[int]) -> QuerySet[Exchange]:
        rows = questions.published().filter(conference__in=conferences)
        return rows.select_related("conference").newest_first()

    page = page_of_counted(request, counted, at)
    context = {
        "outlet": outlet,
        "other_names": list(names.values_list("name", flat=True)),
        "summary": _summary(counted, {"in": "question", "outlet": outlet.slug}),
        "page_obj": page,
        "name_changes": (),
    }
    if counted and page.number == 1:
        answers = Answer.objects.published().filter(exchange__outlet=outlet, speaker__isnull=False)
        answered = dict(count_by(answers, "speaker"))
        context |= {
            "others": _counterparts(answered, Speaker, {"outlet": outlet.slug}),
            "words": profile_words(outlet),
            "name_changes": list(NameChange.objects.shown_of(outlet)),
        }
    return _rendered(request, "archive/outlet.html", context)


@follow_moves(MovedAddress.Kind.SPEAKER)
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """One speaker: the offices held, what was answered when and whom, newest first.

    Eight queries; six on later pages, which have the answers only.
    """
    speaker = get_object_or_404(shown_speakers(ever=True), slug=slug)
    answers = Answer.objects.filter(speaker=speaker)
    filters = {"in": "answer", "speaker": speaker.slug}
    given = count_by(answers, "exchange__conference", "exchange__outlet")
    counted = _conference_counts(_sums((conference, count) for conference, _asker, count in given))

    def at(conferences: list[int]) -> QuerySet[Answer]:
        # By exchange, for an index has an answer by both its speaker and its exchange: SQLite would
        # begin with all answers of the speaker. Said twice, for PostgreSQL with all exchanges.
        exchanges = Exchange.objects.filter(conference__in=conferences).values("pk")
        rows = answers.published().filter(
            exchange__in=exchanges, exchange__conference__in=conferences
        )
        return rows.select_related("exchange__conference", "exchange__outlet").newest_first()

    page = page_of_counted(request, counted, at)
    context = {
        "speaker": speaker,
        "offices": _offices(speaker),
        "summary": _summary(counted, filters),
        "page_obj": page,
        "name_changes": (),
    }
    if counted and page.number == 1:
        public = {one.pk for one in counted}
        asked = _sums((asker, count) for at, asker, count in given if asker and at in public)
        context |= {
            "others": _counterparts(asked, Outlet, filters),
            "words": profile_words(speaker),
            "name_changes": list(NameChange.objects.shown_of(speaker)),
        }
    return _rendered(request, "archive/speaker.html", context)


def _rendered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; while nobody can tell the words it is not whole, and is not kept for anybody."""
    response = render(request, template, context)
    if context.get("words", []) is None:
        patch_cache_control(response, no_store=True)
    return response


def _offices(speaker: Speaker) -> list[Any]:
    """Each role with the first and the last date it was held on, the newest first. One query."""
    offices = (
        Appearance.objects.filter(speaker=speaker, conference__status=Conference.Status.PUBLISHED)
        .exclude(role="")
        .order_by()
        .values("role")
        .annotate(since=Min("conference__date"), until=Max("conference__date"))
        .order_by("-until", "role")
    )
    return list(offices)


def _sums(counts: Iterable[tuple[int, int]]) -> Counter[int]:
    """The counts of each key together."""
    sums: Counter[int] = Counter()
    for key, count in counts:
        sums[key] += count
    return sums


def _conference_counts(counts: Mapping[int, int]) -> list[ConferenceCount]:
    """The published ones of the conferences that are counted, newest first. One query.

    Each is looked up once, and not for each of ten thousand answers.
    """
    published = Conference.objects.published().filter(pk__in=list(counts)).newest_first()
    rows = published.values_list("pk", "date", "slug")
    return [ConferenceCount(*row, counts[row[0]]) for row in rows]


def _summary(counted: Sequence[ConferenceCount], filters: dict[str, str]) -> ProfileSummary:
    """What is known of all that is `counted`, the newest first. No query."""
    years: Counter[int] = Counter()
    for one in counted:
        years[one.date.year] += one.count
    ends = [
        ConferenceLink(one.date, reverse("archive:conference", args=[one.slug]))
        for one in (*counted[-1:], *counted[:-1][:1])
    ]
    return ProfileSummary(
        count=years.total(),
        conferences=len(counted),
        first=ends[0] if ends else None,
        last=ends[-1] if len(ends) > 1 else None,
        plot=plot_years(years, lambda year: search_address(filters, year)),
    )


def _counterparts(
    counts: Mapping[int, int], model: type[Outlet | Speaker], filters: dict[str, str]
) -> list[Counterpart]:
    """Who is on the other side, the most frequent first, given how often. One query."""
    most = sorted(counts, key=lambda key: (-counts[key], -key))[:MOST_COUNTERPARTS]
    rows: dict[int, Any] = model._default_manager.in_bulk(most)
    kind = "outlet" if model is Outlet else "speaker"
    return [
        Counterpart(row, counts[key], search_address({**filters, kind: row.slug}))
        for key in most
        if (row := rows.get(key))
    ]
