"""Reading the attributes of WordprocessingML, whichever of its two namespaces they are in."""

from archive.parsing.formats.xml_tree import Element

_OFF = {"0", "false", "off", "none"}


def value(element: Element | None, name: str = "val") -> str:
    """An attribute by its name without namespace; "" where it, or the element, is not there."""
    if element is None:
        return ""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether `<w:b/>` or the like turns something on or off; None where it is not there."""
    found = None if properties is None else properties.find(f"{{*}}{name}")
    return None if found is None else value(found).lower() not in _OFF


def to_int(text: str, default: int = 0) -> int:
    """A small whole number not below 0, or `default` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
