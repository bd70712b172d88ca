"""The work that is cited: a press conference, or one exchange of it. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from archive.citations.names import Name

WorkKind = Literal["conference", "answer", "question", "statement"]

SITE = "答问 Dawen"
GENRE = "Press conference transcript"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that any style asks for. Texts are single lines."""

    key: str  # dawen-2020-05-24-3; a name for files and for \\cite
    kind: WorkKind
    authors: tuple[Name, ...]  # who spoke; else the host; else nobody
    title: str
    date: dt.date  # of the conference
    url: str  # of the page that stays
    accessed: dt.date
    language: str  # BCP 47
    whole: str = ""  # for an exchange: the title of its conference
    asker: str = ""  # for an answer or a question
    place: str = ""
    source: str = ""  # who printed it first

    @property
    def conference_title(self) -> str:
        return self.whole or self.title

    @property
    def is_part(self) -> bool:
        return self.kind != "conference"


def english_date(day: dt.date) -> str:
    """May 24, 2020: whatever language the page is in, the style's own."""
    return f"{month_name(day)} {day.day}, {day.year}"


def month_name(day: dt.date) -> str:
    """The English name of the month."""
    return _MONTHS[day.month - 1]


def title_of_part(kind: WorkKind, asker: str, language: str, *, from_outlet: bool) -> str:
    """A title for an exchange, which has none of its own, in the language of its conference.

    `from_outlet`: the asker is a news organisation, so that its reporter asked.
    """
    if not language.startswith("zh"):
        titles = {
            "answer": f"Answer to {asker or 'a question'}",
            "question": f"Question from {asker}" if asker else "Question",
            "statement": "Statement",
        }
        return titles[kind]
    reporter, asked = ("記者", "問") if language == "zh-Hant" else ("记者", "问")
    who = asker or reporter
    if from_outlet and reporter not in who:
        who += reporter
    speech = "發言" if language == "zh-Hant" else "发言"
    return {"answer": f"答{who}{asked}", "question": f"{who}提{asked}", "statement": speech}[kind]
