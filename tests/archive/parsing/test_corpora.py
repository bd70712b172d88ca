"""What is read of real transcripts: ../shared/corpora, if present, is parsed whole."""

import json
import re
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from archive.parsing.completeness import account
from archive.parsing.conventions import read_turns
from archive.parsing.parser import finish, parse_transcript, prepare, read
from archive.parsing.records import Paragraph, ParsedConference, TranscriptError
from tests.extent import at_night
from tests.packed import packed_files

pytestmark = pytest.mark.corpora

FILES = 1242  # of Akoma Ntoso, one of which is malformed
SECONDS = 60  # for all of them on one core
PRESS = re.compile("記者|採訪|專訪|聯訪|媒體|茶敘")
ASKS = re.compile("提問|記者|^問$")


@dataclass
class Case:
    name: str
    content: bytes

    def parsed(self) -> ParsedConference:
        return parse_transcript(self.content, self.name)


def packed(archive: Path, *, every: int = 1) -> list[Case]:
    """The files of an archive; `every`: one of so many, by their order."""
    files = sorted(packed_files(archive))
    return [Case(name, content) for name, content in files[::every]]


def folder(path: Path) -> list[Case]:
    return [Case(one.name, one.read_bytes()) for one in sorted(path.iterdir()) if one.is_file()]


def words(*texts: str) -> str:
    return "".join("".join(texts).split())


def spoken(parsed: ParsedConference) -> str:
    """All that is said, in order: topics, questions, answers and notes."""
    return words(
        *(
            text
            for one in parsed.exchanges
            for text in (one.topic, one.question, *(answer.text for answer in one.answers))
        )
    )


@dataclass
class Minutes:
    """What was read of the Akoma Ntoso files: each well-formed one with its tree, and the rest."""

    every: int  # one of so many files was read
    read: list[tuple[Case, ParsedConference, ET.Element]]
    refused: list[tuple[Case, TranscriptError]]
    seconds: float


@pytest.fixture(scope="module", params=[8, at_night(1)])
def minutes(request, corpora_folder):
    cases = packed(corpora_folder / "tw-sayit-akn.tar.xz", every=request.param)
    begun = time.process_time()
    found, refused = [], []
    for case in cases:
        try:
            found.append((case, case.parsed()))
        except TranscriptError as error:
            refused.append((case, error))
    seconds = time.process_time() - begun
    trees = [(case, parsed, ET.fromstring(case.content)) for case, parsed in found]  # noqa: S314
    return Minutes(request.param, trees, refused, seconds)


def test_minutes_are_read_in_a_minute(minutes):
    assert minutes.seconds < SECONDS / minutes.every


