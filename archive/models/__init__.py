"""The tables of the archive: what was said. `search` may import from here and no deeper."""

from archive.models.addresses import MovedAddress
from archive.models.appearances import Appearance
from archive.models.base import FIRST_PAGE
from archive.models.conferences import Conference
from archive.models.exchanges import Answer, Exchange
from archive.models.outlets import IgnoredLabel, Outlet, OutletAlias
from archive.models.revisions import ErrorReport, KeptDifference, Revision
from archive.models.speakers import Speaker, SpeakerAlias
from archive.models.transcripts import Correction, Transcript

__all__ = [
    "FIRST_PAGE",
    "Answer",
    "Appearance",
    "Conference",
    "Correction",
    "ErrorReport",
    "Exchange",
    "IgnoredLabel",
    "KeptDifference",
    "MovedAddress",
    "Outlet",
    "OutletAlias",
    "Revision",
    "Speaker",
    "SpeakerAlias",
    "Transcript",
]
