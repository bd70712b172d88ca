"""Conditional GET: a page that a reader has already is not made again."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition

from archive.deployed import deployed
from archive.models import Conference

View = Callable[..., HttpResponse]


def unless_unchanged(view: View) -> View:
    """Answer 304 while archive, language, day and program are what they were. One query more.

    A page may show anything of any conference, so any change of any of them makes every page new;
    that an outlet or a speaker is renamed counts as a change of their conferences
    (archive.touched). The day counts, for citations say it and lists say what happened on it.
    The reader's browser keeps the page, and asks each time: a correction is seen at once.
    """
    conditional = condition(etag_func=_etag)(view)

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = conditional(request, *args, **kwargs)
        if response.status_code in {200, 304}:
            patch_cache_control(response, no_cache=True)
        else:
            # A page that is not there, or elsewhere, must not be confirmed later on.
            del response["ETag"]
        return response

    return wrapper


def _etag(_request: HttpRequest, slug: str = "", **_kwargs: Any) -> str | None:
    """A weak validator: two pages that share it say the same, perhaps not byte for byte.

    None for a developer, whose templates change under a program that goes on.
    """
    if settings.DEBUG:
        return None
    state = Conference.objects.aggregate(
        Count("pk"),
        # Two editors at once may commit in the other order than their clocks say.
        own=Max("updated_at", filter=Q(slug=slug)),
        newest=Max("updated_at"),
        public=Count("pk", filter=Q(status=Conference.Status.PUBLISHED)),
    )
    facts = [*state.values(), get_language(), timezone.localdate(), deployed()]
    return f'W/"{hashlib.sha256(repr(facts).encode()).hexdigest()[:32]}"'