def test_malformed_file_alone_is_refused_with_line_and_reason(minutes):
    if minutes.every > 1:
        assert len(minutes.read) + len(minutes.refused) == -(-FILES // minutes.every)
        return
    ((_, error),) = minutes.refused
    assert (error.problem.code, error.problem.line) == ("malformed_xml", 1)
    assert error.problem.params["reason"]


def speech_texts(tree: ET.Element) -> list[str]:
    """The words of every speech that stands in no other, without those of scripts."""
    for script in tree.iter("script"):
        script.text = ""
    for parent in list(tree.iter("speech")):
        for source in parent.findall("from"):
            source.text = ""
    return [words(*speech.itertext()) for speech in tree.iterfind(".//debateSection/speech")]


def test_every_speech_is_there_in_order_and_equal(minutes):
    for case, parsed, tree in minutes.read:
        said, at = spoken(parsed), 0
        for text in filter(None, speech_texts(tree)):
            at = said.find(text, at)
            assert at >= 0, (case.name, text[:60])
            at += len(text)


def test_askers_of_press_files_are_told_from_those_who_answer(minutes):
    press = [(case, parsed) for case, parsed, _ in minutes.read if PRESS.search(case.name)]
    asked = answered = wrong = 0
    for _, parsed in press:
        for exchange in parsed.exchanges:
            marker = exchange.marker.split("\n")[0]
            asked += bool(exchange.question)
            wrong += bool(exchange.question) and marker == "唐鳳"
            labels = [answer.label for answer in exchange.answers]
            answered += len(labels)
            wrong += sum(ASKS.search(label) is not None for label in labels)
    assert len(press) >= 40 // minutes.every
    assert asked > 1000 / minutes.every
    assert answered > 2000 / minutes.every
    assert wrong == 0


def rendered(tree: ET.Element) -> tuple[list[Paragraph], set[tuple[int, str]]]:
    """The same minutes as plain text, `唐鳳：…`, and where each turn begins."""
    names = {person.get("id"): person.get("showAs") for person in tree.iter("TLCPerson")}
    heading = tree.find(".//heading")
    lines = [(heading.text or "").strip() if heading is not None else "minutes"]
    turns = set()
    for speech in tree.iter("speech"):
        printed = speech.find("from")
        label = (printed.text if printed is not None else "") or names.get(speech.get("by")[1:])
        texts = [" ".join("".join(p.itertext()).split()) for p in speech.findall("p")]
        texts = [text for text in texts if text]
        if texts and label:
            turns.add((len(lines), label))
            texts[0] = f"{label}：{texts[0]}"
        lines += texts
    return [Paragraph(line, at) for at, line in enumerate(lines, 1) if line], turns


def test_turns_of_plain_text_are_those_of_the_markup(minutes):
    right = found = expected = 0
    for case, _, tree in minutes.read:
        if not PRESS.search(case.name):
            continue
        paragraphs, turns = rendered(tree)
        _, reading = read_turns(paragraphs)
        told = {(turn.line - 1, turn.label) for turn in reading.turns if turn.marker}
        right, found, expected = right + len(told & turns), found + len(told), expected + len(turns)
    assert 2 * right / (found + expected) >= 0.99


@pytest.fixture(scope="module", params=[6, at_night(1)])
def briefings(request, corpora_folder):
    """Each briefing, and what was read of it."""
    cases = packed(corpora_folder / "wh-biden-md.tar.xz", every=request.param)
    return [(case, case.parsed()) for case in cases]


_Q = re.compile(r"^[*\s]*Q(?:[\s\u00a0]{2,}|[ \u00a0](?=[A-Z(“\"—-]))(?!&)", re.MULTILINE)


def test_every_question_of_the_briefings_is_found_and_none_invented(briefings):
    found = expected = 0
    for case, parsed in briefings:
        text = case.content.decode()
        marks = len(_Q.findall(text.split("\n---\n", 1)[1]))
        asked = [one for one in parsed.exchanges if one.marker.startswith("Q")]
        assert abs(len(asked) - marks) <= max(1, marks // 100), case.name
        found, expected = found + len(asked), expected + marks
    assert abs(found - expected) <= 0.005 * expected


def test_date_and_title_of_the_briefings_are_those_of_the_front_matter(briefings):
    for case, parsed in briefings:
        stated = yaml.safe_load(case.content.decode().split("\n---\n", 1)[0].removeprefix("---"))
        assert (str(parsed.date), parsed.title) == (
            str(stated["date"]),
            " ".join(stated["title"].replace("\u2060", "").split()),
        )


SETS = ("seed", "zh-mfa-web", "wh-remarks-pressconf-md", "us-president-newsconf-1960-80")


PACKED = "wh-obama-html.tar.xz"
ALL = [(name, 1) for name in (*SETS, "fomc-txt", "un-noon-md")]


@pytest.mark.parametrize(("name", "every"), [*ALL, (PACKED, 6), at_night(PACKED, 1)])
def test_no_word_is_lost(corpora_folder, name, every):
    path = corpora_folder / name
    for case in packed(path, every=every) if name.endswith(".xz") else folder(path):
        document = read(case.content, case.name)
        parsed = finish(prepare(document, case.name)).parsed
        assert account(document, parsed).missing == 0, case.name


OUTLINED = ("us-president-newsconf-1960-80", "fomc-txt", "un-noon-md", "zh-mfa-web")
GOLDEN = Path(__file__).parents[2] / "golden" / "corpora"


def outline(parsed: ParsedConference) -> list[list[object]]:
    """Who asks and who answers, and how much, without the words: [kind, outlet, reporter, topic,
    follows, characters asked, [role, speaker, characters] …]."""
    return [
        [
            *(one.kind, one.asked_by, one.reporter, one.topic, one.follows, len(one.question)),
            *([answer.role, answer.speaker, len(answer.text)] for answer in one.answers),
        ]
        for one in parsed.exchanges
    ]


@pytest.mark.parametrize("name", OUTLINED)
def test_questions_and_answers_are_those_found_by_hand(corpora_folder, name, rewrite_golden):
    found = {case.name: outline(case.parsed()) for case in folder(corpora_folder / name)}
    golden = GOLDEN / f"{name}.json"
    if rewrite_golden:
        files = (
            f"{json.dumps(file, ensure_ascii=False)}: [\n"
            + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
            + "\n]"
            for file, rows in found.items()
        )
        golden.write_text("{\n" + ",\n".join(files) + "\n}\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))
