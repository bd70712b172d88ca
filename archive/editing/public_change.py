"""The one way to change public rows: a transaction that is open as long as they change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def public_change() -> Iterator[None]:
    """A transaction; one within another is part of it."""
    with transaction.atomic():
        yield
