"""The second step of a log-in: a telephone shows another six digits every half minute (TOTP), and a
recovery code stands in for a telephone that is lost."""

import base64
import hashlib
import secrets
from io import BytesIO

import segno
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.http import HttpRequest
from django_otp import login, verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.record import record_change

_CODES = 10  # of recovery, each good for once
_CODE_BYTES = 10  # 80 bits: too many to try, also for who has the table of what they hash to
_SHOWN = 4  # characters in one group


def find_device(user: User) -> TOTPDevice | None:
    """The device whose digits `user` must give; None while there is none. One query."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk").first()


def find_codes(user: User) -> StaticDevice | None:
    """What holds the recovery codes of `user`; None where none were made. One query."""
    return StaticDevice.objects.filter(user=user).order_by("pk").first()


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
    _enter(request, device)
    return True


def verify_code(request: HttpRequest, codes: StaticDevice, code: str) -> bool:
    """The same with a recovery code, which is used up by it."""
    user = request.user
    if not user.is_authenticated:
        return False
    if verify_token(user, codes.persistent_id, _hash(code)) is None:
        return False
    _enter(request, codes)
    return True


def make_codes(user: User) -> list[str]:
    """Ten new recovery codes as they are shown, once. Those that were made before are void."""
    codes = [
        base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().lower() for _ in range(_CODES)
    ]
    with transaction.atomic():
        # The holder stays: a session that one of its codes opened goes on.
        holder, _new = StaticDevice.objects.get_or_create(
            user=user, defaults={"name": user.get_username()[:64]}
        )
        holder.token_set.all().delete()
        StaticToken.objects.bulk_create(
            StaticToken(device=holder, token=_hash(code)) for code in codes
        )
    return ["-".join(_in_fours(code)) for code in codes]


def count_codes(user: User) -> int:
    """How many recovery codes are left. One query."""
    count: int = StaticToken.objects.filter(device__user=user).count()
    return count


def remove_second_step(user: User, *, by: "User | AnonymousUser | None") -> bool:
    """Take device and recovery codes from an account, and record who did; None for a command.

    False where there was no device.
    """
    with transaction.atomic():
        count, _by_model = TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        if count:
            record_change(user, "second_step", "✓", "", by)
    return bool(count)


def _enter(request: HttpRequest, device: TOTPDevice | StaticDevice) -> None:
    # Whoever knew the session's key before knows nothing of what it may do now.
    request.session.cycle_key()
    login(request, device)


def _hash(code: str) -> str:
    """Of a recovery code in letters and digits, as kept: as many bits as it has itself."""
    digest = hashlib.sha256(code.encode()).digest()[:_CODE_BYTES]
    return base64.b32encode(digest).decode()


def draw_qr_code(device: TOTPDevice) -> bytes:
    """What a telephone reads off the screen, as SVG."""
    written = BytesIO()
    code = segno.make(device.config_url, micro=False)
    code.save(written, kind="svg", scale=5, light="white", svgclass=None, lineclass=None)
    return written.getvalue()


def format_secret(device: TOTPDevice) -> str:
    """The same for those who type it: Base32 in fours."""
    return " ".join(_in_fours(base64.b32encode(device.bin_key).decode().rstrip("=")))


def _in_fours(letters: str) -> list[str]:
    return [letters[at : at + _SHOWN] for at in range(0, len(letters), _SHOWN)]
