"""Works to cite, made of the archive's rows. Queries nothing: what it reads must be at hand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from archive.citations import CITATION_FILES, CITATION_STYLES, Name, Work
from archive.citations.work import WorkKind, title_of_part
from archive.models import Answer, Conference, Exchange


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as the page shows it."""

    key: str  # what its address on the page is made of
    name: str
    text: str
    ending: str = ""  # of the file that holds it, where there is one


def citations(work: Work) -> list[Citation]:
    """`work` in every form, those for people first."""
    texts = [Citation(key, name, make(work)) for key, (name, make) in CITATION_STYLES.items()]
    files = [Citation(end, file.name, file.make(work), end) for end, file in CITATION_FILES.items()]
    return texts + files


def work_of_conference(conference: Conference, url: str) -> Work:
    """`conference`, seen today, its appearances and their speakers at hand."""
    speakers = [appearance.speaker.name for appearance in conference.appearances.all()]
    return Work(
        key=f"dawen-{conference.slug}",
        kind="conference",
        authors=_people(speakers) or _host(conference),
        title=_line(conference.title),
        date=conference.date,
        url=url,
        accessed=timezone.localdate(),
        language=conference.language,
        place=_line(conference.venue),
        source=_source(conference),
    )


def work_of_exchange(exchange: Exchange, url: str) -> Work:
    """`exchange`, seen today, its conference, outlet, answers and their speakers at hand."""
    conference = exchange.conference
    answers = [answer for answer in exchange.said if answer.role != Answer.Role.NOTE]
    given = [one for one in answers if one.role == Answer.Role.SPEAKER] or answers
    asker = _asker(exchange)
    kind = _kind(exchange, answers)
    asked = (Name.of_body(asker),) if kind == "question" and asker else ()
    return Work(
        key=f"dawen-{conference.slug}-{exchange.ref}",
        kind=kind,
        authors=_people(one.speaker.name for one in given if one.speaker)
        or asked
        or _host(conference),
        title=title_of_part(
            kind, asker, conference.language, from_outlet=exchange.outlet is not None
        ),
        date=conference.date,
        url=url,
        accessed=timezone.localdate(),
        language=conference.language,
        whole=_line(conference.title),
        asker=asker,
        place=_line(conference.venue),
        source=_source(conference),
    )


def _kind(exchange: Exchange, answers: list[Answer]) -> WorkKind:
    if exchange.kind == Exchange.Kind.STATEMENT:
        return "statement"
    return "answer" if answers else "question"


def _people(names: Iterable[str]) -> tuple[Name, ...]:
    """Each once, in order."""
    return tuple(Name.of_person(name) for name in dict.fromkeys(names))


def _host(conference: Conference) -> tuple[Name, ...]:
    return (Name.of_body(conference.institution),) if conference.institution else ()


def _asker(exchange: Exchange) -> str:
    """The outlet, or the label as printed, and the reporter where one is named."""
    label = exchange.outlet.name if exchange.outlet else exchange.asked_by
    return _line(" ".join(filter(None, (label, exchange.reporter))))


def _source(conference: Conference) -> str:
    return _line(" ".join(filter(None, (conference.source_name, conference.source_url))))


def _line(text: str) -> str:
    return " ".join(text.split())
