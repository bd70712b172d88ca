"""Forms sent when the session had ended: carried through the log-in for an hour and shown again,
never acted on.

Signed, and held by the browser, until somebody is logged in: who is not takes no room here. Then it
is in the session. Passwords and digits are left out; files cannot be put into a form by anybody but
the person.
"""

import re
import time
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

KEPT = 60 * 60  # seconds
LARGEST = 1_000_000  # bytes in all; a turn of the longest conference has 200,000 characters
FIELD = "carried"  # of the log-in form
_SESSION = "carried_form"
_SECRET = re.compile(r"csrf|password|digits|recovery", re.IGNORECASE)
_signer = signing.TimestampSigner(salt="staff.carried")


@dataclass(frozen=True, slots=True)
class CarriedForm:
    """The fields of one form that was sent by nobody who was known."""

    path: str  # with its query: where the form is shown
    fields: list[tuple[str, str]]  # in their order, a name as often as it was sent
    files: list[str] = field(default_factory=list)  # names
    sent_at: float = field(default_factory=time.time)  # seconds since 1970

    @classmethod
    def of_request(cls, request: HttpRequest) -> "CarriedForm":
        sent = [(name, text) for name, texts in request.POST.lists() for text in texts]
        names = [file.name or "" for _name, files in request.FILES.lists() for file in files]
        kept = [(name, text) for name, text in sent if not _SECRET.search(name)]
        return cls(request.get_full_path(), kept, names)

    @property
    def size(self) -> int:
        """Bytes."""
        texts = (text for pair in self.fields for text in pair)
        return sum(len(text.encode("utf-8", "replace")) for text in (*texts, *self.files))


def ask_to_log_in(request: HttpRequest, sent: CarriedForm) -> HttpResponse:
    """The log-in page for a form that came without a session, which it carries. Status 403."""
    fits = sent.size <= LARGEST
    context = {
        **admin.site.each_context(request),
        "title": _("Log in"),
        "app_path": reverse("admin:login"),
        "next": sent.path,
        "form": AdminAuthenticationForm(request),
        "interrupted": True,
        "carried": _signer.sign_object(asdict(sent), compress=True) if fits else "",
        "files": sent.files,
    }
    response = render(request, "admin/login.html", context, status=403)
    add_never_cache_headers(response)
    return response


def keep(request: HttpRequest, **_kwargs: Any) -> None:
    """Into the session of who just logged in, what the log-in form carried. A receiver of
    user_logged_in."""
    signed = request.POST.get(FIELD, "")
    if not signed:
        return
    try:
        request.session[_SESSION] = _signer.unsign_object(signed, max_age=KEPT)
    except signing.BadSignature:
        return  # not ours, or older than an hour, as the page has said


def find(request: HttpRequest) -> CarriedForm | None:
    """What waits for the page that is asked for; None for nothing."""
    row = request.session.get(_SESSION)
    if row is None or row["path"] != request.get_full_path():
        return None
    if time.time() - row["sent_at"] > KEPT:
        forget(request)
        return None
    return CarriedForm(**{**row, "fields": [(name, text) for name, text in row["fields"]]})


def forget(request: HttpRequest) -> None:
    request.session.pop(_SESSION, None)
