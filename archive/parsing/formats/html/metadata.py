"""Metadata of a saved page about its conference: <meta>, <title> and the like."""

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from archive.parsing.facts import Facts
from archive.parsing.formats.html.blocks import Block
from archive.parsing.formats.stated_fields import stated, stated_language, stated_text, stated_url

# By name, property, itemprop or http-equiv in lower case. The first that says something is taken.
_META: Mapping[str, tuple[str, ...]] = {
    "date": (
        "article:published_time", "pubdate", "publishdate", "publish-date", "date", "dc.date",
        "dcterms.date", "dc.date.issued", "dcterms.issued", "citation_date", "datepublished",
        "firstpublishedtime", "parsely-pub-date", "publicationdate", "createdate",
    ),
    "source_name": ("contentsource", "source", "og:site_name", "sitename", "dc.publisher"),
    "language": ("content-language", "dc.language", "language"),
    "source_url": ("og:url", "dc.identifier", "citation_public_url"),
}  # fmt: skip
_TITLES = ("articletitle", "og:title", "dc.title", "dcterms.title", "citation_title", "title")
_NAMES = ("name", "property", "itemprop", "http-equiv")
# Between a title and the name of the site behind it.
_SEPARATORS = (" | ", "_", " - ", " – ", " — ", "｜", "－", "——", "-")
_SHORTEST_TITLE = 6


def read_facts(root: etree._Element, headings: Sequence[Block]) -> Facts:
    """The facts; `headings` are the blocks in <h1>."""
    said = _metas(root)
    found: dict[str, Any] = {}
    for field, names in _META.items():
        values = (stated(field, said[name]) for name in names if name in said)
        found[field] = next((value for value in values if value), None)
    found["source_url"] = _canonical(root) or found["source_url"]
    found["language"] = found["language"] or stated_language(_language(root))
    found["title"] = _title(root, said, headings)
    return Facts(**{field: value for field, value in found.items() if value})


def _metas(root: etree._Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for element in root.iter("meta"):
        content = element.get("content", "")
        for attribute in _NAMES:
            name = element.get(attribute, "").strip().lower()
            if name and content.strip():
                said.setdefault(name, content)
    return said


def _canonical(root: etree._Element) -> str:
    links = (e for e in root.iter("link") if e.get("rel", "").lower() == "canonical")
    return next((stated_url(link.get("href", "")) for link in links), "")


def _language(root: etree._Element) -> str:
    return next((e.get("lang") or e.get("xml:lang") or "" for e in root.iter("html")), "")


def _title(root: etree._Element, said: Mapping[str, str], headings: Sequence[Block]) -> str:
    """The page's title without the site's name, which its own heading tells best."""
    titles = [stated_text(said[name]) for name in _TITLES if name in said]
    titles += [stated_text("".join(e.itertext())) for e in root.iter("title")]
    titles = [title for title in titles if title]
    for heading in headings:
        if len(headings) == 1 or any(heading.text in title for title in titles):
            return stated_text(heading.text)
    return _without_site(titles[0], said.get("og:site_name", "")) if titles else ""


def _without_site(title: str, site: str) -> str:
    for separator in _SEPARATORS:
        words, found, rest = title.rpartition(separator)
        # A hyphen may belong to the title itself, so the site has to be known by name.
        known = site and site in rest
        if found and len(words) >= _SHORTEST_TITLE and (known or separator != "-"):
            return words.strip()
    return title
