"""The devices of staff, to be taken away for a colleague who lost one. Keys are never shown."""

from django.contrib import admin
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

# Theirs shows anybody's secret and makes devices for others.
admin.site.unregister(TOTPDevice)


@admin.register(TOTPDevice)
class DeviceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["user", "confirmed", "created_at", "last_used_at"]
    list_select_related = ["user"]
    fields = ["user", "confirmed", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Everybody sets up their own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: TOTPDevice | None = None) -> bool:
        return False
