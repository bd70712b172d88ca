"""What the Jinja2 templates may call. The rest of the pages are Django's templates."""

from typing import Any

from jinja2 import Environment, StrictUndefined

from archive.scripts import language_of
from search.highlight import anchor_of, marked_paragraphs


def environment(**options: Any) -> Environment:
    """For `environment` in TEMPLATES. A name that is not known is an error, not an empty string."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    # Among the options is autoescape=True, which Django gives.
    made = Environment(**options)  # noqa: S701  # nosec B701
    made.globals.update(
        anchor_of=anchor_of, language_of=language_of, marked_paragraphs=marked_paragraphs
    )
    return made
