"""Metadata in the head of a page, for Zotero, search engines and previews of links.

Highwire's citation_* and Dublin Core for reference managers, Open Graph for previews, schema.org
for search engines. Queries nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archive.citations import SITE, Work
from archive.models import Answer, Conference, Exchange
from archive.text.truncation import truncate_line

_SUMMARY = 200  # characters of a text in a list of parts; the page has all of it once already

# Inside <script> nothing may look like a tag or a comment; JSON reads the escapes the same.
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_LOCALES = {"zh-Hans": "zh_CN", "zh": "zh_CN", "zh-Hant": "zh_TW", "en": "en_US"}

JsonLd = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page's head says of the work the page shows."""

    names: list[tuple[str, str]]  # <meta name content>
    properties: list[tuple[str, str]]  # <meta property content>: Open Graph
    script: SafeString  # schema.org as a <script> of JSON


def conference_metadata(
    work: Work, conference: Conference, exchanges: list[Exchange]
) -> PageMetadata:
    """The exchanges have their outlets, answers and speakers at hand."""
    text = conference.headline or conference.lead or conference.title
    parts = [_exchange(exchange, f"{work.url}{exchange.ref}/", cut=True) for exchange in exchanges]
    article = _article(work, conference) | {"hasPart": parts}
    return PageMetadata(_names(work, text), _properties(work, text), _script(article))


def exchange_metadata(work: Work, exchange: Exchange, conference_url: str) -> PageMetadata:
    """The exchange has its conference, outlet, answers and speakers at hand."""
    conference = exchange.conference
    text = exchange.question or conference.title
    whole = {"@type": "Article", "@id": conference_url, "name": conference.title}
    part = _exchange(exchange, work.url, cut=False) | {
        "@context": "https://schema.org",
        "name": work.title,
        "inLanguage": work.language,
        "isPartOf": whole | {"about": _event(conference)},
    }
    return PageMetadata(_names(work, text), _properties(work, text), _script(part))


def _names(work: Work, text: str) -> list[tuple[str, str]]:
    date = work.date
    names = [
        # Zotero takes any citation_title for an article of a journal unless it is told.
        ("z:itemType", "webpage"),
        ("citation_title", work.title),
        *(("citation_author", name.with_comma) for name in work.authors),
        ("citation_publication_date", f"{date:%Y/%m/%d}"),
        ("citation_publisher", SITE),
        ("citation_language", work.language),
        ("citation_public_url", work.url),
        ("DC.title", work.title),
        *(("DC.creator", name.with_comma) for name in work.authors),
        ("DC.date", date.isoformat()),
        ("DC.publisher", SITE),
        ("DC.language", work.language),
        ("DC.type", "Text"),
        ("DC.identifier", work.url),
        ("DC.relation", work.whole),
        ("DC.source", work.source),
        ("DC.description", truncate_line(text, _SUMMARY)),
    ]
    return [(name, value) for name, value in names if value]


def _properties(work: Work, text: str) -> list[tuple[str, str]]:
    return [
        ("og:type", "article"),
        ("og:site_name", SITE),
        ("og:title", f"{work.title} · {work.whole}" if work.whole else work.title),
        ("og:description", truncate_line(text, _SUMMARY)),
        ("og:url", work.url),
        ("og:locale", _LOCALES.get(work.language, "zh_CN")),
        ("article:published_time", work.date.isoformat()),
    ]


def _article(work: Work, conference: Conference) -> JsonLd:
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "@id": work.url,
            "url": work.url,
            "headline": work.title,
            "description": conference.headline,
            "inLanguage": work.language,
            "datePublished": work.date.isoformat(),
            "dateModified": conference.updated_at.isoformat(timespec="seconds"),
            "author": [{"@type": "Person", "name": name.printed} for name in work.authors],
            "publisher": {"@type": "Organization", "name": SITE},
            "about": _event(conference),
        }
    )


def _event(conference: Conference) -> JsonLd:
    host = {"@type": "Organization", "name": conference.institution}
    place = {"@type": "Place", "name": conference.venue}
    return _filled(
        {
            "@type": "Event",
            "name": conference.title,
            "startDate": conference.date.isoformat(),
            "organizer": host if conference.institution else None,
            "location": place if conference.venue else None,
        }
    )


def _exchange(exchange: Exchange, url: str, *, cut: bool) -> JsonLd:
    """A Question with its Answers; a statement is a Quotation."""
    answers = [answer for answer in exchange.said if answer.role != Answer.Role.NOTE]
    if exchange.kind == Exchange.Kind.STATEMENT:
        text = "\n".join(answer.text for answer in answers)
        people = dict.fromkeys(answer.speaker.name for answer in answers if answer.speaker)
        said: JsonLd = {
            "@type": "Quotation",
            "text": truncate_line(text, _SUMMARY) if cut else text,
        }
        return _filled({**said, "@id": url, "url": url, "creator": _persons(people)})
    asker = exchange.outlet.name if exchange.outlet else exchange.asked_by
    kind = "NewsMediaOrganization" if exchange.outlet else "Thing"
    return _filled(
        {
            "@type": "Question",
            "@id": url,
            "url": url,
            "text": truncate_line(exchange.question, _SUMMARY) if cut else exchange.question,
            "author": {"@type": kind, "name": asker} if asker else None,
            "answerCount": len(answers),
            "acceptedAnswer": [] if cut else [_answer(answer, url) for answer in answers],
        }
    )


def _answer(answer: Answer, url: str) -> JsonLd:
    people = _persons([answer.speaker.name] if answer.speaker else [])
    said: JsonLd = {"@type": "Answer", "text": answer.text, "url": url, "author": people}
    return _filled(said)


def _persons(names: Iterable[str]) -> list[JsonLd]:
    return [{"@type": "Person", "name": name} for name in names]


def _filled(item: JsonLd) -> JsonLd:
    return {name: value for name, value in item.items() if value not in ("", None, [])}


def _script(item: JsonLd) -> SafeString:
    """A block of data, which browsers do not run: a strict content security policy lets it be."""
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    safe = mark_safe(text)  # noqa: S308 - no tag and no comment is left in it
    return format_html('<script type="application/ld+json">{}</script>', safe)
