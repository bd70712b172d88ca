"""Where a query matches in the original text, and that text with the matches marked."""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from archive.scripts import Converted
from search.analysis import words, words_among
from search.query import Query, parse
from search.text import find_all, fold

Span = tuple[int, int]  # offsets of the first character and of the one after the last

_BEFORE = 40  # characters of a snippet before its first match
_LENGTH = 160  # characters of a snippet


def spans(text: str, query: Query) -> list[Span]:
    """What `query` matches in `text`, in order, none overlapping or touching another."""
    folded = fold(text)
    found: list[Span] = []
    for phrase in map(fold, query.phrases):
        found += [(at, at + len(phrase)) for at in find_all(folded, phrase)]
    wanted = {word.text for typed in query.words for word in words(typed)}
    if wanted:
        found += [(word.start, word.end) for word in words_among(text, wanted)]
    return _merged(found)


def _merged(found: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def anchor_of(ref: int, answer: int | None = None) -> str:
    """The id of the first mark in the question of exchange `ref`, or in one of its answers."""
    return f"q{ref}-q" if answer is None else f"q{ref}-a{answer}"


def marked(
    text: str, found: list[Span], start: int = 0, end: int | None = None, *, anchor: str = ""
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
    found = spans(text, query)
    first = found[0][0] if found else 0
    start = max(0, min(first - _BEFORE, len(text) - _LENGTH))
    end = min(len(text), start + _LENGTH)
    # A match longer than the snippet is shown whole: it is what was asked for.
    if found and found[0][1] > end:
        end = found[0][1]
    passage = mark_safe(marked(text, found, start, end).replace("\n", " "))  # noqa: S308
    return format_html("{}{}{}", "…" if start else "", passage, "…" if end < len(text) else "")


def marked_paragraphs(text: str, query: str, *, anchor: str = "") -> list[SafeString]:
    """The paragraphs of `text`, escaped, with every match of `query` marked, the first as `anchor`.

    A match that reaches over a paragraph's end is marked on both sides of it. In a text that is
    shown in the other script, that is marked which matches as it was written.
    """
    original = text.original if isinstance(text, Converted) else text
    found = spans(original, _parsed(query)) if query else []
    if found and isinstance(text, Converted):
        places = text.places()
        found = [(places[start], places[end]) for start, end in found]
    if not found:
        return [conditional_escape(paragraph) for paragraph in text.split("\n")]
    return [marked(text, found, start, end, anchor=anchor) for start, end in _paragraphs(text)]


@lru_cache(maxsize=64)
def _parsed(query: str) -> Query:
    """A page marks every question and answer with the same query."""
    return parse(query)


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + 1
