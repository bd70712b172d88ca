"""Names under which the admin shows rows of other packages."""

from axes.models import AccessAttempt
from django.utils.translation import gettext_lazy as _


class LockedAccount(AccessAttempt):  # type: ignore[misc]
    """Wrong passwords of one name from one address, with one browser."""

    class Meta:
        proxy = True
        verbose_name = _("locked account")
        verbose_name_plural = _("locked accounts")
