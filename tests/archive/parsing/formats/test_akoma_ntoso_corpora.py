"""Every speech of the real Akoma Ntoso files: ../shared/corpora, if present."""

from pathlib import Path

import pytest
from lxml import etree

from archive.parsing.formats.akoma_ntoso import read_akoma_ntoso
from tests.extent import at_night
from tests.packed import packed_files


@pytest.mark.corpora
@pytest.mark.parametrize("every", [8, at_night(1)])
def test_every_speech_of_the_real_files_is_read_word_for_word(corpora_folder: Path, every: int):
    files = sorted(packed_files(corpora_folder / "tw-sayit-akn.tar.xz"))
    well_formed = [(name, content) for name, content in files if not content.startswith(b"# ")]
    assert len(well_formed) == len(files) - 1
    for name, content in well_formed[::every]:
        document = read_akoma_ntoso(content, name)
        root = etree.fromstring(content)
        spoken = [
            _of(t.paragraphs) for t in document.turns if t.kind == "speech" and not t.continues
        ]
        assert spoken == ["".join(_own_words(e).split()) for e in root.iter("speech")], name


def _of(paragraphs) -> str:
    return "".join("".join(p.text.split()) for p in paragraphs)


def _own_words(element) -> str:
    """The text of a speech without what prints its speaker and without speeches in it."""
    words = element.text or ""
    for child in element:
        own = child.tag in ("from", "speech", "narrative")
        words += ("" if own else _own_words(child)) + (child.tail or "")
    return words
