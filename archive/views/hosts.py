"""Browsing conferences by who held them."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from archive.hosts import host_slug, list_hosts
from archive.models import Conference
from archive.views.conference_lists import conference_rows
from archive.views.list_options import YearForm, chosen
from archive.views.pagination import page_of
from archive.views.redirects import with_query
from archive.views.year_chart import plot_years

LENGTH = 200  # as long as Conference.institution


def host_list(request: HttpRequest) -> HttpResponse:
    """Every host that a conference names, the most frequent first. Two queries."""
    context = {
        "hosts": list_hosts(),
        "without": Conference.objects.published().filter(institution="").count(),
    }
    return render(request, "archive/series_list.html", context)


def host(request: HttpRequest, slug: str) -> HttpResponse:
    """The conferences of one host, newest first, and how many there were each year. Five queries.

    The name itself, or another way of writing the address, leads to it.
    """
    if len(slug) > LENGTH:
        raise Http404("No name of a host is as long.")
    wanted = host_slug(slug)
    found = next((host for host in list_hosts() if host.slug == wanted), None)
    if found is None:
        raise Http404("No published conference names such a host.")
    if slug != wanted:
        return redirect(with_query(found.get_absolute_url(), request), permanent=True)
    held = Conference.objects.published().filter(institution__in=found.names)
    years = Counter(date.year for date in held.order_by().values_list("date", flat=True))
    year = chosen(YearForm(request.GET)).get("year")
    conferences = conference_rows().filter(institution__in=found.names)
    context = {
        "host": found,
        "year": year,
        "years": sorted(years.items(), reverse=True) if len(years) > 1 else [],
        "plot": plot_years(years, lambda year: f"?year={year}"),
        "page_obj": page_of(request, conferences.filter(date__year=year) if year else conferences),
        "page_query": f"year={year}" if year else "",
    }
    return render(request, "archive/series.html", context)
