"""The right to change what is public, and the reason that readers are told."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PUBLISHING = "archive.publish_conference"


class ReasonWanted(ValueError):
    """Readers are told why something public is changed, and nothing was said."""

    def __init__(self) -> None:
        super().__init__(_("Readers see why a conference was corrected. Say the reason."))


class RightWanted(ValueError):
    """Published conferences would change, and somebody asked who may not publish."""

    def __init__(self, public: int) -> None:
        said = ngettext(
            "%(n)d published conference shows this. Only who may publish can change it.",
            "%(n)d published conferences show this. Only who may publish can change it.",
            public,
        )
        super().__init__(said % {"n": public})


def require_right(public: int, *, user: User | None, reason: str) -> None:
    """Raises RightWanted and ReasonWanted where `public` conferences would change.

    Without a user it is a command, whose reason counts alone.
    """
    if not public:
        return
    if user is not None and not user.has_perm(PUBLISHING):
        raise RightWanted(public)
    if not reason.strip():
        raise ReasonWanted
