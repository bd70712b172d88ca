"""Progress on stderr, for commands that look at one thing after another."""

import sys
from collections.abc import Iterable
from typing import TypeVar

from tqdm import tqdm

from archive.maintenance.integrity import ProgressReporter

_T = TypeVar("_T")


def progress_bars(*, verbosity: int) -> ProgressReporter:
    """A bar for each run of things; none with a verbosity of 0."""

    def watch(items: Iterable[_T], what: str, total: int) -> Iterable[_T]:
        shown: Iterable[_T] = tqdm(
            items, desc=what, total=total, file=sys.stderr, disable=verbosity < 1
        )
        return shown

    return watch
