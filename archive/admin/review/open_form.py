"""The one form that is open on the review page, with what helps to fill it in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from archive.admin.review.correction_log import CorrectionEntry
from archive.admin.review.forms import AboutForm, TurnForm, about_values, turn_values
from archive.admin.review.layout import Row, Sheet
from archive.editing.name_curation import nearest_outlets
from archive.models import Outlet, Speaker
from archive.parsing.records import Turn
from archive.parsing.transcript_diff import Run, marked


@dataclass(frozen=True, slots=True)
class Opened:
    """The form of one turn, or of what is said about the conference (`row` is None)."""

    form: TurnForm | AboutForm
    row: Row | None = None
    nearest: Sequence[Outlet] = ()  # to an outlet's name that nobody knows
    outlets: Sequence[str] = ()  # every outlet's name, to choose from
    speakers: Sequence[str] = ()
    same_label: int = 0  # turns that print the same label, this one included
    theirs: Sequence[CorrectionEntry] = ()  # what others changed of it while the form was open
    beside: Sequence[Run] = field(default=())  # their words, compared with the form's

    @property
    def is_about(self) -> bool:
        return self.row is None


def open_about(sheet: Sheet, data: Mapping[str, Any] | None = None, **more: Any) -> Opened:
    form = AboutForm(
        sheet.parsed.speakers, data, initial=about_values(sheet.parsed), label_suffix=""
    )
    return Opened(form, **more)


def open_turn(sheet: Sheet, row: Row, form: TurnForm | None = None, **more: Any) -> Opened:
    """The form of `row`, as it was sent where that is given. Two to four queries."""
    row.is_open = True
    here = [one.name for one in sheet.parsed.speakers]
    others = Speaker.objects.exclude(name__in=here).values_list("name", flat=True)
    return Opened(
        form or turn_form(sheet, row),
        row=row,
        nearest=nearest_outlets(row.asked_by) if row.is_unknown else (),
        outlets=list(Outlet.objects.values_list("name", flat=True)),
        speakers=[*here, *others],
        same_label=sum(one.label == row.turn.label for one in sheet.turns),
        **more,
    )


def turn_form(sheet: Sheet, row: Row, data: Mapping[str, Any] | None = None) -> TurnForm:
    offices = {one.name: one.role for one in sheet.parsed.speakers}
    office = offices.get(row.speaker, "")
    return TurnForm(data, initial=turn_values(row, office), label_suffix="")


def against_theirs(
    sheet: Sheet, row: Row, data: Mapping[str, Any], theirs: Sequence[CorrectionEntry]
) -> Opened:
    """The form as an editor sent it, beside what others made of the same turn meanwhile."""
    words = "\n".join(line for line in str(data.get("words", "")).splitlines() if line.strip())
    form = turn_form(sheet, row, data)
    return open_turn(sheet, row, form, theirs=theirs, beside=marked(words, row.turn.text))


def same_turn(turns: Sequence[Turn], row: Row) -> int | None:
    """What has become of the turn of `row`: the one with the same beginning, else the likest near
    its line.

    None when the transcript has no turns left.
    """
    first = row.turn.paragraphs[0]

    def likeness(at: int) -> tuple[bool, float, int]:
        best = max(
            (SequenceMatcher(None, p.text[:200], first.text[:200]).quick_ratio(), p.line)
            for p in turns[at].paragraphs
        )
        holds = any(p == first for p in turns[at].paragraphs)
        return holds, best[0], -abs(turns[at].line - first.line)

    near = range(max(0, row.number - 20), min(len(turns), row.number + 21))
    return max(near or range(len(turns)), key=likeness, default=None)
