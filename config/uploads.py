"""Files that come with a request: too much is refused before a byte is read, and one whose name
cannot be read is told of."""

import re
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


class NamesHandler(FileUploadHandler):
    """Notes the files whose names are not UTF-8, as `request.names_not_utf_8`.

    Django leaves such a file out without a word: whoever sent it would be asked to choose one.
    """

    def handle_raw_input(self, input_data: Any, *_more: Any) -> None:
        if input_data is self.request:
            self.request._stream = _WatchedStream(self.request._stream, self.request)

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        return raw_data  # to the next handler

    def file_complete(self, _file_size: int) -> None:
        return None


class _WatchedStream:
    """The body of a request, looked at as it is read."""

    _NAME = re.compile(
        rb'\ncontent-disposition: form-data;[^\r\n]{0,500}?filename="([^"\r\n]{1,500})', re.I
    )
    _KEPT = 1100  # bytes: a header may lie across two reads

    def __init__(self, stream: Any, request: Any) -> None:
        self._stream, self._request, self._last = stream, request, b""
        request.names_not_utf_8 = ()

    def read(self, *size: int) -> bytes:
        data: bytes = self._stream.read(*size)
        looked_at = self._last + data
        for found in self._NAME.finditer(looked_at):
            name = found[1].decode(errors="backslashreplace")
            if name.encode() != found[1] and name not in self._request.names_not_utf_8:
                self._request.names_not_utf_8 += (name,)
        self._last = looked_at[-self._KEPT :]
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
