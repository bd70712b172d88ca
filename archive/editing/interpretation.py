"""The interpretation of a transcript: always its file, parsed today, with its corrections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import caches

from archive.http_cache.build_id import build_id
from archive.models import Correction, Transcript
from archive.models.transcripts import sha256_of
from archive.parsing.corrections import turn_corrections as pure
from archive.parsing.parser import Prepared, Understanding, finish, prepare, read
from archive.parsing.records import Document, Paragraph, ParsedConference, Turn

# As long as somebody works at a transcript.
_KEPT_SECONDS = 60 * 60
# What was understood last, as it is: to take 20,000 exchanges out of a cache takes a second, and to
# understand them two. A turn takes some two kilobytes.
_UNDERSTOOD: "dict[tuple[str, str], Understood]" = {}
_UNDERSTOOD_LOCK = Lock()
_MOST_TURNS = 20_000


@dataclass(frozen=True)
class Understood:
    """A transcript as it is understood with its corrections."""

    parsed: ParsedConference
    turns: tuple[Turn, ...]  # after corrections; exchanges and answers name them by index
    paragraphs: tuple[Paragraph, ...]  # of the file, in order, with the markers of its turns
    corrections: tuple[Correction, ...]  # those that stand, in order, with `fits` as it is now
    seen: int  # number of the last correction or undoing; 0 where there is none
    unapplied: int  # corrections and undoings made since the rows were last made from it
    file: Prepared  # what it was made of
    conference: int | None = None  # the key of the one that it made, or would correct
    worked_out: dict[str, Any] = field(default_factory=dict, compare=False)  # from it, by pages

    @cached_property
    def _names(self) -> Mapping[str, str]:
        answers = (answer for one in self.parsed.exchanges for answer in one.answers)
        return {
            answer.label: answer.speaker
            for answer in answers
            if all(self.turns[at].person is None for at in answer.turns)
        }

    def keep_fits(self) -> None:
        """Write down of each correction whether it fits, where that has changed. Two queries."""
        rows = Correction.objects.filter(pk__in=[one.pk for one in self.corrections])
        known = dict(rows.values_list("pk", "fits"))
        changed = [one for one in self.corrections if known[one.pk] != one.fits]
        Correction.objects.bulk_update(changed, ["fits"])

    def name_of(self, turn: Turn) -> str:
        """Who speaks in one of `turns` that is no question; "" for nobody known."""
        return self._names.get(turn.label, "") if turn.person is None else turn.person


def understand_transcript(transcript: Transcript, *, until: int | None = None) -> Understood:
    """What the file says today with its corrections, or with those up to the number `until`.

    One query, and one for the bytes where the file was not read lately. Raises TranscriptError
    when it cannot be read (any more).
    """
    rows = rows_of(transcript, until=until)
    conference = transcript.conference
    known = (conference.date if conference else None, list(map(_facts_of, rows)))
    key = (_name_of(transcript), sha256_of(repr(known).encode()))
    with _UNDERSTOOD_LOCK:
        understood = _UNDERSTOOD.pop(key, None)
        same = [one for (name, _rows), one in _UNDERSTOOD.items() if name == key[0]]
    if understood is None:
        file = same[-1].file if same else prepared(transcript)
        understood = understand_prepared(transcript, file, rows)
    with _UNDERSTOOD_LOCK:
        _UNDERSTOOD[key] = understood
        while len(_UNDERSTOOD) > 1 and _turns_kept() > _MOST_TURNS:
            del _UNDERSTOOD[next(iter(_UNDERSTOOD))]
    return replace(understood, unapplied=_unapplied(transcript, rows))


def _facts_of(row: Correction) -> tuple[Any, ...]:
    return row.pk, row.number, row.kind, row.line, row.text, row.value, row.made_at


def _turns_kept() -> int:
    return sum(len(one.turns) for one in _UNDERSTOOD.values())


def understand_prepared(
    transcript: Transcript,
    file: Prepared,
    rows: Sequence[Correction] = (),
    looked: Understanding | None = None,
) -> Understood:
    """understand_transcript() of a file that was read, with all `rows` in order; `looked` where
    it was finished with them already.

    One query for the day of the conference, where neither file nor editor says it.
    """
    made = standing(rows)
    looked = looked or finish(file, [as_pure(row) for row in made])
    for row, fits in zip(made, looked.fits, strict=True):
        row.fits = fits
    parsed = looked.parsed
    if parsed.date is None and transcript.conference is not None:
        known = tuple(problem for problem in parsed.problems if problem.code != "no_date")
        parsed = replace(parsed, date=transcript.conference.date, problems=known)
    return Understood(
        parsed=parsed,
        turns=looked.turns,
        paragraphs=tuple(paragraphs_of(file.document)),
        corrections=tuple(made),
        seen=rows[-1].number if rows else 0,
        unapplied=_unapplied(transcript, rows),
        file=file,
        conference=transcript.conference_id,
    )


def _unapplied(transcript: Transcript, rows: Sequence[Correction]) -> int:
    applied = transcript.applied_at
    return sum(applied is None or row.made_at > applied for row in rows)


def rows_of(transcript: Transcript, *, until: int | None = None) -> list[Correction]:
    """All that was ever corrected and undone, in order, with who did it. One query."""
    rows = transcript.corrections.select_related("made_by").order_by("number")
    return list(rows if until is None else rows.filter(number__lte=until))


def append_corrections(
    transcript: Transcript, new: Iterable[Correction], rows: Sequence[Correction]
) -> list[Correction]:
    """`new` saved as corrections of `transcript`, numbered on from `rows`, all that it has.

    One by one, so that the audit log has each.
    """
    made = list(new)
    for number, one in enumerate(made, start=rows[-1].number + 1 if rows else 1):
        one.transcript, one.number = transcript, number
        one.save()
    return made


def undoing_of(row: Correction, user: User | None) -> Correction:
    """A correction, not saved yet, after which `row` counts no more."""
    value = {"undoes": row.number}
    return Correction(kind=row.kind, line=row.line, text=row.text, value=value, made_by=user)


def standing(rows: Iterable[Correction]) -> list[Correction]:
    """Those of `rows`, which are in order, that were not undone; undoings are not among them.

    An undoing can be undone like anything else.
    """
    undone: set[int] = set()
    kept: list[Correction] = []
    for row in sorted(rows, key=lambda row: -row.number):
        if row.number in undone:
            continue
        if "undoes" in row.value:
            undone.add(row.value["undoes"])
        else:
            kept.append(row)
    return kept[::-1]


def as_pure(row: Correction) -> pure.TranscriptCorrection:
    kind: pure.CorrectionKind = row.kind  # type: ignore[assignment]
    return pure.TranscriptCorrection(kind, row.line, row.text, row.value)


def prepared(transcript: Transcript) -> Prepared:
    """The file read, and understood as far as no correction reaches.

    Kept for an hour, since files never change and reading takes up to seconds (PDF). No query
    where it is kept, one where the bytes are deferred. Raises TranscriptError.
    """
    key = f"prepared:{build_id()}:{_name_of(transcript)}"
    kept: Prepared | None = caches["files"].get(key)
    if kept is None:
        kept = prepare_file(transcript, bytes(transcript.content))
        caches["files"].set(key, kept, timeout=_KEPT_SECONDS)
    return kept


def _name_of(transcript: Transcript) -> str:
    """What a file and what an editor said with it are told apart by."""
    given = (transcript.filename, transcript.date_given, transcript.convention_given)
    return f"{transcript.sha256}:{sha256_of(repr(given).encode())[:16]}"


def prepare_file(transcript: Transcript, content: bytes) -> Prepared:
    """prepared(), always afresh: of a transcript that may not be saved yet."""
    return prepare(
        read(content, transcript.filename),
        transcript.filename,
        date=transcript.date_given,
        convention=transcript.convention_given,
    )


def paragraphs_of(document: Document) -> Iterable[Paragraph]:
    """All paragraphs of a file in order, with what it prints to say who speaks."""
    yield from document.paragraphs
    for turn in document.turns or ():
        first, *rest = turn.paragraphs
        text = " ".join(filter(None, (turn.marker, first.text)))
        yield Paragraph(text, first.line, first.bold, first.heading)
        yield from rest
