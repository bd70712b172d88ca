"""The tables of the archive: what was said. `search` may import from here and no deeper."""

from archive.models.addresses import MovedAddress
from archive.models.base import FIRST_PAGE
from archive.models.conferences import Conference
from archive.models.exchanges import Answer, Exchange
from archive.models.name_changes import NameChange, PreparedRevision
from archive.models.outlets import IgnoredLabel, Outlet, OutletAlias
from archive.models.revisions import ErrorReport, KeptDifference, Revision
from archive.models.shown import shown_outlets, shown_speakers
from archive.models.speakers import Appearance, Speaker, SpeakerAlias
from archive.models.tallies import ArchiveNumber, ConferenceTally, Tally
from archive.models.transcripts import Correction, Transcript

__all__ = [
    "FIRST_PAGE",
    "Answer",
    "Appearance",
    "ArchiveNumber",
    "Conference",
    "ConferenceTally",
    "Correction",
    "ErrorReport",
    "Exchange",
    "IgnoredLabel",
    "KeptDifference",
    "MovedAddress",
    "NameChange",
    "Outlet",
    "OutletAlias",
    "PreparedRevision",
    "Revision",
    "Speaker",
    "SpeakerAlias",
    "Tally",
    "Transcript",
    "shown_outlets",
    "shown_speakers",
]
