"""Highlighting: where a query matches in the original text, and the text with these marked."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from itertools import takewhile

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from archive.text.chinese_scripts import Converted
from archive.text.folding import find_all, fold
from search.analysis import words, words_among
from search.query.parser import Query, parse

TextSpan = tuple[int, int]  # offsets of the first character and of the one after the last

# A page marks every question and answer with the same query.
_parsed = lru_cache(maxsize=64)(parse)

_BEFORE = 40  # characters of a snippet before its first match
_LENGTH = 160  # characters of a snippet


def find_spans(text: str, query: Query) -> list[TextSpan]:
    """What `query` matches in `text`, in order, none overlapping or touching another."""
    return list(_iterate_spans(text, query))


def _iterate_spans(text: str, query: Query) -> Iterator[TextSpan]:
    """As find_spans(), one by one: the first of a long text does not wait for the others."""
    folded = fold(text)
    found = [_phrases(folded, fold(phrase)) for phrase in query.phrases]
    wanted = {word.text for typed in query.words for word in words(typed)}
    if wanted:
        found.append((word.start, word.end) for word in words_among(text, wanted))
    return _merged(merge(*found))


def _phrases(folded: str, phrase: str) -> Iterator[TextSpan]:
    return ((at, at + len(phrase)) for at in find_all(folded, phrase))


def _merged(found: Iterable[TextSpan]) -> Iterator[TextSpan]:
    """Spans in order of their beginnings, those in one that touch or overlap."""
    first: TextSpan | None = None
    for start, end in found:
        if first and start <= first[1]:
            first = first[0], max(end, first[1])
        else:
            if first:
                yield first
            first = start, end
    if first:
        yield first


def anchor_of(ref: int, answer: int | None = None) -> str:
    """The id of the first mark in the question of exchange `ref`, or in one of its answers."""
    return f"q{ref}-q" if answer is None else f"q{ref}-a{answer}"


def mark_spans(
    text: str, found: list[TextSpan], start: int = 0, end: int | None = None, *, anchor: str = ""
) -> SafeString:
    """text[start:end], escaped, with the part of each span that falls into it in <mark>.

    The first mark of the whole text has `anchor` as its id.
    """
    end = len(text) if end is None else end
    pieces: list[str] = []
    at = start
    for span_start, span_end in found:
        first, last = max(span_start, start), min(span_end, end)
        if first < last:
            pieces.append(conditional_escape(text[at:first]))
            if anchor and first == found[0][0]:
                pieces.append(format_html('<mark id="{}">{}</mark>', anchor, text[first:last]))
            else:
                pieces.append(format_html("<mark>{}</mark>", text[first:last]))
            at = last
    pieces.append(conditional_escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above


def snippet(text: str, query: Query) -> SafeString:
    """The passage of `text` around its first match, marked; an ellipsis where it was cut."""
    matches = _iterate_spans(text, query)
    first = next(matches, (0, 0))
    start = max(0, min(first[0] - _BEFORE, len(text) - _LENGTH))
    # A match longer than the snippet is shown whole: it is what was asked for.
    end = max(first[1], min(len(text), start + _LENGTH))
    found = [first, *takewhile(lambda span: span[0] < end, matches)]
    passage = mark_safe(mark_spans(text, found, start, end).replace("\n", " "))  # noqa: S308
    return format_html("{}{}{}", "…" if start else "", passage, "…" if end < len(text) else "")


def marked_paragraphs(text: str, query: str, *, anchor: str = "") -> list[SafeString]:
    """The paragraphs of `text`, escaped, with every match of `query` marked, the first as `anchor`.

    A match that reaches over a paragraph's end is marked on both sides of it. In a text that is
    shown in the other script, that is marked which matches as it was written.
    """
    original = text.original if isinstance(text, Converted) else text
    found = find_spans(original, _parsed(query)) if query else []
    if found and isinstance(text, Converted):
        places = text.places()
        found = [(places[start], places[end]) for start, end in found]
    if not found:
        return [conditional_escape(paragraph) for paragraph in text.split("\n")]
    return [mark_spans(text, found, start, end, anchor=anchor) for start, end in _paragraphs(text)]


def _paragraphs(text: str) -> Iterator[TextSpan]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + 1
