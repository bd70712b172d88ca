"""The stylesheet: written in parts under styles/, served as the one file dawen.css.

A finder of static files, so that `runserver`, `collectstatic` and the tests all get the same file
without a step of their own. styles/dawen.css says in plain CSS what is imported, in which order.
"""

import os
import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

NAME = "dawen.css"
PARTS = Path(__file__).resolve().parent.parent / "styles"
_IMPORT = re.compile(r'^@import "([a-z-]+\.css)"(?: ([a-z]+))?;$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def joined(parts: Path = PARTS) -> str:
    """The text of dawen.css with each @import replaced by what it names. Comments are left out."""

    def part(found: re.Match[str]) -> str:
        text = (parts / found[1]).read_text(encoding="utf-8").strip()
        return f"@media {found[2]} {{\n{text}\n}}" if found[2] else text

    entry = (parts / NAME).read_text(encoding="utf-8")
    return _COMMENT.sub("", _IMPORT.sub(part, entry)).strip() + "\n"


class StylesFinder(BaseFinder):
    """Finds dawen.css, written afresh below DATA_DIR whenever its text has changed."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self.folder = Path(settings.DATA_DIR) / "styles"
        self.storage = FileSystemStorage(location=self.folder)

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: Any = False, **_options: Any) -> Any:  # noqa: FBT002 - Django's
        """Where dawen.css is, if that is `path`: one place, or a list of it with `find_all`."""
        if path != NAME:
            return []
        place = str(self._written())
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        if not matches_patterns(NAME, list(ignore_patterns or [])):
            self._written()
            yield NAME, self.storage

    def _written(self) -> Path:
        file, text = self.folder / NAME, joined()
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(file)  # a server that reads the file meanwhile sees one or the other
        return file
