"""Downloads: answers that a browser saves as files."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Nobody shall run what somebody uploaded, whatever a browser makes of it.
SANDBOX = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def download(
    content: bytes | str, filename: str, content_type: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """`content` as the file `filename`, with other `headers` where they are given."""
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    told = {"Content-Disposition": disposition or "attachment", **(headers or {})}
    return HttpResponse(content, content_type=content_type, headers=told)
