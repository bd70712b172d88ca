"""The template filter that links a host to its conferences."""

from django import template
from django.urls import reverse

register = template.Library()


@register.filter
def host_url(institution: str) -> str:
    """The address of a host by its name, which redirects to the romanised one; "" for none.

    Romanising takes half a second and 57 MB the first time; to show the link none is needed.
    """
    return (
        "" if not institution or "/" in institution else reverse("archive:host", args=[institution])
    )
