"""The build id: which program this is, so that none takes over what another has worked out."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

# What a page is made by, besides the database.
_MADE_BY = ("archive", "config", "search", "static", "templates")
_SUFFIXES = {".css", ".html", ".js", ".json", ".mo", ".py", ".txt"}


@lru_cache(maxsize=1)
def build_id() -> str:
    """A name for the program as it is: other code, templates or catalogues, another name."""
    digest = hashlib.sha256(settings.TIME_ZONE.encode())
    for top in _MADE_BY:
        for path in sorted((Path(settings.BASE_DIR) / top).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
