"""The search page."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.forms import SearchForm
from search.results import IndexUnavailable, run_search
from search.saying import complain

logger = logging.getLogger(__name__)

_RETRY_AFTER = 60  # seconds


def search(request: HttpRequest) -> HttpResponse:
    """One page of hits, with filters and counts; the empty form when nothing is asked."""
    form = SearchForm(request.GET)
    form.is_valid()  # what was not understood is shown beside its field, and left out
    parameters = request.GET.copy()
    parameters.pop("page", None)
    context = {"form": form, "page_query": parameters.urlencode(), "q": request.GET.get("q", "")}
    params = form.params(page=request.GET.get("page", 1))
    if not params.q.strip():
        return render(request, "search/search.html", context)
    try:
        results = run_search(params)
    except IndexUnavailable as error:
        logger.error("The search index cannot be asked. %s", error)
        response = render(request, "search/unavailable.html", context, status=503)
        response["Retry-After"] = str(_RETRY_AFTER)
        return response
    complaints = [complain(complaint) for complaint in results.complaints]
    context |= {"results": results, "page_obj": results.page, "complaints": complaints}
    return render(request, "search/search.html", context)
