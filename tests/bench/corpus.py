"""The parts that every engine indexes: read once, kept as lines of JSON, streamed after that."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from tqdm import tqdm

from tests.bench.measure import clock, say
from tests.packed import packed_files

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_UNDATED = 20200101
_LINES = 100  # of a plain text that make up one conference


class Part(NamedTuple):
    """One text, and what it is said to belong to."""

    conference: int
    day: int  # 20200524
    by: int  # the number of who spoke
    place: int
    text: str


def write(source: Path, folder: Path, limit: int | None) -> dict[str, Any]:
    """Read `source` into `folder`; answers how much there is."""
    parts = speeches(source) if source.name.endswith(".tar.xz") else lines(source)
    count = characters = 0
    with clock() as spent, (folder / "parts.jsonl").open("w", encoding="utf-8") as file:
        for part in tqdm(islice(parts, limit), desc="read", unit=" parts", mininterval=1):
            file.write(json.dumps(part, ensure_ascii=False) + "\n")
            count += 1
            characters += len(part.text)
    return {"parts": count, "characters": characters, "seconds": spent.seconds}


def read(folder: Path, doing: str, *, step: int = 1) -> Iterator[Part]:
    """The parts again, every `step`-th, with a bar that says `doing`."""
    with (folder / "parts.jsonl").open(encoding="utf-8", newline="\n") as file:
        for line in _bar(islice(file, 0, None, step), doing):
            yield Part(*json.loads(line))


def cut(folder: Path) -> dict[str, Any]:
    """Cut every part into words, as this program does, and keep them for all engines."""
    from search import analysis  # jieba's dictionary is loaded outside the clock

    analysis.load_dictionary()
    words = 0
    with clock() as spent, (folder / "words.txt").open("w", encoding="utf-8") as file:
        for part in read(folder, "cut words"):
            of_part = [word.text for word in analysis.words(part.text)]
            file.write(" ".join(of_part) + "\n")
            words += len(of_part)
    cutter = "rjieba" if "rjieba" in sys.modules else "jieba"
    return {"seconds": spent.seconds, "cpu": spent.cpu, "words": words, "cutter": cutter}


def read_words(folder: Path, doing: str) -> Iterator[str]:
    """The words of each part, with a space between two."""
    with (folder / "words.txt").open(encoding="utf-8", newline="\n") as file:
        for line in _bar(file, doing):
            yield line.removesuffix("\n")


def _bar(items: Any, doing: str) -> Iterator[Any]:
    return iter(tqdm(items, desc=doing, unit=" parts", mininterval=1))


def speeches(archive: Path) -> Iterator[Part]:
    """Every <speech> of the Akoma Ntoso files in a .tar.xz, a file being a conference."""
    speakers: dict[str, int] = {}
    for conference, (name, content) in enumerate(packed_files(archive), start=1):
        root = _parse(content, name)
        if root is not None:
            yield from _speeches(root, conference, speakers)


def _parse(content: bytes, name: str) -> ET.Element | None:
    try:
        return ET.fromstring(content)  # noqa: S314 -- a corpus that we have packed ourselves
    except ET.ParseError as error:
        say(f"skipped, malformed: {name}: {error}")
        return None


def _speeches(root: ET.Element, conference: int, speakers: dict[str, int]) -> Iterator[Part]:
    heading = root.find(".//heading")
    found = _DAY.match((heading.text or "").strip() if heading is not None else "")
    day = int("".join(found.groups())) if found else _UNDATED
    for place, speech in enumerate(root.iter("speech")):
        text = "\n".join("".join(p.itertext()).strip() for p in speech.findall("p"))
        if text.strip():
            by = speakers.setdefault(speech.get("by", ""), len(speakers) + 1)
            yield Part(conference, day, by, place, text)


def lines(source: Path) -> Iterator[Part]:
    """Every line of a plain text that is not blank; a hundred of them are a conference."""
    with source.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(text for text in file if text.strip()):
            conference, place = divmod(number, _LINES)
            day = (2000 + conference % 25) * 10_000 + 101
            yield Part(conference + 1, day, place % 50 + 1, place, line.rstrip("\r\n"))
