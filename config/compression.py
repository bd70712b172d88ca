"""Compression of answers, for the site need not have a server in front."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from archive.http_cache.packed_pages import takes_gzip

# What is text; all else that is sent is packed already. docs/deploy/nginx.conf names the same.
COMPRESSED = {
    "application/json",
    "application/vnd.citationstyles.csl+json",
    "application/x-bibtex",
    "application/x-research-info-systems",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
}


class CompressionMiddleware(GZipMiddleware):
    """Django's, for text alone.

    It adds a random number of bytes, so that the size of a page tells nothing of a secret on it
    (BREACH), which a server in front would not; Django gives the token of a form another look each
    time, too. What is compressed already is left as it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The answer, compressed where the client takes that and it is shorter so."""
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind not in COMPRESSED:
            return response
        if not takes_gzip(request):
            patch_vary_headers(response, ["Accept-Encoding"])
            return response
        return super().process_response(request, response)
