"""NumPy arrays in a Whoosh column file: written one after the other, read as views of the file."""

import json
import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ALIGNMENT = 16  # bytes; what any of our types needs

Arrays = dict[str, NDArray[Any]]


def save(dbfile: Any, arrays: Arrays) -> None:
    """Write `arrays` at the end of `dbfile`, with a table of contents behind them."""
    contents: list[tuple[str, str, int, int]] = []
    offset = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        contents.append((name, data.dtype.str, offset, data.size))
        dbfile.write(data.tobytes())
        padding = -data.nbytes % _ALIGNMENT
        dbfile.write(bytes(padding))
        offset += data.nbytes + padding
    table = json.dumps(contents).encode("ascii")
    dbfile.write(table)
    dbfile.write(len(table).to_bytes(8, "little"))


def load(dbfile: Any, basepos: int, length: int) -> Arrays:
    """The arrays that save() wrote to `length` bytes from `basepos`; read-only, not in memory."""
    # Mapped by ourselves: Whoosh would read the whole column into memory.
    whole = mmap.mmap(dbfile.fileno(), 0, access=mmap.ACCESS_READ)
    end = basepos + length
    size = int.from_bytes(whole[end - 8 : end], "little")
    contents = json.loads(whole[end - 8 - size : end - 8])
    return {
        name: np.frombuffer(whole, dtype, count, basepos + offset)
        for name, dtype, offset, count in contents
    }
