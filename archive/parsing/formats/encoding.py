"""Detection of a text's encoding, from the characters that its bytes would make.

Every encoding that decodes the whole file without an error is a candidate, and the one whose
characters are the likeliest is taken. Statistics of bytes fail on short texts in GBK; the
frequency of characters does not, because a wrong decoding yields characters nobody writes.

Wrong of 240 pieces of 12 to 400 characters, here / by charset-normalizer 3.5 / by faust-cchardet
3.2: of the seed transcript in GB18030 0 / 17 / 12, in UTF-16-LE without a mark 0 / 1 / 240; of one
short text in Big5, repeated, 0 / 37 / 1. This takes 4 to 12 ms a piece, twice as long as they do.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from archive.parsing.formats.character_costs import LOST, cost
from archive.parsing.formats.whitespace import line_at
from archive.parsing.records import Problem, TranscriptError

# Python's names; each with the writing that is expected of it. Of two that decode to equally
# likely text the first is taken: big5hkscs only where cp950 does not reach, or makes kana of ⑴.
_CANDIDATES: tuple[tuple[str, str], ...] = (
    ("gb18030", "zh"),
    ("cp950", "zh"),
    ("big5hkscs", "zh"),
    ("windows-1252", "latin"),
    ("cp932", "ja"),
    ("euc_jp", "ja"),
    ("cp949", "ko"),
    ("utf-16-le", "any"),
    ("utf-16-be", "any"),
)
# What files call themselves, where Python's codec of that name knows fewer characters.
_DECLARED = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cp950"), "cp950"),
    **dict.fromkeys(("iso-8859-1", "latin1", "windows-1252", "us-ascii"), "windows-1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "cp949"), "cp949"),
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "windows-1251": "cp1251",
    "koi8-r": "koi8_r",
}
_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,3}=\s{0,3}["']?\s{0,3}([\w-]{3,20})""", re.I)
_DECLARED_WITHIN = 4096
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16, so it is asked for first
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_HIGH = re.compile(rb"[\x80-\xff\x00]")
_ESCAPED_JAPANESE = re.compile(rb"\x1b[$(][@BJ]")
# `It\x92s` in Windows-1252 makes a character of East Asia that clings to a Latin word.
_STUCK_IN_LATIN = re.compile(r"[A-Za-z][^\x00-\x7f]{1,2}(?![^\x00-\x7f])")
# Characters that no text has, in whatever encoding. Of bytes by chance a tenth are such.
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_BINARY = 0.02
# So many bytes from the first that is not ASCII on are weighed: enough for certainty.
_WINDOW = 65536
# In natural logarithms of likelihood: what a declaration is worth, and how unlikely the
# characters beyond ASCII may be on average before nothing is believed.
_HINT, _DOUBTFUL = 30.0, 11.0
_STUCK = 6.0  # what each such character costs


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, without its byte order mark."""

    text: str
    encoding: str  # `content.decode(encoding)` makes the text, when no problem is named
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Guess:
    decoded: Decoded
    cost: float
    mean: float  # cost of a character beyond ASCII


def decode(content: bytes) -> Decoded:
    """The text of `content`, and the encoding it was found to be in.

    A character cut off by the end of the file is left out and named in a problem. Raises
    TranscriptError "binary" where there are NUL characters, "not_text" for bytes of another kind,
    "not_utf_8" with line and byte when no encoding is clearly right, "not_utf_16" when a byte
    order mark lies.
    """
    decoded = _marked(content) or _plain(content) or _guessed(content)
    if "\0" in decoded.text:
        raise TranscriptError("binary", line_at(decoded.text, decoded.text.index("\0")))
    return decoded


def _marked(content: bytes) -> Decoded | None:
    """By the byte order mark, when there is one."""
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if encoding is None:
        return None
    try:
        decoded = _decode_all(content, encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(content, encoding, error.start) from error
    return Decoded(decoded.text.removeprefix("\ufeff"), encoding, decoded.problems)


def _plain(content: bytes) -> Decoded | None:
    """ASCII and UTF-8: what decodes as UTF-8 and goes beyond ASCII is nothing else."""
    if b"\0" in content or _ESCAPED_JAPANESE.search(content):
        return None
    try:
        decoded = _decode_all(content, "utf-8")
    except UnicodeDecodeError:
        return None
    # `caf\xe9` at the end of a file in Windows-1252 looks like the beginning of a character.
    return None if decoded.problems and decoded.text.isascii() else decoded


def _guessed(content: bytes) -> Decoded:
    declared = _declared(content)
    names = dict(_CANDIDATES)
    if declared and declared not in names:
        names = {declared: "any", **names}
    elif _ESCAPED_JAPANESE.search(content):
        names = {"iso2022_jp": "ja", **names}
    window = _window(content)
    guesses = [
        guess
        for name, writing in names.items()
        if (guess := _weigh(content, window, name, writing, hint=name == declared))
    ]
    as_utf_8, _ = _cost(window.decode("utf-8", "replace"), "any")
    best = min(guesses, key=lambda guess: guess.cost, default=None)
    if best is None or best.cost > as_utf_8 or best.mean > _DOUBTFUL:
        return _as_utf_8(content)
    return best.decoded


def _as_utf_8(content: bytes) -> Decoded:
    """UTF-8 after all, or the refusal that says where it is not."""
    try:
        return _decode_all(content, "utf-8")
    except UnicodeDecodeError as error:
        if _is_binary(content):
            raise TranscriptError("not_text") from error
        raise _undecodable(content, "utf-8", error.start) from error


def _is_binary(content: bytes) -> bool:
    first = content[:_WINDOW]
    return len(first) - len(first.translate(None, _NO_TEXT)) > _BINARY * len(first)


def _weigh(content: bytes, window: bytes, name: str, writing: str, *, hint: bool) -> _Guess | None:
    try:
        sample = codecs.getincrementaldecoder(name)("strict").decode(window)
        decoded = _decode_all(content, name)
    except UnicodeDecodeError:
        return None
    total, mean = _cost(sample, writing)
    total += LOST * len(decoded.problems)
    if writing in {"zh", "ja", "ko"}:
        total += _STUCK * len(_STUCK_IN_LATIN.findall(sample))
    return _Guess(decoded, total - _HINT, 0.0) if hint else _Guess(decoded, total, mean)


def _cost(text: str, writing: str) -> tuple[float, float]:
    """How unlikely `text` is: in all, and a character beyond ASCII on average."""
    counts = Counter(text)
    costs = {char: count * cost(char, writing) for char, count in counts.items()}
    beyond = [char for char in counts if char > "\x7f"]
    number = sum(counts[char] for char in beyond)
    return sum(costs.values()), sum(costs[char] for char in beyond) / max(number, 1)


def _decode_all(content: bytes, encoding: str) -> Decoded:
    """`content` decoded, but for a character that the end of the file cuts off."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    text = decoder.decode(content)
    rest = decoder.getstate()[0]
    if not rest:
        return Decoded(text, encoding)
    value = " ".join(f"0x{byte:02X}" for byte in rest)
    lost = Problem(line_at(text, len(text)), "damaged_end", {"value": value})
    return Decoded(text, encoding, (lost,))


def _declared(content: bytes) -> str | None:
    found = _CHARSET.search(content[:_DECLARED_WITHIN])
    return _DECLARED.get(found[1].decode("ascii", "replace").lower()) if found else None


def _window(content: bytes) -> bytes:
    high = _HIGH.search(content)
    # An even place, because characters of UTF-16 begin there; ASCII before it does no harm.
    start = max(high.start() - 2, 0) & ~1 if high else 0
    return content[start : start + _WINDOW]


def _undecodable(content: bytes, encoding: str, at: int) -> TranscriptError:
    if encoding.startswith("utf-16"):
        return TranscriptError("not_utf_16", byte=at + 1)
    # The decoder counts from behind the byte order mark; people count bytes of the file.
    at += len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0
    before = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line_start = before.rfind(b"\n") + 1
    return TranscriptError(
        "not_utf_8",
        before.count(b"\n") + 1,
        byte=len(before) - line_start + 1,
        value=f"0x{content[at]:02X}",
    )
