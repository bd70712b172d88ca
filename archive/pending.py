"""Uploaded bytes between the preview and the decision: private files, forgotten after a day."""

import os
import re
import tempfile
import time
from pathlib import Path

from django.conf import settings

from archive.models.transcripts import sha256_of

KEPT_SECONDS = 24 * 60 * 60

_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotPendingError(LookupError):
    """No such upload is waiting: it was forgotten, or never was."""


def _folder() -> Path:
    """The folder of pending files, made when missing; nobody but the server may look inside."""
    folder = Path(settings.MEDIA_ROOT) / "pending"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # mkdir leaves a folder that exists as it is
    return folder


def _forget_old(folder: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue  # another upload was quicker


def put(content: bytes) -> str:
    """Keep `content` for a day; answers its SHA-256, by which `get` finds it."""
    folder = _folder()
    _forget_old(folder)
    sha = sha256_of(content)
    # mkstemp makes the file readable by its owner only; the rename shows it whole or not at all.
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).replace(folder / sha)
    return sha


def get(sha: str) -> bytes:
    """The bytes kept under `sha`. Raises NotPendingError when there are none."""
    if not _SHA256.fullmatch(sha):
        raise NotPendingError(f"{sha!r} is no SHA-256.")
    try:
        content = (_folder() / sha).read_bytes()
    except FileNotFoundError as error:
        raise NotPendingError(f"Nothing is pending under {sha}.") from error
    if sha256_of(content) != sha:
        raise NotPendingError(f"The file pending under {sha} has changed.")
    return content


def drop(sha: str) -> None:
    """Forget the bytes kept under `sha`, if any."""
    if _SHA256.fullmatch(sha):
        (_folder() / sha).unlink(missing_ok=True)
