"""The second step of a log-in: a telephone shows another six digits every half minute (TOTP)."""

import base64
from io import BytesIO
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django_otp import login, verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def find_device(user: User) -> TOTPDevice | None:
    """The device whose digits `user` must give; None while there is none. One query."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()


def prepare_device(user: User) -> TOTPDevice:
    """A device that counts as soon as its first digits are given. At least one query."""
    device, _new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": user.get_username()[:64]}
    )
    return device


def pending_step(user: "User | AnonymousUser") -> str:
    """The name of the address where `user` has something to do before going on; "" for nothing.

    At most one query, and none for those who gave their digits in this session.
    """
    if not user.is_authenticated or not user.is_staff or is_verified(user):
        return ""
    if find_device(user):
        return "staff:token"
    return "staff:device" if settings.REQUIRE_TOTP else ""


def is_verified(user: "User | AnonymousUser") -> bool:
    """Whether the digits were given in this session. django-otp's middleware knows."""
    return getattr(user, "otp_device", None) is not None


def verify_digits(request: HttpRequest, device: TOTPDevice, digits: str) -> bool:
    """Whether `digits` are those of `device` now; then this session has done the second step."""
    user = request.user
    if not user.is_authenticated or verify_token(user, device.persistent_id, digits) is None:
        return False
    device.refresh_from_db()
    if not device.confirmed:
        device.confirmed = True
        device.save(update_fields=["confirmed"])
    # Whoever knew the session's key before knows nothing of what it may do now.
    request.session.cycle_key()
    login(request, device)
    return True


def draw_qr_code(device: TOTPDevice) -> bytes:
    """What a telephone reads off the screen, as SVG."""
    written = BytesIO()
    code = segno.make(device.config_url, micro=False)
    code.save(written, kind="svg", scale=5, light="white", svgclass=None, lineclass=None)
    return written.getvalue()


def format_secret(device: TOTPDevice) -> str:
    """The same for those who type it: Base32 in fours."""
    letters = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))
