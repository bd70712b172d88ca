"""Citing a press conference, or one exchange of it, in the forms that writers need.

Pure: no database, no network and no clock; the day of access is part of the Work.

citeproc-py 0.11 with the styles of CSL was tried on the twelve strings of the tests: it gives all
three of APA, two of GB/T 7714 and none of Chicago's six (no place, and no marks inside marks); each
style wants another type of work, and it has to be told who is turned round. A fifth style decides
again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from archive.citations.files import bibtex, csl_json, ris
from archive.citations.names import Name
from archive.citations.styles import apa, chicago_bibliography, chicago_note, gbt7714
from archive.citations.work import SITE, Work

__all__ = ["CITATION_FILES", "CITATION_STYLES", "SITE", "CitationFile", "Name", "Work"]


@dataclass(frozen=True, slots=True)
class CitationFile:
    """A form that programs read: its name, its media type, and what makes it."""

    name: str
    media_type: str
    make: Callable[[Work], str]


# The names are proper names and stay as they are in every language.
CITATION_STYLES: dict[str, tuple[str, Callable[[Work], str]]] = {
    "gbt7714": ("GB/T 7714-2015", gbt7714),
    "apa": ("APA 7", apa),
    "chicago-note": ("Chicago 17", chicago_note),
    "chicago-bibliography": ("Chicago 17", chicago_bibliography),
}
# By the ending of the file.
CITATION_FILES: dict[str, CitationFile] = {
    "bib": CitationFile("BibTeX", "application/x-bibtex; charset=utf-8", bibtex),
    "ris": CitationFile("RIS", "application/x-research-info-systems; charset=utf-8", ris),
    "json": CitationFile("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
}
