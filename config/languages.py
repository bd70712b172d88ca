"""The interface's language: what the address fixes (/en/…), or else what the reader's browser asks.

A language in the address is a place where the whole site is mounted, as SCRIPT_NAME is. It is taken
off before the address is resolved, and every reverse() puts it back: neither an address pattern nor
a template knows of languages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation.trans_real import parse_accept_lang_header

_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}  # as BCP 47 writes them
_NAMES = {"zh-hans": "简体", "zh-hant": "繁體", "en": "English"}  # short: there is room on a phone


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """A page in one language."""

    tag: str
    name: str
    address: str  # path and query string
    uri: str  # with scheme and host, without the query string
    chosen: bool


class LanguageMiddleware:
    """Decide the language of a request, once, and say to caches what decided it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fixed, rest = split_language(request.path_info)
        if fixed and not rest:
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        language = request_language(request)
        # Left on, as Django does: a streamed body is written after this function is done.
        translation.activate(language)
        if fixed:
            response = self._mounted(request, fixed, rest)
        else:
            response = self._get_response(request)
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", _TAGS[language])
        return response

    def _mounted(self, request: HttpRequest, language: str, rest: str) -> HttpResponseBase:
        prefix = get_script_prefix()
        request.path_info = rest
        set_script_prefix(f"{prefix}{language}/")
        try:
            return self._get_response(request)
        finally:
            set_script_prefix(prefix)


def split_language(path: str) -> tuple[str, str]:
    """The language that `path` fixes and the path without it: /en/a/ is en and /a/, /en is en and
    nothing. ("", path) where none is fixed."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return (first, slash + rest) if first in dict(settings.LANGUAGES) else ("", path)


def request_language(request: HttpRequest) -> str:
    """The language of a request, as it was sent."""
    path = request.path.removeprefix(request.META.get("SCRIPT_NAME", "").rstrip("/"))
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return split_language(path)[0] or negotiate_language(accepted)


def negotiate_language(accept: str) -> str:
    """The language that an Accept-Language header prefers among ours; the default when it has none.

    No cookie is asked: the answer must depend on nothing but what `Vary` says.
    """
    for wanted, _quality in parse_accept_lang_header(accept):
        try:
            return translation.get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def language_versions(request: HttpRequest) -> dict[str, Any]:
    """Context processor: this page in every language, and at its lasting address. No queries."""
    base = request.META.get("SCRIPT_NAME", "").rstrip("/")
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    on = translation.get_language()
    found = []
    for code, _name in settings.LANGUAGES:
        path = escape_uri_path(f"{base}/{code}{request.path_info}")
        address = f"{path}?{query}" if query else path
        uri = request.build_absolute_uri(path)
        found.append(LanguageVersion(_TAGS[code], _NAMES[code], address, uri, code == on))
    return {
        "versions": found,
        "lasting_uri": request.build_absolute_uri(escape_uri_path(f"{base}{request.path_info}")),
        "mounted_at": get_script_prefix(),
        "lasting_root": f"{base}/",
        "canonical_uri": request.build_absolute_uri(escape_uri_path(request.path)),
    }
