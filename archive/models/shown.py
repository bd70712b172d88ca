"""Names that readers have seen: what only drafts say of somebody is nobody's business yet."""

from django.db.models import Exists, OuterRef, QuerySet

from archive.models.conferences import Conference
from archive.models.exchanges import Answer, Exchange
from archive.models.outlets import Outlet
from archive.models.speakers import Appearance, Speaker


def shown_outlets() -> QuerySet[Outlet]:
    """Outlets that asked at a published conference."""
    published = Conference.objects.published()
    asked = Exchange.objects.filter(outlet=OuterRef("pk"), conference__in=published)
    return Outlet.objects.filter(Exists(asked))


def shown_speakers(*, ever: bool = False) -> QuerySet[Speaker]:
    """Speakers of whom a published conference tells; with `ever` one that was withdrawn, too."""
    told = Conference.objects.ever_public() if ever else Conference.objects.published()
    appeared = Appearance.objects.filter(speaker=OuterRef("pk"), conference__in=told)
    answered = Answer.objects.filter(speaker=OuterRef("pk"), exchange__conference__in=told)
    return Speaker.objects.filter(Exists(appeared) | Exists(answered))
