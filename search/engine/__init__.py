"""Engines that hold the index and answer what is asked of it, behind one protocol."""

from haystack import connections

from search.engine.protocol import Engine


def engine() -> Engine:
    """The engine that HAYSTACK_CONNECTIONS names; each thread has its own."""
    found: Engine = connections["default"].get_backend().engine
    return found
