"""Characters that turn the direction of writing, or print nothing, made visible in names."""

# Marks, embeddings, overrides and isolates (Unicode, annex 9), controls, and ends of lines.
_TURNING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SILENT = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
# Of a name that is not UTF-8 the operating system's bytes, as Python reads them (PEP 383).
_BYTES = {code: f"\\x{code - 0xDC00:02X}" for code in range(0xDC80, 0xDD00)}
_HALVES = dict.fromkeys(range(55296, 57344), "�") | _BYTES
_SHOWN = _HALVES | {code: f"[U+{code:04X}]" for code in (*_TURNING, *_SILENT)}


def without_bytes(name: str) -> str:
    """`name` as it can be stored: what is no character in it written out, as in `\\xE4.txt`."""
    return name.translate(_HALVES)


def show_directions(name: str) -> str:
    """`name` with such characters written out: with U+202E, `gpj.txt` would read `txt.jpg`."""
    return name.translate(_SHOWN)
