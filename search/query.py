"""What a person types -> a query tree, with a complaint where it cannot be read. Pure."""

from dataclasses import dataclass

from search.analysis import is_han, words
from search.text import fold

MAX_LENGTH = 200  # characters of a query that are read

# An opening quotation mark closes with its own partner, so that marks of another kind may stand
# inside: 「所谓“新冷战”」 is one phrase.
_PARTNERS = {
    '"': '"＂',
    "＂": '"＂',
    "“": "”",
    "„": "“”",
    "”": "”",
    "「": "」",
    "『": "』",
    "«": "»",
    "〝": "〞〟",
    "﹁": "﹂",
    "﹃": "﹄",
}
_ANY_CLOSING = '"＂”」』»〞〟﹂﹄'


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
class And:
    """All of the children, in one part."""

    children: tuple["Node", ...]


Node = Phrase | Words | Everything | And


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a query could not be read as it stands. `position` counts characters from 1."""

    code: str  # "too_long", "unclosed_quote" or "no_words"
    position: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood. `tree` is None when nothing is left to search for."""

    tree: Node | None
    complaints: tuple[Complaint, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(node.text for node in self._leaves() if isinstance(node, Phrase))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(node.text for node in self._leaves() if isinstance(node, Words))

    def _leaves(self) -> tuple[Node, ...]:
        match self.tree:
            case None:
                return ()
            case And(children):
                return children
            case node:
                return (node,)


def parse(text: str) -> Query:
    """Read `text`; what cannot be read is said in complaints, and the best guess is the tree."""
    complaints = []
    if len(text) > MAX_LENGTH:
        complaints.append(Complaint("too_long", MAX_LENGTH + 1))
        text = text[:MAX_LENGTH]
    nodes: list[Node] = []
    at = 0
    while at < len(text):
        if text[at] in _PARTNERS:
            end = _closing(text, at)
            if end < 0:
                complaints.append(Complaint("unclosed_quote", at + 1))
                end = len(text)
            if text[at + 1 : end].strip():
                nodes.append(Phrase(text[at + 1 : end]))
            at = end + 1
        else:
            end = next((i for i in range(at, len(text)) if text[i] in _PARTNERS), len(text))
            found, complaint = _plain(text[at:end], at)
            nodes += found
            complaints += complaint
            at = end
    return Query(_tree(nodes), tuple(complaints))


def _closing(text: str, opening: int) -> int:
    """The offset of the mark that closes the one at `opening`; -1 when none does."""
    rest = range(opening + 1, len(text))
    partner = (i for i in rest if text[i] in _PARTNERS[text[opening]])
    other = (i for i in rest if text[i] in _ANY_CLOSING)
    return next(partner, next(other, -1))


def _plain(text: str, offset: int) -> tuple[list[Node], list[Complaint]]:
    """The nodes of a stretch without quotation marks."""
    together: list[str] = []
    nodes: list[Node] = []
    for piece in text.split():
        if fold(piece) == "*":
            nodes.append(Everything())
        elif len(piece) == 1 and is_han(fold(piece)):
            # jieba would look for the word 税 and miss 关税; the character is what was asked for.
            nodes.append(Phrase(piece))
        else:
            together.append(piece)
    plain = " ".join(together)
    if any(True for _word in words(plain)):
        nodes.append(Words(plain))
    elif plain:
        return nodes, [Complaint("no_words", offset + text.index(together[0]) + 1)]
    return nodes, []


def _tree(nodes: list[Node]) -> Node | None:
    """One tree of `nodes`; Everything adds nothing to what is beside it."""
    telling = [node for node in nodes if not isinstance(node, Everything)]
    if len(telling) > 1:
        return And(tuple(telling))
    return telling[0] if telling else (nodes[0] if nodes else None)
