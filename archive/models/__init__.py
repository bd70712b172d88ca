"""What was said: the tables of the archive. `search` may import from here and no deeper."""

from archive.models.addresses import MovedAddress
from archive.models.conferences import Answer, Appearance, Conference, Exchange
from archive.models.outlets import Outlet, OutletAlias
from archive.models.speakers import Speaker
from archive.models.transcripts import Transcript

__all__ = [
    "Answer",
    "Appearance",
    "Conference",
    "Exchange",
    "MovedAddress",
    "Outlet",
    "OutletAlias",
    "Speaker",
    "Transcript",
]
