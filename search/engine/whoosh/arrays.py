"""NumPy arrays in a Whoosh column file: written one after the other, mapped or read in runs."""

import json
import mmap
import os
import weakref
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ALIGNMENT = 16  # bytes; what any of our types needs

_CHUNK = 1 << 20  # bytes that are read at a time

Arrays = dict[str, NDArray[Any]]

# The files that were compared with their checksum, by what of them changes when they do. A commit
# opens all segments again, and most of them are old.
_sound: set[tuple[int, ...]] = set()


def save(dbfile: Any, arrays: Arrays) -> None:
    """Write `arrays` at the end of `dbfile`, with a table of contents behind them."""
    contents: list[tuple[str, str, int, int]] = []
    offset = checksum = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        contents.append((name, data.dtype.str, offset, data.size))
        written = data.tobytes() + bytes(-data.nbytes % _ALIGNMENT)
        dbfile.write(written)
        checksum = zlib.crc32(written, checksum)
        offset += len(written)
    table = json.dumps({"arrays": contents, "size": offset, "crc32": checksum}).encode("ascii")
    dbfile.write(table)
    dbfile.write(len(table).to_bytes(8, "little"))


def first_places(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Where each different item of a sorted array stands first."""
    new = np.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.flatnonzero(new)


class Stored:
    """The arrays that save() wrote to `length` bytes of `dbfile` from `basepos`; read-only.

    What is looked at here and there is mapped: stored["codes"]. What is read in long runs is read:
    stored.read("positions", start, stop), or every page once touched would count as this
    process's memory. The file may be deleted meanwhile.
    """

    def __init__(self, dbfile: Any, basepos: int, length: int) -> None:
        # Mapped by ourselves: Whoosh would read the whole column into memory.
        self._whole = mmap.mmap(dbfile.fileno(), 0, access=mmap.ACCESS_READ)
        self._file = os.dup(dbfile.fileno())
        weakref.finalize(self, os.close, self._file)
        end = basepos + length
        size = int.from_bytes(self._whole[end - 8 : end], "little")
        contents = json.loads(self._whole[end - 8 - size : end - 8])
        self._stamp = self._stamped()
        if self._stamp not in _sound:
            self._compare(basepos, contents["size"], contents["crc32"])
            _sound.add(self._stamp)
        self._places = {
            name: (np.dtype(dtype), basepos + offset, count)
            for name, dtype, offset, count in contents["arrays"]
        }

    def untouched(self) -> bool:
        """Whether nobody wrote to the file since. Truncated, it would end this process."""
        return self._stamped() == self._stamp

    def _stamped(self) -> tuple[int, ...]:
        now = os.fstat(self._file)
        return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns

    def _compare(self, start: int, size: int, wanted: int) -> None:
        checksum = 0
        for at in range(start, start + size, _CHUNK):
            checksum = zlib.crc32(
                os.pread(self._file, min(_CHUNK, start + size - at), at), checksum
            )
        if checksum != wanted:
            raise ValueError("A column of the index has not the checksum it was written with.")

    def __getitem__(self, name: str) -> NDArray[Any]:
        dtype, offset, count = self._places[name]
        return np.frombuffer(self._whole, dtype, count, offset)

    def read(self, name: str, start: int, stop: int) -> NDArray[Any]:
        """The items of an array from `start` to before `stop`, as a copy."""
        dtype, offset, _count = self._places[name]
        size = (stop - start) * dtype.itemsize
        return np.frombuffer(os.pread(self._file, size, offset + start * dtype.itemsize), dtype)
