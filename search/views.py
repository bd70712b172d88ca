"""The search page, and what it finds as files."""

import logging
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, ngettext

from archive.text.chinese_scripts import language_of
from search import zero_result_log
from search.autocomplete import complete
from search.engine.errors import IndexUnavailable
from search.engine.protocol import ContextSort
from search.exports import EXPORT_LIMIT, export_data, truncation_note, write_csv
from search.forms import LINKED_CHOICES, CompletionForm, SearchForm
from search.no_results import suggest_searches
from search.query_explanation import explain_complaint, explain_query
from search.results import SearchPage, run_search
from search.statistics.aggregations import overview
from search.statistics.concordance import keyword_page
from search.statistics.timeline_chart import chart

logger = logging.getLogger(__name__)

_RETRY_AFTER = 60  # seconds
_COMPLETIONS_AGE = 300  # seconds in which a browser need not ask again what it asked
_KINDS = {
    "outlet": gettext_lazy("outlet"),
    "speaker": gettext_lazy("speaker"),
    "phrase": gettext_lazy("phrase"),
}


def search(request: HttpRequest) -> HttpResponse:
    """One page of what is found, and what is known of all of it; the form when nothing is asked."""
    form = SearchForm(request.GET)
    form.is_valid()  # what was not understood is shown beside its field, and left out
    address = form.address()
    context = {
        "form": form,
        "address": address,
        "page_query": urlencode(address),
        "kept": {name: address[name] for name in LINKED_CHOICES if name in address},
        "results": None,
        "complaints": [],
    }
    if not form.params().q.strip():
        return render(request, "search/search.html", context)
    try:
        context |= _results_context(form, request.GET.get("page", "1"))
    except IndexUnavailable as error:
        return _unavailable(error, render(request, "search/unavailable.html", context))
    return render(request, "search/search.html", context)


def results_csv(request: HttpRequest) -> HttpResponse:
    """The first of the passages as a table. Two queries, and those of the form's fields."""

    def table(_form: SearchForm, found: SearchPage) -> HttpResponse:
        text = write_csv(found, request.build_absolute_uri)
        return HttpResponse(text, content_type="text/csv; charset=utf-8")

    return _file(request, "dawen-search.csv", table)


def results_json(request: HttpRequest) -> HttpResponse:
    """The same as data, with the counts of all that was found."""

    def data(form: SearchForm, found: SearchPage) -> HttpResponse:
        said = export_data(found, form.asked(), request.build_absolute_uri)
        return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})

    return _file(request, "dawen-search.json", data)


def _file(
    request: HttpRequest, name: str, make: Callable[[SearchForm, SearchPage], HttpResponse]
) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    try:
        found = run_search(form.params(page_size=EXPORT_LIMIT))
    except IndexUnavailable as error:
        return _unavailable(error, HttpResponse(content_type="text/plain"))
    response = make(form, found)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def suggest(request: HttpRequest) -> HttpResponse:
    """What the query that is being typed may go on with, as data for the page's script."""
    form = CompletionForm(request.GET)
    try:
        found = complete(form.cleaned_data["q"]) if form.is_valid() else []
    except IndexUnavailable as error:
        return _unavailable(error, JsonResponse({"said": "", "suggestions": []}))
    told = ngettext("%(n)d suggestion", "%(n)d suggestions", len(found)) % {"n": len(found)}
    listed = [
        {
            **{name: getattr(one, name) for name in ("kind", "label", "alias", "count", "q")},
            "is": str(_KINDS[one.kind]),
            "lang": language_of(one.label),
        }
        for one in found
    ]
    response = JsonResponse({"said": told, "suggestions": listed})
    patch_cache_control(response, max_age=_COMPLETIONS_AGE)
    response["X-Robots-Tag"] = "noindex"
    return response


def _unavailable(error: IndexUnavailable, response: HttpResponse) -> HttpResponse:
    """`response` as one that says to come back in a minute."""
    logger.error("The search index cannot be asked. %s", error)
    response.status_code = 503
    response["Retry-After"] = str(_RETRY_AFTER)
    return response


def _results_context(form: SearchForm, number: str) -> dict[str, Any]:
    """What the page shows of a search. Raises IndexUnavailable."""
    in_context = form.chosen("view") == "kwic"
    # Lines of context are read by their own page; of the passages one says that there are any.
    params = form.params(page_size=1) if in_context else form.params(page=number)
    results = run_search(params, with_ends=True)
    context = {
        "results": results,
        "said": explain_query(results.query),
        "complaints": [explain_complaint(complaint) for complaint in results.complaints],
        "chips": form.chips(),
        "parts": form.parts(),
        "asked": urlencode(form.asked()),
        "cut_short": truncation_note(results),
        "kwic": in_context,
    }
    if not results.counts.parts:
        _record_zero_results(form, results)
        return context | {"suggestions": suggest_searches(results)}
    context |= _timeline(form, results) | {"views": form.links("view")}
    if in_context:
        page, lines = keyword_page(results, cast(ContextSort, form.chosen("context")), number)
        orders = form.links("context")
        return context | {"page_obj": page, "lines": lines, "orders": orders}
    return context | {"page_obj": results.page, "orders": form.links("sort")}


def _record_zero_results(form: SearchForm, results: SearchPage) -> None:
    """Count what is nowhere in the archive; not what a filter hides or nobody could read."""
    readable = all(complaint.code.startswith("unknown_") for complaint in results.complaints)
    if readable and not form.chips() and not form.errors:
        zero_result_log.record_search(form.params().q)


def _timeline(form: SearchForm, results: SearchPage) -> dict[str, Any]:
    known = overview(results, form.cleaned_data["step"] or None)
    # One month alone makes no line, nor does a search without words.
    drawn = known.step == "year" or len(known.timeline) > 1
    return {
        "overview": known,
        "chart": chart(known.timeline) if drawn and results.counts.occurrences else None,
        "steps": form.links("step", known.step),
    }
