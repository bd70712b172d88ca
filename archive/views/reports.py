"""Error reports of readers about an exchange. No cookie is set or read, and nothing of the reader
is kept but what he writes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.models import Conference, ErrorReport, Exchange, MovedAddress
from archive.views.redirects import follow_moves, redirect_gone_exchange

_TRUSTED = {"same-origin", "none"}  # what a browser says of a page of ours, and of its own bar


class ReportForm(forms.Form):
    """What is wrong. The last field is hidden: who fills it in is no person."""

    quote = forms.CharField(
        label=_("The words in question"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    message = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = forms.EmailField(
        label=_("E-mail address, if we may ask"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Empty this field, or your report is taken for spam."))
        return ""


# Whoever limits how often somebody may write does so around this view; all reports come this way.
# csrf_exempt: there is no session a stranger's page could ride on, and its token would be a cookie.
# That a page of another site sends the form on its own is told by what browsers say of its origin.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@follow_moves(MovedAddress.Kind.CONFERENCE)
def report(request: HttpRequest, slug: str, ref: int) -> HttpResponse:
    """The form, and what it sends. Two queries to show it."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    exchange = conference.exchanges.select_related("outlet").filter(ref=ref).first()
    if exchange is None:
        return redirect_gone_exchange(conference, ref, conference.get_absolute_url())
    exchange.conference = conference
    form = ReportForm(request.POST or None, use_required_attribute=True)
    foreign = request.method == "POST" and not _is_from_here(request)
    if form.is_valid() and not foreign:
        _save_report(exchange, form)
        return redirect("archive:report_sent", slug=slug, ref=ref)
    context = {"conference": conference, "exchange": exchange, "form": form, "foreign": foreign}
    status = 403 if foreign else 400 if request.method == "POST" else 200
    return render(request, "archive/report.html", context, status=status)


@follow_moves(MovedAddress.Kind.CONFERENCE)
def report_sent(request: HttpRequest, slug: str, ref: int) -> HttpResponse:
    """Thanks. One query."""
    conference = get_object_or_404(Conference.objects.published(), slug=slug)
    return render(request, "archive/report_sent.html", {"conference": conference, "ref": ref})


def _save_report(exchange: Exchange, form: ReportForm) -> None:
    """Once, however often the same words are sent while the report is open."""
    given = {name: form.cleaned_data[name] for name in ("quote", "message", "contact")}
    ErrorReport.objects.get_or_create(
        conference=exchange.conference,
        ref=exchange.ref,
        state=ErrorReport.State.OPEN,
        **given,
    )


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent by a page of ours, as far as the browser says.

    What is no browser says nothing, and deceives nobody: it could say anything.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _TRUSTED
    origin = request.headers.get("Origin")
    # Behind a server that speaks HTTPS for us the schemes differ.
    ours = {f"{scheme}://{request.get_host()}" for scheme in ("http", "https")}
    return origin is None or origin in ours
