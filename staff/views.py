"""The second step of a log-in: setting a telephone up, giving its digits, taking it away."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.devices import (
    count_codes,
    draw_qr_code,
    find_codes,
    find_device,
    format_secret,
    is_verified,
    make_codes,
    prepare_device,
    remove_second_step,
    verify_code,
    verify_digits,
)
from staff.forms import DigitsForm, ProofForm, TokenForm


@never_cache
@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def token(request: HttpRequest) -> HttpResponse:
    """The page between password and admin, for those who have a device."""
    ahead = _address_after(request)
    known = find_device(_user(request))
    if known is None or is_verified(request.user):
        return redirect(ahead)
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _proved(request, known, form):
        if form.cleaned_data["recovery"]:
            _tell_left(request)
        return redirect(ahead)
    return _page(request, "token", {"title": _("Second step"), "form": form})


@never_cache
@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Sets a device up; of one that is, takes it away or makes new recovery codes."""
    user = _user(request)
    known = find_device(user)
    if known and not is_verified(user):
        return redirect("staff:token")
    if known:
        return _manage(request, known)
    ahead = _address_after(request)
    fresh = prepare_device(user)
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _accepted(request, fresh, form):
        return _show_codes(request, ahead)
    context = {"title": _("Log-in in two steps"), "form": form, "secret": format_secret(fresh)}
    return _page(request, "device", context)


@never_cache
@staff_member_required
@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The picture for the telephone, until it is set up: later nobody is shown the secret."""
    if find_device(_user(request)):
        raise Http404("The device is set up.")
    return HttpResponse(draw_qr_code(prepare_device(_user(request))), content_type="image/svg+xml")


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _address_after(request: HttpRequest) -> str:
    """What ?next= asks for; the admin when that is nothing safe."""
    wanted = request.GET.get("next", "").strip()
    # No host is allowed, so only a path of this one passes.
    is_safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_safe else reverse("admin:index")


def _manage(request: HttpRequest, known: TOTPDevice) -> HttpResponse:
    """A session that somebody left open is not enough: the device goes, and codes are made anew,
    for who shows again that he may."""
    form = ProofForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _proved(request, known, form):
        if request.POST.get("do") == "codes":
            return _show_codes(request, reverse("admin:index"))
        remove_second_step(_user(request), by=request.user)
        messages.success(request, _("The telephone is forgotten."))
        return redirect("staff:device")
    context = {"title": _("Log-in in two steps"), "form": form, "left": count_codes(known.user)}
    return _page(request, "device_known", context)


def _proved(request: HttpRequest, known: TOTPDevice, form: TokenForm) -> bool:
    """Whether digits, recovery code or password are right; if not, `form` says what is wrong."""
    if form.cleaned_data.get("password"):
        return _is_password(request, form)
    if form.cleaned_data["recovery"]:
        return _is_code(request, form)
    return _accepted(request, known, form)


def _accepted(request: HttpRequest, known: TOTPDevice, form: DigitsForm) -> bool:
    allowed, _why = known.verify_is_allowed()
    if not allowed:
        form.add_error("digits", _("Too many wrong digits. Wait a little, then try again."))
        return False
    if verify_digits(request, known, form.cleaned_data["digits"]):
        return True
    form.add_error("digits", _("These are not the digits of now. Is the telephone's clock right?"))
    return False


def _is_code(request: HttpRequest, form: TokenForm) -> bool:
    codes = find_codes(_user(request))
    if codes is not None and not codes.verify_is_allowed()[0]:
        form.add_error("recovery", _("Too many wrong codes. Wait a little, then try again."))
        return False
    if codes is not None and verify_code(request, codes, form.cleaned_data["recovery"]):
        return True
    form.add_error("recovery", _("This is no recovery code of yours, or it was used already."))
    return False


def _is_password(request: HttpRequest, form: TokenForm) -> bool:
    """Wrong ones count as at the log-in, and lock the account as there."""
    user = _user(request)
    password = form.cleaned_data["password"]
    if authenticate(request, username=user.get_username(), password=password) == user:
        return True
    form.add_error("password", _("This is not your password."))
    return False


def _show_codes(request: HttpRequest, ahead: str) -> HttpResponse:
    """New recovery codes, in the answer itself: no address shows them again."""
    codes = make_codes(_user(request))
    context = {"title": _("Recovery codes"), "codes": codes, "ahead": ahead}
    return _page(request, "recovery_codes", context)


def _tell_left(request: HttpRequest) -> None:
    left = count_codes(_user(request))
    text = ngettext(
        "That recovery code is used up; %(count)d is left.",
        "That recovery code is used up; %(count)d are left.",
        left,
    )
    messages.warning(request, text % {"count": left})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = admin.site.each_context(request)
    return render(request, f"admin/staff/{name}.html", everywhere | context)
