"""The files of ../shared/corpora that are packed together."""

import tarfile
from collections.abc import Iterator
from pathlib import Path


def packed_files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Each file in a tar archive: its name without folders, and what it holds.

    `extractall` wants a filter from Python 3.12 on, and knows none before 3.11.4.
    """
    with tarfile.open(archive) as files:
        for member in files:
            file = files.extractfile(member) if member.isfile() else None
            if file is not None:
                yield Path(member.name).name, file.read()
