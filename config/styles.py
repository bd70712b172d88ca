"""The stylesheet: written in parts under static/css/, joined into one when files are collected.

static/dawen.css says in plain CSS which parts are imported, in which order. `runserver` serves it
as it is written, and the browser fetches the parts by their names; readers get one file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

NAME = "dawen.css"
STATIC = Path(__file__).resolve().parent.parent / "static"
_IMPORT = re.compile(r'^@import "(css/[a-z-]+\.css)"(?: ([a-z]+))?;$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)


def joined(entry: Path = STATIC / NAME) -> str:
    """A stylesheet with each @import replaced by what it names. Comments are left out."""

    def part(found: re.Match[str]) -> str:
        text = (entry.parent / found[1]).read_text(encoding="utf-8").strip()
        return f"@media {found[2]} {{\n{text}\n}}" if found[2] else text

    return _COMMENT.sub("", _IMPORT.sub(part, entry.read_text(encoding="utf-8"))).strip() + "\n"


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Collected static files, named by their content and compressed, with one stylesheet."""

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        """Join the stylesheet, then name and compress all files of `paths` but its parts."""
        if not options.get("dry_run"):
            Path(self.path(NAME)).write_text(joined(), encoding="utf-8")
            served = {name: file for name, file in paths.items() if not name.startswith("css/")}
            paths = {**served, NAME: (self, NAME)}
        yield from super().post_process(paths, **options)
