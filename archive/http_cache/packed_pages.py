"""Packed pages: kept as most readers take them, compressed, and sent as they are kept."""

import gzip
import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

# "gzip" among what a client accepts, and not "gzip;q=0".
_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|,|$)", re.IGNORECASE)


def takes_gzip(request: HttpRequest) -> bool:
    """Whether whoever asks can unpack an answer."""
    return _GZIP.search(request.headers.get("Accept-Encoding", "")) is not None


def pack(page: bytes) -> bytes:
    """What is kept of a page. It holds nothing secret, so its size may tell of it.

    Packed quickly: level 6 takes three times as long for a sixth less, and most of the pages that
    are made are asked for once or twice.
    """
    return gzip.compress(page, 1, mtime=0)


def packed_page(request: HttpRequest, packed: bytes, headers: dict[str, str]) -> HttpResponse:
    """The page that was kept, packed or not, as the client takes it."""
    if takes_gzip(request):
        response = HttpResponse(packed, headers={**headers, "Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(packed), headers=headers)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
