"""Tags of the log-in page."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def reset_address() -> str:
    """Where a forgotten password is replaced; "" while this site sends no mail."""
    return reverse("staff:reset") if settings.EMAIL_HOST else ""
