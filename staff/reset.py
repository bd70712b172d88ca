"""A forgotten password, replaced by whoever reads the account's e-mail.

The answer is the same, and as quick, whether an account has the address or not: mails are sent by a
thread of their own. The second step and a lock are as they were.
"""

import logging
import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache as kept
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy

_MAILS_AN_HOUR = 5  # to one account, in each process

logger = logging.getLogger(__name__)


class ResetForm(PasswordResetForm):
    """The e-mail address of an account."""

    def get_users(self, email: str) -> Iterator[User]:
        """Of staff, and each so often only, from wherever it is asked."""
        for user in super().get_users(email):
            key = f"reset-mails:{user.pk}"
            cache.add(key, 0, timeout=60 * 60)
            if user.is_staff and cache.incr(key) <= _MAILS_AN_HOUR:
                yield user

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Have it sent soon. What was written is ready; nothing of the request is needed then."""
        path = reverse("staff:reset_confirm", args=[context["uid"], context["token"]])
        context["address"] = f"{context['protocol']}://{context['domain']}{path}"
        context["name"] = context["user"].get_username()
        subject = render_to_string(subject_template_name, context).strip()
        text = render_to_string(email_template_name, context)
        _sender().submit(_send, EmailMessage(subject, text, from_email, [to_email]))


@kept
def _sender() -> ThreadPoolExecutor:
    """One thread; made when first asked for, since gunicorn forks after it has loaded us."""
    return ThreadPoolExecutor(1, thread_name_prefix="mail")


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (OSError, smtplib.SMTPException):
        # Who asked is told nothing, or the answer would say whether there is such an account.
        logger.exception("A mail could not be sent. See DAWEN_SMTP_HOST and its companions.")


class _Page:
    """A page within the admin's frame, which is there where this site sends mail."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.EMAIL_HOST:
            raise Http404("This site sends no mail.")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        everywhere = admin.site.each_context(self.request)  # type: ignore[attr-defined]
        return {**everywhere, "is_nav_sidebar_enabled": False, **context}


class ResetView(_Page, views.PasswordResetView):
    form_class = ResetForm
    email_template_name = "staff/password_reset_mail.txt"
    subject_template_name = "staff/password_reset_subject.txt"
    success_url = reverse_lazy("staff:reset_sent")


class SentView(_Page, views.PasswordResetDoneView):
    pass


class NewPasswordView(_Page, views.PasswordResetConfirmView):
    success_url = reverse_lazy("staff:reset_done")


class DoneView(_Page, views.PasswordResetCompleteView):
    pass
