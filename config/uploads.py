"""The size limit of requests: too much is refused before a byte is read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class SizeHandler(FileUploadHandler):
    """Refuses a request of more than settings.LARGEST_REQUEST bytes.

    Django limits what it keeps in memory and not what it writes to the disk, and it writes before
    anybody asks who sends: to find the token of a form it has to read it.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's own name
        content_length: int,
        *_more: Any,
    ) -> None:
        if content_length > settings.LARGEST_REQUEST:
            raise RequestDataTooBig(
                f"{content_length} bytes were sent; {settings.LARGEST_REQUEST} are read at most."
            )

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        return raw_data  # to the next handler

    def file_complete(self, _file_size: int) -> None:
        return None
