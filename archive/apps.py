from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("Archive")

    def ready(self) -> None:
        # The checks register themselves.
        from archive import audit, checks, signals, touched  # noqa: F401

        audit.connect()
        signals.connect()
        touched.connect()


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with the editors' desk for its front page."""

    default = False  # "archive" alone means the app above
    default_site = "archive.desk_site.DeskSite"
