"""Markdown's marks inside a paragraph: taken away where they are marks, kept where they are text.

Stars and underscores are marks only in pairs. CommonMark's own rule for pairs is made for spaces
between words and fails on `**问：**内容`, so here a mark is told by the Latin letters beside it:
`f***` and `snake_case` are words, and so is `2*3`.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_TAGS = "strong|b|em|i|u|s|del|ins|sup|sub|span|font|small|big|mark|center|p|div|br|hr|blockquote"
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|<(?P<address>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|(?P<url>https?://[^\s<>()*\\]{1,2000})"
    rf"|<(?P<end>/?)(?P<tag>{_TAGS})(?:\s[^<>]{{0,500}})?/?>"
    r"|!?\[(?P<words>[^\[\]\n]{0,500})\]"
    r"\((?P<target>(?:https?:|mailto:|www\.|[/#.])[^\s()]{0,2000})(?:\s\"[^\"\n]{0,300}\")?\)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    # Bold that ends and begins again, or that holds nothing.
    r"|(?P<seam>\*\*[ \t\xa0]\*\*(?!\*))"
    r"|(?P<run>\*{1,2}(?=\*\*[ \t\xa0]\*\*(?!\*))|\*+|_+|~~)"
    r"|(?P<break>\n)",
    re.IGNORECASE,
)
_ANY_MARK = re.compile(r"[\\<\[&*_~]")  # most paragraphs have none
_LATIN = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
_BREAKING_TAGS = {"br", "p", "div", "hr", "center", "blockquote"}
_BOLD_TAGS = {"strong", "b"}
_BOLD_RUNS = {"**", "__", "***", "___"}
_LONGEST_RUN = 3
_MOST_MARKS = 300_000  # in one block; where there are more, they are no Markdown
_BROKEN = "\v"  # a break within a line


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two line breaks."""

    text: str
    bold: bool
    line: int  # index of the line it stands on


@dataclass(slots=True)
class _Opener:
    at: int  # index of its piece
    begins_line: bool
    broken: bool = False  # a line break has passed since


@dataclass(slots=True)
class _State:
    pieces: list[str] = field(default_factory=list)
    # +1 where bold begins and -1 where it ends, by index of piece.
    weights: dict[int, int] = field(default_factory=dict)
    openers: dict[str, _Opener] = field(default_factory=dict)


def read_inline(text: str) -> list[Piece]:
    """The pieces of `text` between its line breaks (`<br>` is one), without Markdown's marks.

    The address of a link follows its words in brackets. Runs in time linear in the text.
    """
    if not 0 < len(_ANY_MARK.findall(text)) <= _MOST_MARKS:
        return [Piece(line, bold=False, line=at) for at, line in enumerate(text.split("\n"))]
    state = _State()
    last = 0
    for token in _TOKEN.finditer(text):
        if token.start() > last:
            state.pieces.append(text[last : token.start()])
        kind = token.lastgroup or ""
        if kind in _PRINTED:
            state.pieces.append(_PRINTED[kind](token))
        else:
            _READ[kind](state, token)
        last = token.end()
    state.pieces.append(text[last:])
    return list(_split(state))


def _link(token: re.Match[str]) -> str:
    words, target = token["words"].replace("**", ""), token["target"]
    if not words.strip():
        return target
    return words if words.strip() == target.removeprefix("mailto:") else f"{words} ({target})"


def _read_tag(state: _State, token: re.Match[str]) -> None:
    name = token["tag"].lower()
    if name in _BREAKING_TAGS:
        state.pieces.append(_BROKEN)
    elif name in _BOLD_TAGS:
        state.pieces.append("")
        _weigh(state, len(state.pieces) - 1, -1 if token["end"] else 1)


def _read_break(state: _State, token: re.Match[str]) -> None:
    state.pieces.append("\n")
    # Emphasis over several lines is believed when it takes whole lines.
    state.openers = {run: one for run, one in state.openers.items() if one.begins_line}
    for opener in state.openers.values():
        opener.broken = True


def _read_run(state: _State, token: re.Match[str]) -> None:
    run, text = token[0], token.string
    before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    state.pieces.append(run)
    if run == "****" and "**" in state.openers:  # `**问：****内容**`
        _close(state, "**")
        state.pieces[-1] = "**"
        state.openers["**"] = _Opener(len(state.pieces) - 1, begins_line=False)
        return
    loose = run == "**"  # `**问： **内容` is common in what is pasted from the web
    can_open = not _LATIN.match(before) and (loose or not after.isspace())
    # A space before the mark says that it opens, but not at the end of a line.
    can_close = not _LATIN.match(after) and (loose or not before.isspace() or after in ("", "\n"))
    if can_close and _is_open(state, run, after):
        _close(state, run)
        state.pieces[-1] = ""
    elif can_open and len(run) <= _LONGEST_RUN:
        state.openers[run] = _Opener(len(state.pieces) - 1, begins_line=before in ("", "\n"))


def _is_open(state: _State, run: str, after: str) -> bool:
    opener = state.openers.get(run)
    return opener is not None and (not opener.broken or after in ("", "\n"))


def _close(state: _State, run: str) -> None:
    opener = state.openers.pop(run)
    state.pieces[opener.at] = ""
    if run in _BOLD_RUNS:
        _weigh(state, opener.at, 1)
        _weigh(state, len(state.pieces) - 1, -1)
    # What was opened inside and never closed is text.
    state.openers = {name: one for name, one in state.openers.items() if one.at < opener.at}


def _weigh(state: _State, at: int, weight: int) -> None:
    state.weights[at] = state.weights.get(at, 0) + weight


def _split(state: _State) -> Iterator[Piece]:
    words: list[str] = []
    depth = line = 0
    bold = True
    for at, piece in enumerate([*state.pieces, "\n"]):
        depth += state.weights.get(at, 0)
        if piece in ("\n", _BROKEN):
            text = "".join(words)
            yield Piece(text, bold and bool(text.strip()), line)
            line += piece == "\n"
            words, bold = [], True
            continue
        words.append(piece)
        if depth <= 0 and piece.strip():
            bold = False


# By the last group of a token: those that only print something, and those that change the state.
_PRINTED: dict[str, Callable[[re.Match[str]], str]] = {
    "escape": lambda token: token[0][1:],
    "address": lambda token: token["address"],
    "url": lambda token: token[0],
    "target": _link,
    "entity": lambda token: html.unescape(token[0]),
    "seam": lambda _token: " ",
}
_READ: dict[str, Callable[[_State, re.Match[str]], None]] = {
    "tag": _read_tag,
    "run": _read_run,
    "break": _read_break,
}
