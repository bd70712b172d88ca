"""The search page."""

import logging
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from search.charts import chart
from search.concordance import ContextSort, keyword_page
from search.forms import BY_LINKS, SearchForm
from search.overview import overview
from search.results import IndexUnavailable, SearchPage, run_search
from search.saying import complain, say
from search.suggestions import suggestions

logger = logging.getLogger(__name__)

_RETRY_AFTER = 60  # seconds


def search(request: HttpRequest) -> HttpResponse:
    """One page of what is found, and what is known of all of it; the form when nothing is asked."""
    form = SearchForm(request.GET)
    form.is_valid()  # what was not understood is shown beside its field, and left out
    address = form.address()
    context = {
        "form": form,
        "address": address,
        "page_query": urlencode(address),
        "kept": {name: address[name] for name in BY_LINKS if name in address},
    }
    if not form.params().q.strip():
        return render(request, "search/search.html", context)
    try:
        context |= _answer(form, request.GET.get("page", "1"))
    except IndexUnavailable as error:
        logger.error("The search index cannot be asked. %s", error)
        response = render(request, "search/unavailable.html", context, status=503)
        response["Retry-After"] = str(_RETRY_AFTER)
        return response
    return render(request, "search/search.html", context)


def _answer(form: SearchForm, number: str) -> dict[str, Any]:
    """What the page shows of a search. Raises IndexUnavailable."""
    in_context = form.chosen("view") == "kwic"
    # Lines of context are read by their own page; of the passages one says that there are any.
    params = form.params(page_size=1) if in_context else form.params(page=number)
    results = run_search(params)
    context = {
        "results": results,
        "said": say(results.query),
        "complaints": [complain(complaint) for complaint in results.complaints],
        "chips": form.chips(),
    }
    if not results.counts.parts:
        return context | {"suggestions": suggestions(results)}
    context |= _through_time(form, results) | {"views": form.links("view")}
    if in_context:
        page, lines = keyword_page(results, cast(ContextSort, form.chosen("context")), number)
        orders = form.links("context")
        return context | {"page_obj": page, "lines": lines, "orders": orders, "kwic": True}
    return context | {"page_obj": results.page, "orders": form.links("sort")}


def _through_time(form: SearchForm, results: SearchPage) -> dict[str, Any]:
    known = overview(results, form.cleaned_data["step"] or None)
    # One month alone makes no line, nor does a search without words.
    drawn = known.step == "year" or len(known.timeline) > 1
    return {
        "overview": known,
        "chart": chart(known.timeline) if drawn and results.counts.occurrences else None,
        "steps": form.links("step", known.step),
    }
