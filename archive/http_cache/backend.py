"""The cache backend of kept pages, from which every process answers."""

import logging
from itertools import count
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger(__name__)


class PageCache(FileBasedCache):
    """Django's cache of files, that does not look through its whole folder for each page it keeps.

    It does so for one page in a hundredth of `MAX_ENTRIES`: so many more may lie there meanwhile,
    for each thread that keeps pages.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(location, params)
        self._kept = count()
        self._looks_every = max(1, self._max_entries // 100)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What is kept; `default` where nothing is, or what is damaged, which then goes."""
        try:
            return super().get(key, default, version)
        except Exception as error:  # noqa: BLE001 - a pickle of other bytes raises anything
            logger.warning("A page that was kept cannot be read, and is made anew. %r", error)
            try:
                self.delete(key, version)
            except OSError as why:
                logger.warning("It cannot be removed either. %s", why)
            return default

    def _cull(self) -> None:
        if next(self._kept) % self._looks_every == 0:
            super()._cull()  # type: ignore[misc]  # not in the stubs
