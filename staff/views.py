"""The second step of a log-in: setting a telephone up, and giving its digits."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_otp.plugins.otp_totp.models import TOTPDevice

from staff.devices import (
    draw_qr_code,
    find_device,
    format_secret,
    is_verified,
    prepare_device,
    verify_digits,
)
from staff.forms import DigitsForm


@never_cache
@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def token(request: HttpRequest) -> HttpResponse:
    """The page between password and admin, for those who have a device."""
    ahead = _address_after(request)
    known = find_device(_user(request))
    if known is None or is_verified(request.user):
        return redirect(ahead)
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _accepted(request, known, form):
        return redirect(ahead)
    return _page(request, "token", {"title": _("Second step"), "form": form})


@never_cache
@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """Sets a device up, or takes it away."""
    user = _user(request)
    known = find_device(user)
    if known and not is_verified(user):
        return redirect("staff:token")
    if known:
        return _remove(request, known)
    ahead = _address_after(request)
    fresh = prepare_device(user)
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _accepted(request, fresh, form):
        messages.success(request, _("From now on the telephone's digits are asked for."))
        return redirect(ahead)
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


def _accepted(request: HttpRequest, known: TOTPDevice, form: DigitsForm) -> bool:
    """Whether the digits are right; if not, `form` says what is wrong with them."""
    allowed, _why = known.verify_is_allowed()
    if not allowed:
        form.add_error("digits", _("Too many wrong digits. Wait a little, then try again."))
        return False
    if verify_digits(request, known, form.cleaned_data["digits"]):
        return True
    form.add_error("digits", _("These are not the digits of now. Is the telephone's clock right?"))
    return False


def _remove(request: HttpRequest, known: TOTPDevice) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "device_known", {"title": _("Log-in in two steps")})
    known.delete()
    messages.success(request, _("The telephone is forgotten."))
    return redirect("staff:device")


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    everywhere = admin.site.each_context(request)
    return render(request, f"admin/staff/{name}.html", everywhere | context)
