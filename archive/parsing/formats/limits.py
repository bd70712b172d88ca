"""Size limits of files, checked before one is opened: a small file can unpack to gigabytes.

The numbers keep the reading of one file under 512 MB and 20 seconds; the tests measure it.
"""

import lzma
import struct
import zipfile
import zlib
from io import BytesIO

from archive.parsing.records import TranscriptError

MEGABYTE = 1 << 20
# For any upload. Formats that need more memory per byte have a lower limit of their own.
LARGEST_FILE = 64 * MEGABYTE
_MOST_MEMBERS = 1_000
_MOST_UNPACKED = 50 * MEGABYTE
_HIGHEST_RATIO = 100
# Small members of one repeated character are harmless, and Word writes some.
_RATIO_COUNTS_FROM = 1 * MEGABYTE
_ENCRYPTED = 0x1
# What zipfile and those who unpack for it raise where the bytes are not as they should be: a place
# before the beginning of the file is a ValueError, a flag that asks for a password a RuntimeError.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, OverflowError, RuntimeError),
)
_CENTRAL_ENTRY = b"PK\x01\x02"


def check_size(content: bytes, file_format: str = "", most: int = LARGEST_FILE) -> None:
    """Raises TranscriptError "too_big" for more than `most` bytes."""
    if len(content) > most:
        raise too_big(len(content), file_format, most)


def too_big(size: int, file_format: str, most: int) -> TranscriptError:
    """What to raise for `size` bytes where `most` are read."""
    # Rounded up, so that a file one byte too long does not look as if it were allowed.
    megabytes = -(-size * 10 // MEGABYTE) / 10
    return TranscriptError(
        "too_big", size=f"{megabytes:.1f}", format=file_format, most=most // MEGABYTE
    )


def too_complex(file_format: str, reason: str) -> TranscriptError:
    """What to raise for a file that would take too much time or memory."""
    return TranscriptError("too_complex", format=file_format, reason=reason)


def open_zip(content: bytes, file_format: str) -> zipfile.ZipFile:
    """The archive, when what it declares is within the limits. Nothing is unpacked yet.

    Raises TranscriptError "too_big", "too_complex", "damaged" or "encrypted".
    """
    check_size(content, file_format)
    # zipfile makes an object of every entry while it opens the archive.
    many = f"it has more than {_MOST_MEMBERS} parts"
    if content.count(_CENTRAL_ENTRY) > 2 * _MOST_MEMBERS:
        raise too_complex(file_format, many)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError) as error:
        raise TranscriptError("damaged", format=file_format, reason=str(error)) from error
    members = archive.infolist()
    if len(members) > _MOST_MEMBERS:
        raise too_complex(file_format, many)
    if sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise _unpacks_too_big(file_format, _MOST_UNPACKED)
    for member in members:
        _check_member(member, file_format)
    return archive


def read_member(archive: zipfile.ZipFile, name: str, file_format: str, most: int) -> bytes | None:
    """The bytes of one member; None when there is no such member.

    Raises TranscriptError "too_complex" for more than `most` bytes, and "damaged".
    """
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    if member.file_size > most:
        raise _unpacks_too_big(file_format, most)
    try:
        with archive.open(member) as file:
            return file.read(most)
    except _BROKEN as error:
        reason = str(error) or "it breaks off"
        raise TranscriptError("damaged", format=file_format, reason=reason) from error


def _check_member(member: zipfile.ZipInfo, file_format: str) -> None:
    if member.flag_bits & _ENCRYPTED:
        raise TranscriptError("encrypted", format=file_format)
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > _RATIO_COUNTS_FROM and ratio > _HIGHEST_RATIO:
        raise too_complex(file_format, f"one part unpacks to {ratio:.0f} times its size")


def _unpacks_too_big(file_format: str, most: int) -> TranscriptError:
    return too_complex(file_format, f"it unpacks to more than {most // MEGABYTE} MB")
