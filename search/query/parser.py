"""The parser of queries: what is typed becomes a tree, with complaints where it is wrong. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from archive.text.folding import fold
from search.analysis import is_han
from search.query import lexer
from search.query.lexer import Token

MAX_LENGTH = 200  # characters of a query that are read
MAX_TERMS = 16  # leaves of a tree; an Everything that a Not needs beside it is not counted
MAX_DISTANCE = 1000  # characters that NEAR reaches over
_DISTANCE = 10  # of a NEAR that does not say

FieldName = lexer.FieldName
narrowed_dates = lexer.narrowed_dates


@dataclass(frozen=True, slots=True)
class Phrase:
    """These characters, exactly, in one part."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """All of these words, in any order, in one part."""

    text: str


@dataclass(frozen=True, slots=True)
class Everything:
    """Every part: what filters alone are applied to."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a part belongs to. `value` is as typed; of `in` it is "question" or "answer"."""

    name: FieldName
    value: str
    position: int = field(compare=False)  # counts characters from 1


@dataclass(frozen=True, slots=True)
class Near:
    """Both in one part, in either order, with at most `distance` characters between them."""

    left: Phrase
    right: Phrase
    distance: int


@dataclass(frozen=True, slots=True)
class And:
    """All of the children: two or more, none an And, and one at least not a Not."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children: two or more, none an Or."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every part but these. It is always a child of an And."""

    child: "Node"


