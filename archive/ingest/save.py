"""The only ingest module that writes rows: one transaction, permalinks kept."""

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from typing import Literal

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from archive.ingest.match import match_equal, match_texts
from archive.ingest.records import ParsedConference, ParsedExchange, Problem, TranscriptError
from archive.ingest.resolve import outlet_named, speaker_named
from archive.models import Answer, Conference, Exchange, MovedAddress, Outlet, Speaker, Transcript
from archive.text import squeeze

Outcome = Literal["created", "updated", "unchanged"]

# What a file says of its conference, by the same name in ParsedConference and Conference.
_TOLD = (
    *("title", "headline", "lead", "institution", "venue", "occasion", "language"),
    *("source_name", "source_url"),
)

# The same of ParsedExchange and Exchange.
_ASKED = ("kind", "asked_by", "reporter", "question", "topic")

# Of the exchanges of one conference under two titles, one in so many is the same word for word.
_FEW = 5

# While exchanges are put in a new order their positions are out of the way up here.
_ASIDE = 1_000_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a transcript. `problems` are the parser's and what the database adds."""

    outcome: Outcome
    conference: Conference
    transcript: Transcript
    problems: tuple[Problem, ...]


def save_transcript(
    parsed: ParsedConference,
    content: bytes,
    filename: str,
    *,
    publish: bool,
    uploaded_by: User | None = None,
) -> Saved:
    """Save a transcript and the conference it makes, all or nothing.

    The same bytes again change nothing. Other bytes for a conference that exists supersede its
    transcript; exchanges that are still there keep their refs. A new conference is published or
    a draft as `publish` says; an existing draft may be published, nothing is ever withdrawn.
    Raises TranscriptError "no_date" when the date is not known.
    """
    try:
        with transaction.atomic():
            return _save(parsed, content, filename, publish=publish, uploaded_by=uploaded_by)
    except IntegrityError:
        # Somebody else saved the same bytes while we were at it.
        same = already_here(content)
        if same is None:
            raise
        return same


def already_here(content: bytes) -> Saved | None:
    """What `content` became when it was saved before; None when it is new. One query."""
    transcript = Transcript.objects.of_bytes(content)
    if transcript is None or transcript.conference is None:
        return None
    problems = tuple(Problem(**problem) for problem in transcript.problems)
    return Saved("unchanged", transcript.conference, transcript, problems)


def _save(
    parsed: ParsedConference,
    content: bytes,
    filename: str,
    *,
    publish: bool,
    uploaded_by: User | None,
) -> Saved:
    same = already_here(content)
    if same is not None:
        return same
    day = _day(parsed)
    existing = _existing(parsed, day)
    conference = existing or Conference(date=day, slug=_free_slug(day))
    for name in _TOLD:
        # What the file does not say, an editor may have written.
        if getattr(parsed, name) or not existing:
            setattr(conference, name, getattr(parsed, name))
    if publish and conference.status == Conference.Status.DRAFT:
        conference.status = Conference.Status.PUBLISHED
    conference.save()
    outlets = {label: outlet_named(label) for label in _labels(parsed)}
    speakers = _save_speakers(conference, parsed)
    _save_exchanges(conference, parsed, outlets, speakers)
    problems = _with_unknown_outlets(parsed, outlets)
    transcript = Transcript.objects.create(
        conference=conference,
        filename=filename[-255:],
        media_type=parsed.media_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        encoding=parsed.encoding,
        convention=parsed.convention,
        problems=[asdict(problem) for problem in problems],
        uploaded_by=uploaded_by,
        applied_at=timezone.now(),
        supersedes=conference.transcripts.applied().first(),
    )
    return Saved("updated" if existing else "created", conference, transcript, problems)


def _day(parsed: ParsedConference) -> dt.date:
    if parsed.date is None:
        raise TranscriptError("no_date")
    return parsed.date


