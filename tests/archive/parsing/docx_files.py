"""Word documents made in memory, from the XML that a test is about."""

import zipfile
from io import BytesIO

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def make_zip(members: dict[str, bytes | str]) -> bytes:
    """A ZIP with these members."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def make_docx(body: str, *, declaration: str = "", **parts: str) -> bytes:
    """A DOCX whose body is this XML; `parts` such as `header1="<w:p>…</w:p>"` beside it."""
    members: dict[str, bytes | str] = {
        "_rels/.rels": _related({"officeDocument": "word/document.xml"}),
        "word/document.xml": (
            f"{declaration}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
        ),
    }
    related = {}
    for name, xml in parts.items():
        kind = name.rstrip("0123456789")
        related[name] = (kind, f"{name}.xml")
        members[f"word/{name}.xml"] = f"<w:{kind} {_NAMESPACES}>{xml}</w:{kind}>"
    links = "".join(
        f'<Relationship Id="{name}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for name, (kind, target) in related.items()
    )
    members["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_RELS}">{links}</Relationships>'
    )
    return make_zip(members)


def paragraph(*runs: str, properties: str = "") -> str:
    """`<w:p>`; a run that is no XML yet is plain text."""
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """`<w:r>` with its text."""
    found = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{found}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _related(targets: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELS}">{links}</Relationships>'
