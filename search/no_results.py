"""Suggestions where nothing was found: other wordings, similar names, a filter less."""

from dataclasses import dataclass, replace
from typing import Any

from archive.text.folding import converter
from search.query_resolution import similar_names
from search.results import SearchPage, SearchParams, run_search

# Wordings that differ between Taiwan, Hong Kong and the mainland beyond single characters.
_CONVERSIONS = ("tw2sp", "s2twp", "hk2s", "s2hk")
# Of each filter: what SearchParams says without it, and the parameters that take it away.
_FILTERS: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "part": ({"part": ""}, {"in": ""}),
    "outlet": ({"outlet": None}, {"outlet": ""}),
    "speaker": ({"speaker": None}, {"speaker": ""}),
    "dates": ({"since": None, "until": None}, {"from": "", "to": ""}),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another search that finds something."""

    kind: str  # "words", "variant", "name", or "part", "outlet", "speaker", "dates": a filter
    q: str
    count: int  # parts it finds

    @property
    def parameters(self) -> dict[str, str]:
        """Name to value in the address; an empty value takes a filter away."""
        return _FILTERS[self.kind][1] if self.kind in _FILTERS else {"q": self.q}


def suggest_searches(page: SearchPage) -> list[Suggestion]:
    """Searches near to that of `page` that find something, of each kind the nearest."""
    params = page.params
    found = [*_hidden_by_filters(params), *_other_wordings(page), *_similar_names(page)]
    return [one for one in found if one.count]


def _count(params: SearchParams) -> int:
    page = run_search(replace(params, page=1, page_size=1))
    return 0 if page.partial else page.counts.parts


def _hidden_by_filters(params: SearchParams) -> list[Suggestion]:
    """What each filter hides: the same search without it."""
    return [
        Suggestion(kind, params.q, _count(replace(params, **without)))
        for kind, (without, _parameters) in _FILTERS.items()
        if any(getattr(params, name) for name in without)
    ]


def _other_wordings(page: SearchPage) -> list[Suggestion]:
    """The same in words of other places, and its phrases as words."""
    params = page.params
    wordings = dict.fromkeys(converter(name).convert(params.q) for name in _CONVERSIONS)
    found = [
        Suggestion("variant", q, _count(replace(params, q=q))) for q in wordings if q != params.q
    ]
    if page.query.phrases:
        q = " ".join((*page.query.words, *page.query.phrases))
        found.append(Suggestion("words", q, _count(replace(params, q=q))))
    return found


def _similar_names(page: SearchPage) -> list[Suggestion]:
    """Outlets and speakers whose names are spelled much like what was typed."""
    typed = (*page.query.phrases, *page.query.words)
    details = (one.detail for one in page.complaints if one.code.startswith("unknown_"))
    names = similar_names(text for text in (*typed, *details) if len(text) <= 40)
    wordings = [f"“{name}”" for name in names]
    return [Suggestion("name", q, _count(replace(page.params, q=q))) for q in wordings]