def _existing(parsed: ParsedConference, day: dt.date) -> Conference | None:
    """The conference that `parsed` is a corrected version of; None when it is a new one.

    The same day and some of the same exchanges: one is enough under the same title, under
    another title it takes half of them. Two briefings of one day share neither.
    """
    texts = [_text_of_parsed(exchange) for exchange in parsed.exchanges]
    # Locked: two corrections at once must not give one ref twice.
    for conference in Conference.objects.select_for_update().on(day).order_by("slug"):
        known = [_text_of(exchange) for exchange in conference.exchanges.for_reading()]
        most = max(len(known), len(texts))
        same_title = squeeze(conference.title) == squeeze(parsed.title)
        # Comparing word by word is slow, and two meetings of one day share a 谢谢 at most.
        if not same_title and _FEW * len(match_equal(known, texts)) < most:
            continue
        matched = len(match_texts(known, texts))
        if matched and (same_title or 2 * matched >= most):
            return conference
    return None


def _free_slug(day: dt.date) -> str:
    base = day.isoformat()
    slug, number = base, 1
    moved = MovedAddress.objects.filter(kind=MovedAddress.Kind.CONFERENCE)
    while Conference.objects.filter(slug=slug).exists() or moved.filter(old_slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _labels(parsed: ParsedConference) -> set[str]:
    return {exchange.asked_by for exchange in parsed.exchanges if exchange.asked_by}


def _with_unknown_outlets(
    parsed: ParsedConference, outlets: dict[str, Outlet | None]
) -> tuple[Problem, ...]:
    unknown = [
        Problem(exchange.line, "unknown_outlet", {"label": exchange.asked_by})
        for exchange in parsed.exchanges
        if exchange.asked_by and outlets[exchange.asked_by] is None
    ]
    return tuple(sorted((*parsed.problems, *unknown), key=lambda problem: problem.line or 0))


def _save_speakers(conference: Conference, parsed: ParsedConference) -> dict[str, Speaker]:
    """Every speaker of `parsed` by name, and who appeared in which role."""
    roles = {speaker.name: speaker.role for speaker in parsed.speakers}
    names = [answer.speaker for exchange in parsed.exchanges for answer in exchange.answers]
    speakers = {name: speaker_named(name) for name in dict.fromkeys([*roles, *names]) if name}
    for name, speaker in speakers.items():
        appearance, new = conference.appearances.get_or_create(
            speaker=speaker, defaults={"role": roles.get(name, "")}
        )
        if not new and roles.get(name) and appearance.role != roles[name]:
            appearance.role = roles[name]
            appearance.save()
    conference.appearances.exclude(speaker__in=speakers.values()).delete()
    return speakers


def _save_exchanges(
    conference: Conference,
    parsed: ParsedConference,
    outlets: dict[str, Outlet | None],
    speakers: dict[str, Speaker],
) -> None:
    old = list(conference.exchanges.for_reading().order_by("position"))
    kept = match_texts(
        [_text_of(exchange) for exchange in old],
        [_text_of_parsed(exchange) for exchange in parsed.exchanges],
    )
    gone = [exchange.pk for index, exchange in enumerate(old) if index not in kept.values()]
    conference.exchanges.filter(pk__in=gone).delete()
    conference.exchanges.update(position=F("position") + _ASIDE)
    saved: list[Exchange] = []
    for position, one in enumerate(parsed.exchanges):
        if position in kept:
            exchange = old[kept[position]]
            exchange.answers.all().delete()
        else:
            conference.refs_given += 1
            exchange = Exchange(conference=conference, ref=conference.refs_given)
        if outlets.get(one.asked_by) or exchange.asked_by != one.asked_by:
            # A label nobody knows keeps the outlet an editor has given it.
            exchange.outlet = outlets.get(one.asked_by)
        exchange.position = position + 1
        exchange.follows = saved[one.follows] if one.follows is not None else None
        for name in _ASKED:
            setattr(exchange, name, getattr(one, name))
        exchange.save()
        saved.append(exchange)
        _save_answers(exchange, one, speakers)
    conference.save(update_fields=["refs_given"])


def _save_answers(exchange: Exchange, one: ParsedExchange, speakers: dict[str, Speaker]) -> None:
    Answer.objects.bulk_create(
        Answer(
            exchange=exchange,
            position=number,
            speaker=speakers.get(answer.speaker),
            role=answer.role,
            label=answer.label,
            text=answer.text,
        )
        for number, answer in enumerate(one.answers, start=1)
    )


def _text_of(exchange: Exchange) -> str:
    answers = (answer.text for answer in exchange.said)
    return "\n".join([exchange.question, *answers])


def _text_of_parsed(exchange: ParsedExchange) -> str:
    return "\n".join([exchange.question, *(answer.text for answer in exchange.answers)])
