"""Errors of an engine and of its index, whichever engine it is."""


class IndexUnavailable(Exception):
    """There is no index that may be asked. Says why, and what to run."""


class IndexUnreadable(IndexUnavailable):
    """There is an index, and the system does not let us at it. Nothing is to be made anew."""


class IndexBusy(Exception):
    """Another process is writing the index, and went on for longer than we wait."""


class IndexDiffers(Exception):
    """A new index does not hold what the database does, and was not put to use."""
