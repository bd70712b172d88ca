"""Parts of pages that are on every one, or repeated hundreds of times, in Jinja2, which compiles
its templates."""

from typing import Any, cast

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def jinja(context: Context, name: str, **more: Any) -> SafeString:
    """As {% include %}: the Jinja2 template `name` with what this one knows at this place, and
    `more`."""
    known = cast("dict[str, Any]", context.flatten())
    made = get_template(name, using="jinja").render(known | more)
    return mark_safe(made)  # noqa: S308 -- Jinja2 has escaped every value (autoescape)
