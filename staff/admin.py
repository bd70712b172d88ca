"""Devices of the second step, taken away for a colleague who lost one, and locks that are lifted.
Keys and codes are never shown."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.devices import remove_second_step
from staff.locks import find_locks, lift
from staff.models import LockedAccount

# Theirs show anybody's secret and make devices for others.
admin.site.unregister([StaticDevice, TOTPDevice])


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

    def delete_model(self, request: HttpRequest, obj: TOTPDevice) -> None:
        """With the recovery codes, which are of no use without it, and a line in the audit log."""
        remove_second_step(obj.user, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[TOTPDevice]) -> None:
        for device in queryset.select_related("user"):
            remove_second_step(device.user, by=request.user)


@admin.register(LockedAccount)
class LockAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["account", "address", "failures", "last_time"]
    list_display_links = None
    # Of what was sent with a wrong password nothing is shown.
    fields = readonly_fields = ("account", "address", "failures", "last_time")
    actions = ["lift"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[LockedAccount]:
        """Those that cannot log in now."""
        locked = Q(pk__in=[])
        for name, address in find_locks():
            locked |= Q(username=name, ip_address=address or None)
        return super().get_queryset(request).filter(locked)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A lock is lifted, which is recorded."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": _("Locked accounts")}
        return super().changelist_view(request, title | (extra_context or {}))

    # Named here, for axes speaks no Chinese.
    @admin.display(description=_("account"), ordering="username")
    def account(self, row: LockedAccount) -> str:
        return row.username or "–"

    @admin.display(description=_("from the address"), ordering="ip_address")
    def address(self, row: LockedAccount) -> str:
        return row.ip_address or "–"

    @admin.display(description=_("wrong passwords"), ordering="failures_since_start")
    def failures(self, row: LockedAccount) -> int:
        count: int = row.failures_since_start
        return count

    @admin.display(description=_("last time"), ordering="attempt_time")
    def last_time(self, row: LockedAccount) -> Any:
        return row.attempt_time

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("staff.delete_lockedaccount")

    @admin.action(description=_("Let the selected accounts log in again"), permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: QuerySet[LockedAccount]) -> None:
        user = request.user if isinstance(request.user, User) else None
        chosen = {(row.username or "", row.ip_address or "") for row in queryset}
        for name, address in chosen:
            lift(name, address, by=user)
        text = ngettext(
            "%(count)d account can log in again.",
            "%(count)d accounts can log in again.",
            len(chosen),
        )
        self.message_user(request, text % {"count": len(chosen)}, messages.SUCCESS)
