"""Conditional GET: a page that a reader has already is not made again."""

import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition

from archive.models import Conference

View = Callable[..., HttpResponse]

# What a page is made by, besides the database.
_MADE_BY = ("archive", "config", "search", "static", "styles", "templates")
_SUFFIXES = {".css", ".html", ".js", ".json", ".mo", ".py", ".txt"}


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


@lru_cache(maxsize=1)
def deployed() -> str:
    """A name for the program as it is: other code, templates or catalogues, another name."""
    digest = hashlib.sha256(settings.TIME_ZONE.encode())
    for top in _MADE_BY:
        for path in sorted((Path(settings.BASE_DIR) / top).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file():
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
