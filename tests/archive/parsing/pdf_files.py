"""PDFs made in memory: lines of text at places on pages, and the traps a PDF can hold."""

import zlib
from collections.abc import Sequence

Placed = tuple[float, float, str]  # from the left and from the bottom, in points
_FONTS = {
    "F": b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    "B": b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
    "H": (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<<"
        b"/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor"
        b"/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900"
        b"/Descent -200/CapHeight 700/StemV 80>>>>]>>"
    ),
}


def make_pdf(pages: Sequence[Sequence[Placed]], *, size: int = 12, bold: bool = False) -> bytes:
    """A page for each list of lines; Chinese is set in a Chinese font."""
    return pdf_of_streams([_page(lines, size, bold=bold) for lines in pages])


def pdf_of_streams(
    streams: Sequence[bytes], *, resources: bytes = b"", more: Sequence[bytes] = (),
    trailer: bytes = b"", filters: bytes = b"",
) -> bytes:  # fmt: skip
    """Pages that draw what these streams say. Objects of `more` are numbered from 10 on."""
    fonts = b" ".join(b"/%s %d 0 R" % (name.encode(), 3 + at) for at, name in enumerate(_FONTS))
    first = 10 + len(more)
    pages = [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
        b"/Resources<</Font<<%s>>%s>>>>" % (first + 2 * at + 1, fonts, resources)
        for at in range(len(streams))
    ]
    kids = b" ".join(b"%d 0 R" % (first + 2 * at) for at in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(streams)),
        *_FONTS.values(),
        *[b"null"] * (7 - len(_FONTS)),
        *more,
    ]
    for page, stream in zip(pages, streams, strict=True):
        objects += [page, make_stream(stream, filters)]
    return _file(objects, trailer)


def make_stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def packed(megabytes: int) -> bytes:
    """Spaces, packed a thousand to one."""
    packer = zlib.compressobj(9)
    pieces = [packer.compress(b" " * 1_000_000) for _ in range(megabytes)]
    return b"".join([*pieces, packer.flush()])


def form_bomb(depth: int = 30) -> bytes:
    """A drawing that draws another twice, and so on: two to the power of `depth` drawings."""
    forms = [
        make_stream(
            b"/X%d Do /X%d Do" % (at + 1, at + 1) if at < depth - 1 else b"BT (x) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X%d %d 0 R>>>>"
            % (at + 1, 10 + at + 1),
        )
        for at in range(depth)
    ]
    return pdf_of_streams([b"/X0 Do"], resources=b"/XObject<</X0 10 0 R>>", more=forms)


def _page(lines: Sequence[Placed], size: int, *, bold: bool) -> bytes:
    return b"\n".join(_line(*line, size, bold=bold) for line in lines)


def _line(x: float, y: float, text: str, size: int, *, bold: bool) -> bytes:
    if text.isascii() or text.encode("cp1252", "replace").decode("cp1252") == text:
        escaped = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(")
        shown, font = b"(%s)" % escaped.replace(b")", rb"\)"), b"B" if bold else b"F"
    else:
        shown, font = b"<%s>" % text.encode("utf-16-be").hex().encode(), b"H"
    return b"BT /%s %d Tf %.1f %.1f Td %s Tj ET" % (font, size, x, y, shown)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)
