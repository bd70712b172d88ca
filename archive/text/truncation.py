"""Truncation: a text cut to a length. Pure."""


def truncate(text: str, longest: int) -> str:
    """`text`, of which so many characters are kept at most; the last is … where some are not."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def truncate_line(text: str, longest: int) -> str:
    """The same on one line. Only the beginning is looked at; blanks may take up half of it."""
    return truncate(" ".join(text[: 2 * longest + 2].split()), longest)