Node = Phrase | Words | Everything | Field | Near | And | Or | Not


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a query could not be read as it stands. `position` counts characters from 1."""

    code: str  # a key of search.query_explanation.COMPLAINTS
    position: int
    detail: str = ""  # what it is about, as typed


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood. `tree` is None when nothing is left to search for."""

    tree: Node | None
    complaints: tuple[Complaint, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases that are looked for and so marked in a text; none that is under a Not."""
        return tuple(node.text for node in _sought(self.tree) if isinstance(node, Phrase))

    @property
    def words(self) -> tuple[str, ...]:
        """The same of words."""
        return tuple(node.text for node in _sought(self.tree) if isinstance(node, Words))


def _sought(node: Node | None) -> Iterator[Phrase | Words]:
    match node:
        case Phrase() | Words():
            yield node
        case Near(left, right):
            yield from (left, right)
        case And(children) | Or(children):
            for child in children:
                yield from _sought(child)


def parse(text: str) -> Query:
    """Read `text`; what cannot be read is said in complaints, and the best guess is the tree.

    Never raises. Complaints are in the order of the text; those that say the same are one.
    """
    reader = _Reader(list(lexer.tokenize(text[:MAX_LENGTH])))
    tree = reader.tree()
    complaints = list(reader.complaints.values())
    if tree is None and not complaints and text.strip():
        complaints.append(Complaint("no_words", len(text) - len(text.lstrip()) + 1))
    complaints.sort(key=lambda complaint: complaint.position)
    if len(text) > MAX_LENGTH:
        complaints.insert(0, Complaint("too_long", MAX_LENGTH + 1))
    return Query(tree, tuple(complaints))


class _Reader:
    """Tokens -> tree. Groups are on a stack of its own: Python's is too small for 200 of them."""

    def __init__(self, tokens: list[Token]) -> None:
        self.complaints: dict[tuple[str, str], Complaint] = {}
        self._tokens = tokens
        # Of each open group what opened it, and the branches that bars part it into.
        self._groups: list[tuple[Token | None, list[list[Node]]]] = [(None, [[]])]
        self._plain: list[Token] = []  # unquoted pieces that stand together
        self._terms = 0

    def tree(self) -> Node | None:
        """What the tokens ask for. To be called once."""
        at = 0
        while at < len(self._tokens):
            at += self._take(at)
        self._take_plain()
        for opening, _branches in self._groups[1:]:
            self._complain("unclosed_parenthesis", opening)
        while len(self._groups) > 1:
            self._close()
        return _either(self._groups[0][1])

    def _take(self, at: int) -> int:
        """Read what begins with the token at `at`; answers how many tokens are done with."""
        token = self._tokens[at]
        if token.unclosed:
            self._complain("unclosed_quote", token, at=token.unclosed)
        near = self._is_near(at)
        if not near and _is_plain(token):
            self._plain.append(token)
            return 1
        self._take_plain()
        if not near:
            self._take_one(token)
            return 1
        self._take_near(*self._tokens[at : at + 3])
        # “甲” NEAR “乙” NEAR “丙” is 甲 near 乙, and 乙 near 丙.
        return 2 if self._is_near(at + 2) else 3

    def _is_near(self, at: int) -> bool:
        """Whether NEAR follows the token at `at`, with what it needs on either side."""
        match self._tokens[at : at + 3]:
            case [left, Token(kind="near"), Token(negated=False) as right]:
                return _is_operand(left) and _is_operand(right)
        return False

    def _take_near(self, left: Token, near: Token, right: Token) -> None:
        wanted = int(near.value or _DISTANCE)
        distance = min(wanted, MAX_DISTANCE)
        if distance < wanted:
            self._complain("near_too_far", near, near.value)
        self._add_leaf(Near(Phrase(left.text), Phrase(right.text), distance), left)

    def _take_plain(self) -> None:
        """Read the pieces that stand together: single characters as phrases, the rest as Words."""
        pieces, self._plain = self._plain, []
        together = [piece for piece in pieces if not _is_character(piece)]
        plain = " ".join(piece.text for piece in together)
        if together and not lexer.has_words(plain):
            self._complain("no_words", together[0])
            together = []
        for piece in pieces:
            if _is_character(piece):
                self._add_leaf(Phrase(piece.text), piece)
            elif piece in together[:1]:
                self._add_leaf(Words(plain), piece)

    def _take_one(self, token: Token) -> None:
        match token.kind:
            case "or":
                self._groups[-1][1].append([])
            case "open":
                self._groups.append((token, [[]]))
            case "close" if len(self._groups) > 1:
                self._close()
            case "close":
                self._complain("unopened_parenthesis", token)
            case "near":
                self._complain("near_without", token, token.text)
            case "field" if token.flaw:
                self._complain(token.flaw, token, token.value or token.text)
            case _:
                self._add_leaf(_leaf(token), token)

    def _close(self) -> None:
        opening, branches = self._groups.pop()
        self._add(_either(branches), opening)

    def _add_leaf(self, leaf: Node | None, token: Token) -> None:
        self._terms += leaf is not None
        if self._terms <= MAX_TERMS:
            self._add(leaf, token)
        else:
            self._complain("too_many_terms", token)

    def _add(self, node: Node | None, token: Token | None) -> None:
        if node and token:
            self._groups[-1][1][-1].append(_without(node) if token.negated else node)

    def _complain(self, code: str, token: Token | None, detail: str = "", at: int = 0) -> None:
        if token:
            complaint = Complaint(code, at or token.position, detail)
            self.complaints.setdefault((code, detail), complaint)


def _is_plain(token: Token) -> bool:
    """Whether it is unquoted text. So is a near or 近 that joins nothing: it may be the word."""
    if token.kind == "near":
        return "/" not in fold(token.text) and not token.text.isupper()
    return token.kind == "word" and not token.negated


def _is_operand(token: Token) -> bool:
    return (token.kind == "phrase" and bool(token.text.strip())) or (
        token.kind == "word" and lexer.has_words(token.text)
    )


def _is_character(token: Token) -> bool:
    # jieba would look for the word 税 and miss 关税; the character is what was asked for.
    return len(token.text) == 1 and is_han(fold(token.text))


def _leaf(token: Token) -> Node | None:
    """The leaf that a token is by itself; None of an empty phrase."""
    if token.field:
        return Field(token.field, token.value, token.position)
    if token.kind == "star":
        return Everything()
    if token.kind == "phrase" or _is_character(token):
        return Phrase(token.text) if token.text.strip() else None
    return Words(token.text)


def _either(branches: Iterable[list[Node]]) -> Node | None:
    nodes = [node for branch in branches if (node := _all(branch))]
    flat = [child for node in nodes for child in _children(node, Or)]
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _all(nodes: Iterable[Node]) -> Node | None:
    """All of `nodes`: Everything adds nothing to what is beside it, Words side by side are one."""
    flat = [child for node in nodes for child in _children(node, And)]
    telling: list[Node] = []
    for kind, alike in groupby((n for n in flat if not isinstance(n, Everything)), type):
        if kind is Words:
            telling.append(Words(" ".join(n.text for n in alike if isinstance(n, Words))))
        else:
            telling += alike
    if flat and all(isinstance(node, Not) for node in telling):
        telling.insert(0, Everything())
    return And(tuple(telling)) if len(telling) > 1 else next(iter(telling), None)


def _children(node: Node, kind: type[And | Or]) -> tuple[Node, ...]:
    return node.children if isinstance(node, kind) else (node,)


def _without(node: Node) -> Node:
    match node:
        case And((Everything(), Not(child))):
            return child  # without what is without it
    return Not(node)
