"""Publishing now or later, withdrawing, and looking at what is not public."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from archive.admin.access import PUBLISH, render_admin, require_permission
from archive.editing import publication
from archive.editing.publication import NotPossible
from archive.editing.publishing_right import ReasonWanted
from archive.models import Conference
from archive.views.conferences import conference_page


class PublishForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Note for the change log"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public. May stay empty."),
    )


class PublishAgainForm(forms.Form):
    """Of what was withdrawn: the page that says so is public, and so is why it goes."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public: readers see in the change log why it is there again."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Public: it stands on the page that stays, and in the change log."),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Withdraw it: nobody but editors shall read it any more"),
        label_suffix="",
    )


class ScheduleForm(forms.Form):
    when = forms.DateTimeField(
        label=gettext_lazy("To be published at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )

    def clean_when(self) -> dt.datetime:
        when: dt.datetime = self.cleaned_data["when"]
        if when <= timezone.now():
            raise forms.ValidationError(_("That time is over. Choose one to come."))
        return when


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft, or again what was withdrawn."""
    user, conference = _opened(request, pk)
    kind = PublishForm if conference.is_draft else PublishAgainForm
    form = kind(request.POST if request.method == "POST" else None)
    if conference.is_published:
        return _back(request, conference, _("It is public already."), messages.INFO)
    if not form.is_valid():
        title = _("Publish again") if conference.withdrawn_because else _("Publish")
        return _page(request, "publish", conference, form, title=title)
    reason = form.cleaned_data["reason"].strip()
    try:
        publication.publish(conference, user=user, reason=reason)
    except ReasonWanted as error:  # somebody withdrew it just now
        return _back(request, conference, str(error), messages.ERROR)
    return _back(request, conference, _("The conference is public now."))


@require_http_methods(["GET", "HEAD", "POST"])
def schedule_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the time at which a draft is published, or take it back."""
    user, conference = _opened(request, pk)
    if request.method == "POST" and "unschedule" in request.POST:
        publication.unschedule(conference, user=user)
        return _back(request, conference, _("It stays a draft until somebody publishes it."))
    initial = {"when": conference.publish_at}
    form = ScheduleForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return _page(request, "schedule", conference, form, title=_("Publish later"))
    try:
        publication.schedule(conference, form.cleaned_data["when"], user=user)
    except NotPossible:
        return _back(request, conference, _("Only a draft can be scheduled."), messages.ERROR)
    when = timezone.localtime(conference.publish_at)
    text = _("It will be published at %(when)s (%(zone)s).")
    zone = timezone.get_current_timezone_name()
    return _back(request, conference, text % {"when": f"{when:%Y-%m-%d %H:%M}", "zone": zone})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a public conference, for a reason that is confirmed."""
    user, conference = _opened(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, "withdraw", conference, form, title=_("Withdraw"))
    try:
        publication.withdraw(conference, user=user, reason=form.cleaned_data["reason"])
    except NotPossible:
        text = _("A draft was never public, so there is nothing to withdraw.")
        return _back(request, conference, text, messages.ERROR)
    return _back(request, conference, _("The conference is withdrawn. Its page says so."))


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """A conference as its public page would show it, for editors only."""
    require_permission(request, "archive.view_conference")
    conference = get_object_or_404(Conference.objects.with_speakers(), pk=pk)
    response = conference_page(request, conference, "archive/preview.html")
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _opened(request: HttpRequest, pk: int) -> tuple[User, Conference]:
    """Who asks, and for which conference. Raises PermissionDenied, Http404. One query."""
    return require_permission(request, PUBLISH), get_object_or_404(Conference, pk=pk)


def _page(
    request: HttpRequest, name: str, conference: Conference, form: forms.Form, **more: Any
) -> HttpResponse:
    context = {
        "original": conference,
        "form": form,
        "zone": timezone.get_current_timezone_name(),
        **more,
    }
    return render_admin(request, f"conference/{name}", Conference, context)


def _back(
    request: HttpRequest, conference: Conference, text: str, level: int = messages.SUCCESS
) -> HttpResponse:
    messages.add_message(request, level, text)
    return redirect("admin:archive_conference_change", conference.pk)
