"""The characters a search compares. fold() itself is the archive's: both apps mean the same by
"the same characters"."""

from collections.abc import Iterator

from archive.text.folding import fold

__all__ = ["find_all", "fold"]


def find_all(folded_text: str, folded_phrase: str) -> Iterator[int]:
    """Every offset in `folded_text` at which `folded_phrase` begins, overlapping ones too.

    Both must be folded already. An empty phrase is found nowhere.
    """
    at = folded_text.find(folded_phrase) if folded_phrase else -1
    while at >= 0:
        yield at
        at = folded_text.find(folded_phrase, at + 1)
