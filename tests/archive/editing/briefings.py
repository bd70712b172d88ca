"""A briefing that the tests of the desk correct, and its rows as plain data."""

from typing import Any

from archive.editing.ingestion import load
from archive.exports.conference_json import conference_as_data
from archive.models import Conference, Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.corrections.turn_corrections import TranscriptCorrection as Wanted
from tests.archive.texts import SEVEN_LINES

BRIEFING = SEVEN_LINES
ASKED = (3, "中方对南海局势有何评论？")
STABLE = (5, "南海局势总体稳定。")
UNITY = (7, "我要强调的是：团结最重要。")
SUMMIT = (9, "请介绍中欧峰会的安排。")
CONTACT = (11, "中欧双方正就此保持沟通。")


def words(place: tuple[int, str], text: str) -> Wanted:
    return Wanted("words", *place, {"text": text})


def about(field: str, value: str) -> Wanted:
    return Wanted("about", None, "", {"field": field, "value": value})


def waiting(text: str = BRIEFING, conference: Conference | None = None) -> Transcript:
    """A file as it waits after an upload."""
    content = text.encode()
    return Transcript.objects.create(
        conference=conference,
        filename="briefing.txt",
        media_type="text/plain",
        content=content,
        sha256=sha256_of(content),
        size=len(content),
        encoding="utf-8",
        convention="reporter-label",
    )


def ingested(text: str = BRIEFING, *, publish: bool = False) -> Transcript:
    return load(text.encode(), "briefing.txt", publish=publish).transcript


def said() -> list[str]:
    """The texts of all answers, in order."""
    data = conference_as_data(Conference.objects.get())
    return [answer["text"] for one in data["exchanges"] for answer in one["answers"]]


def rows_as_data() -> list[dict[str, Any]]:
    """Every conference with everything that is made from its file, but for what tells when."""
    return [
        conference_as_data(one)
        | {
            "status": one.status,
            "refs_given": one.refs_given,
            "positions": list(one.exchanges.values_list("ref", "position").order_by("position")),
            "transcripts": list(
                one.transcripts.values(
                    *("filename", "media_type", "sha256", "size", "encoding", "convention"),
                    *("convention_given", "date_given", "problems", "supersedes__sha256"),
                )
            ),
            "revisions": list(one.revisions.values("number", "event", "sha256", "reason")),
        }
        for one in Conference.objects.order_by("slug")
    ]
