from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        # The checks register themselves.
        from archive import audit, signals
        from archive.editing import public_change
        from archive.maintenance import checks, patience  # noqa: F401

        audit.connect()
        signals.connect()
        public_change.connect()
        patience.connect()


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with the editors' desk for its front page."""

    default = False  # "archive" alone means the app above
    default_site = "archive.admin_site.DeskSite"
