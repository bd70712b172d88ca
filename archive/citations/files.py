"""The forms that programs read: BibTeX, RIS, CSL-JSON. Pure."""

import json
import re
from typing import Any

from archive.citations.names import Name
from archive.citations.work import GENRE, SITE, Work, month_name

# Braces by name: BibTeX counts them even behind a backslash.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "$&%#_"},
}
_LATEX_SPECIAL = re.compile("[" + re.escape("".join(_LATEX)) + "]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


def bibtex(work: Work) -> str:
    """One entry that BibTeX and BibLaTeX read, in UTF-8."""
    note = f"{GENRE}, in: {work.whole}" if work.whole else GENRE
    fields = {
        "author": " and ".join(_bibtex_name(name) for name in work.authors),
        # Braced twice: styles put titles into lower case.
        "title": f"{{{_latex(work.title)}}}",
        "howpublished": _latex(SITE),
        "date": work.date.isoformat(),
        "year": str(work.date.year),
        "month": month_name(work.date)[:3].lower(),
        "note": _latex(f"{note}. {work.source}" if work.source else note),
        "language": work.language,
        "url": _url(work.url),
        "urldate": work.accessed.isoformat(),
    }
    lines = [
        # The months are BibTeX's own macros.
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{work.key},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(name: Name) -> str:
    """`Family, Suffix, Given` is BibTeX's own order; a name without parts is braced, and whole."""
    if not name.family:
        return f"{{{_latex(name.printed)}}}"
    return ", ".join(_latex(part) for part in (name.family, name.suffix, name.given) if part)


def _latex(text: str) -> str:
    return _LATEX_SPECIAL.sub(lambda match: _LATEX[match[0]], _line(text))


def _url(url: str) -> str:
    """Not escaped, for \\url takes it as it is; a brace would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def ris(work: Work) -> str:
    """One record; its lines end as the format says, with CR and LF."""
    tags = [
        ("TY", "ELEC"),
        ("ID", work.key),
        *(("AU", name.with_comma) for name in work.authors),
        ("TI", work.title),
        ("T2", work.whole or SITE),
        ("PY", str(work.date.year)),
        ("DA", f"{work.date:%Y/%m/%d}"),
        ("CY", work.place),
        ("PB", SITE),
        ("M3", GENRE),
        ("N1", work.source),
        ("LA", work.language),
        ("UR", work.url),
        ("Y2", f"{work.accessed:%Y/%m/%d}"),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(work: Work) -> str:
    """A list of one item, as citation programs import it."""
    item: dict[str, Any] = {
        "id": work.key,
        "type": "webpage",
        "genre": GENRE,
        "title": work.title,
        "container-title": work.whole or SITE,
        "publisher": SITE,
        "author": [_csl_name(name) for name in work.authors],
        "issued": {"date-parts": [[work.date.year, work.date.month, work.date.day]]},
        "accessed": {"date-parts": [[work.accessed.year, work.accessed.month, work.accessed.day]]},
        "event-place": work.place,
        "note": work.source,
        "language": work.language,
        "URL": work.url,
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=1) + "\n"


def _csl_name(name: Name) -> dict[str, Any]:
    if not name.family:
        return {"literal": name.printed}
    parts: dict[str, Any] = {"family": name.family, "given": name.given}
    if name.suffix:
        parts["suffix"] = name.suffix
    if name.family_first:
        parts["static-ordering"] = True
    return parts


def _line(text: str) -> str:
    """One line: no line end, no control character."""
    return " ".join(_CONTROL.sub(" ", text).split())
