"""Every speech of the real Akoma Ntoso files: ../shared/corpora, if present."""

import tarfile
from pathlib import Path

import pytest
from lxml import etree

from archive.ingest.documents.akoma_ntoso import read_akoma_ntoso


@pytest.mark.corpora
def test_every_speech_of_the_real_files_is_read_word_for_word(sayit_folder: Path):
    paths = sorted(sayit_folder.glob("*.xml"))
    malformed = [path for path in paths if path.read_bytes().startswith(b"# ")]
    assert len(malformed) == 1
    for path in set(paths) - set(malformed):
        content = path.read_bytes()
        document = read_akoma_ntoso(content, path.name)
        root = etree.fromstring(content)
        spoken = [
            _of(t.paragraphs) for t in document.turns if t.kind == "speech" and not t.continues
        ]
        assert spoken == ["".join(_own_words(e).split()) for e in root.iter("speech")], path.name


def _of(paragraphs) -> str:
    return "".join("".join(p.text.split()) for p in paragraphs)


def _own_words(element) -> str:
    """The text of a speech without what prints its speaker and without speeches in it."""
    words = element.text or ""
    for child in element:
        own = child.tag in ("from", "speech", "narrative")
        words += ("" if own else _own_words(child)) + (child.tail or "")
    return words


@pytest.fixture(scope="session")
def sayit_folder(corpora_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SayIt files, unpacked."""
    folder = tmp_path_factory.mktemp("sayit")
    with tarfile.open(corpora_folder / "tw-sayit-akn.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return next(folder.rglob("*.xml")).parent
