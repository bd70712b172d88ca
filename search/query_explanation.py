"""A query said back in words, and what is wrong with one, in the active language."""

from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from archive.formatting import format_number
from search.engine.protocol import Counts
from search.query import parser
from search.query.parser import And, Complaint, Field, Node, Not, Query

# Of every code: where, why, and what was done about it.
COMPLAINT_SENTENCES = {
    "too_long": gettext_lazy(
        "Only the first %(limit)d characters were read: the query is longer than that."
    ),
    "too_many_terms": gettext_lazy(
        "The query asks for more than %(terms)d things. "
        "What begins at character %(position)d or later was left out."
    ),
    "unclosed_quote": gettext_lazy(
        "The quotation mark at character %(position)d is not closed. "
        "Everything after it was read as one phrase."
    ),
    "no_words": gettext_lazy(
        "From character %(position)d there are no words to look for. "
        "To find punctuation, put it in quotation marks."
    ),
    "empty_field": gettext_lazy(
        "“%(detail)s:” at character %(position)d has no value directly after it. It was left out."
    ),
    "bad_in": gettext_lazy(
        "At character %(position)d, “%(detail)s” is neither question nor answer. It was left out."
    ),
    "bad_date": gettext_lazy(
        "At character %(position)d, “%(detail)s” cannot be read as a date. Write 2020, 2020-05, "
        "2020-05-24 or 2020-05..2020-07. It was left out."
    ),
    "unknown_outlet": gettext_lazy(
        "At character %(position)d, no outlet is called “%(detail)s”. It was left out."
    ),
    "unknown_speaker": gettext_lazy(
        "At character %(position)d, no speaker is called “%(detail)s”. It was left out."
    ),
    "near_too_far": gettext_lazy(
        "NEAR at character %(position)d reaches over more than %(distance)d characters. "
        "It was cut to %(distance)d."
    ),
    "near_without": gettext_lazy(
        "NEAR at character %(position)d needs a word or a phrase on either side. "
        "The rest was read without it."
    ),
    "unclosed_parenthesis": gettext_lazy(
        "The parenthesis at character %(position)d is not closed. It was read as closed at the end."
    ),
    "unopened_parenthesis": gettext_lazy(
        "The parenthesis at character %(position)d closes nothing. It was left out."
    ),
}

# Of every field (of `in`, of its values): what it says, and what it says after a minus.
_FIELDS = {
    "outlet": (gettext_lazy("asked by %(value)s"), gettext_lazy("not asked by %(value)s")),
    "speaker": (gettext_lazy("answered by %(value)s"), gettext_lazy("not answered by %(value)s")),
    "date": (gettext_lazy("in %(value)s"), gettext_lazy("not in %(value)s")),
    "question": (gettext_lazy("in questions"), gettext_lazy("not in questions")),
    "answer": (gettext_lazy("in answers"), gettext_lazy("not in answers")),
}


def explain_complaint(complaint: Complaint) -> str:
    """A sentence that says where, why, and what was done."""
    return COMPLAINT_SENTENCES[complaint.code] % {
        "position": complaint.position,
        "detail": complaint.detail,
        "limit": parser.MAX_LENGTH,
        "terms": parser.MAX_TERMS,
        "distance": parser.MAX_DISTANCE,
    }


def explain_query(query: Query) -> str:
    """`query` as it was understood; "" when nothing is left of it."""
    return _explain(query.tree) if query.tree else ""


def _explain(node: Node) -> str:
    match node:
        case parser.Phrase(text):
            said = _("exactly “%(text)s”") % {"text": text}
        case parser.Words(text):
            said = _words(text)
        case Field():
            said = _field(node)
        case parser.Near(left, right, distance):
            said = _("“%(left)s” within %(distance)d characters of “%(right)s”")
            said %= {"left": left.text, "right": right.text, "distance": distance}
        case parser.Everything():
            said = _("everything")
        case Not(child):
            said = _not(child)
        case parser.Or(children):
            alternatives = reduce(_or, (_part(child) for child in children))
            said = _("either %(alternatives)s") % {"alternatives": alternatives}
        case And(children):
            said = _and(children)
    return said


def _field(field: Field, *, negated: bool = False) -> str:
    sayings = _FIELDS[field.value if field.name == "in" else field.name]
    return sayings[negated] % {"value": field.value}


def _words(text: str) -> str:
    pieces = text.split()
    if len(pieces) == 1:
        return _("the word %(word)s") % {"word": text}
    return _("all of the words %(words)s") % {"words": pgettext("between words", ", ").join(pieces)}


def _not(child: Node) -> str:
    match child:
        case Field():
            return _field(child, negated=True)
        case parser.Phrase(text):
            return _("without “%(text)s”") % {"text": text}
    return _("without %(what)s") % {"what": _part(child)}


def _and(children: tuple[Node, ...]) -> str:
    """What is looked for first, then what it is narrowed by."""
    narrowing = [child for child in children if isinstance(child, Not | Field)]
    sought = [_part(child) for child in children if child not in narrowing]
    said = [reduce(_both, sought)] if sought else []
    return pgettext("between conditions", "; ").join(
        said + [_explain(child) for child in narrowing]
    )


def _both(first: str, second: str) -> str:
    return _("%(first)s, and %(second)s") % {"first": first, "second": second}


def _or(first: str, second: str) -> str:
    return _("%(first)s or %(second)s") % {"first": first, "second": second}


def _part(node: Node) -> str:
    """What `node` says inside another, in parentheses where it would run into that."""
    said = _explain(node)
    return _("(%(text)s)") % {"text": said} if isinstance(node, And | parser.Or) else said


def how_often(counts: Counts, speakers: int) -> str:
    """How much was found: "8 times in 5 exchanges of 3 conferences by 2 speakers"."""
    times, exchanges, conferences = counts.occurrences, counts.exchanges, counts.conferences
    words = {
        "times": (ngettext("%(n)s time", "%(n)s times", times), times),
        "exchanges": (ngettext("%(n)s exchange", "%(n)s exchanges", exchanges), exchanges),
        "conferences": (
            ngettext("%(n)s conference", "%(n)s conferences", conferences),
            conferences,
        ),
        "by": (ngettext("by %(n)s speaker", "by %(n)s speakers", speakers), speakers),
    }
    parts = {name: said % {"n": format_number(count)} for name, (said, count) in words.items()}
    if not counts.occurrences:
        return _("%(exchanges)s of %(conferences)s") % parts
    if not speakers:
        return _("%(times)s in %(exchanges)s of %(conferences)s") % parts
    return _("%(times)s in %(exchanges)s of %(conferences)s %(by)s") % parts
