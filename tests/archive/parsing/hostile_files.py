"""Thousands of files that nobody wrote: real ones cut, mixed, damaged, badly encoded and nested.

The same seed makes the same files, so a failure is found again by its seed and number. Run as a
program, with a seed and a count, it reads them all and prints the slowest and the memory used.
"""

import pathlib
import random
import re
import sys
import time
from collections.abc import Callable, Iterator

from archive.parsing.parser import parse_transcript
from archive.parsing.records import ParsedConference, TranscriptError
from tests.archive.parsing.docx_files import make_docx, make_zip, paragraph
from tests.archive.parsing.pdf_files import make_pdf

GOLDEN = pathlib.Path(__file__).parents[2] / "golden" / "transcripts"
PIECES = (
    *("路透社记者：", "毛宁：", "问：", "答：", "Q    ", "MS. PSAKI: ", "（笑）", "《", "》", ":"),
    *("\n", "\n\n", "\r", "\t", " " * 40, "\u3000", "。", "？", "2020年5月24日", "0" * 30),
    *("\0", "\x1b[2J", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff", "\ufffd", "\ufdd0"),
    *("𠮷", "\U0001f469\u200d\U0001f467", "e\u0301" * 20, "2020-13-45", "a: &a [*a]\n"),
    *("<p>", "</div>", "<!--", "<script>", "&#x0;", "&lt;", "]]>", "<?xml ", "<akomaNtoso>"),
    *('{"dawen": 1', "[[[[", "}}}", '"', "\\", "\\u0000", "# ", "> ", "**", "---\n", "```"),
    *("%PDF-1.7", "PK\x03\x04", "Reuters", "国务院新闻办公室", "记者" * 30, "A" * 300, "(" * 50),
)
ENCODINGS = (
    *("utf-8", "gb18030", "big5", "utf-16", "utf-16-be", "shift_jis", "latin-1", "utf-7", "cp037"),
)
NAMES = (
    *("a.txt", "a.md", "a.html", "a.xml", "a.json", "a", "", ".txt", "a.docx.txt", "CON"),
    *("../../etc/passwd", "..\\..\\a.txt", "\0.txt", "\u202etxt.exe", "𠮷.txt", "a\nb.txt"),
    *("长" * 300, "2020-05-24.txt"),
)
_EXPORT = b'{"dawen": 1, "date": "2020-05-24", "exchanges": [{"kind": "statement", "answers": []}]}'


def hostile_files(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Name and content of `count` files; few are PDFs, for each takes a process of its own."""
    chance = random.Random(seed)
    real = [p.read_bytes() for p in sorted(GOLDEN.iterdir()) if not p.name.endswith(".json")]
    real += [
        make_docx(paragraph("路透社记者：好吗？") + paragraph("毛宁：好。")),
        _EXPORT,
        "<akomaNtoso><debate><speech by='#a'><p>好</p></speech></debate></akomaNtoso>".encode(),
    ]
    pdf = make_pdf([[(72, 700, "Q Why?"), (72, 680, "MS. PSAKI: Because.")]])
    for number in range(count):
        make = chance.choices(list(_WAYS), weights=_WAYS.values())[0]
        source = pdf if number % 250 == 0 else chance.choice(real)
        yield chance.choice(NAMES), make(chance, source)


def _noise(chance: random.Random, _source: bytes) -> bytes:
    return chance.randbytes(chance.randrange(3000))


def _cut(chance: random.Random, source: bytes) -> bytes:
    start = chance.choice((0, 0, chance.randrange(len(source))))
    return source[start : chance.randrange(start, len(source) + 1)]


def _damaged(chance: random.Random, source: bytes) -> bytes:
    content = bytearray(source)
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(content))
        content[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(6))
        content = content or bytearray(b"x")
    return bytes(content)


def _mixed(chance: random.Random, source: bytes) -> bytes:
    lines = source.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines) + source[: chance.randrange(len(source))]


def _written(chance: random.Random, _source: bytes) -> bytes:
    return _text(chance).encode(chance.choice(ENCODINGS), "replace")


def _misencoded(chance: random.Random, source: bytes) -> bytes:
    text = source.decode(chance.choice(ENCODINGS), "replace") + _text(chance)
    return text.encode(chance.choice(ENCODINGS), "ignore")


def _nested(chance: random.Random, source: bytes) -> bytes:
    inside = _cut(chance, source)
    kind = chance.randrange(4)
    if kind == 0:
        return make_zip({f"word/{chance.randrange(9)}.xml": inside, "word/document.xml": inside})
    if kind == 1:
        return make_docx(paragraph(_text(chance).replace("\0", "")) * chance.randrange(1, 30))
    if kind == 2:
        tag = chance.choice(("div", "p", "b", "table><tr><td", "speech", "blockquote"))
        return b"<html><body>" + f"<{tag}>".encode() * chance.randrange(3000) + inside
    return (
        chance.choice((b"[", b'{"a":', b"> ", b"- ", "（".encode())) * chance.randrange(3000)
        + inside
    )


def _text(chance: random.Random) -> str:
    return "".join(chance.choices(PIECES, k=chance.randrange(200)))


_WAYS: dict[Callable[[random.Random, bytes], bytes], int] = {
    _noise: 10,
    _cut: 20,
    _damaged: 25,
    _mixed: 10,
    _written: 15,
    _misencoded: 10,
    _nested: 10,
}


def main(seed: int, count: int) -> None:
    """Prints: how many were read, seconds of the slowest, kilobytes at most."""
    slowest, understood = 0.0, 0
    for number, (name, content) in enumerate(hostile_files(seed, count)):
        start = time.process_time()
        try:
            understood += isinstance(parse_transcript(content, name), ParsedConference)
        except TranscriptError as error:
            said = str(error)
            if not said.endswith(".") or "%(" in said:
                raise AssertionError(f"file {number} of seed {seed}: {said!r}") from error
        except Exception as error:
            raise AssertionError(f"file {number} of seed {seed} ({name!r})") from error
        slowest = max(slowest, time.process_time() - start)
    used = re.search(r"VmHWM:\s+(\d+)", pathlib.Path("/proc/self/status").read_text())[1]
    sys.stdout.write(f"{understood} {slowest} {used}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
