"""Error reports of readers, as a queue: the open ones first."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.bases import ModelAdmin, NeverAdded
from archive.models import ErrorReport, Exchange

_OPEN = ErrorReport.State.OPEN


@admin.register(ErrorReport)
class ErrorReportAdmin(NeverAdded, ModelAdmin[ErrorReport]):
    list_display = ["created_at", "place", "message_beginning", "state", "doors"]
    list_display_links = ["created_at", "message_beginning"]
    list_filter = ["state", ("contact", admin.EmptyFieldListFilter)]
    list_select_related = ["conference", "handled_by"]
    search_fields = ["message", "quote", "note", "conference__slug", "conference__title"]
    date_hierarchy = "created_at"
    show_facets = admin.ShowFacets.ALWAYS
    ordering = [Case(When(state=_OPEN, then=Value(0)), default=Value(1)), "-created_at"]
    actions = ["corrected", "declined"]

    class Media:
        css = {"all": ["desk/publishing.css"]}

    _reported = ("place", "doors", "message", "quote", "contact", "created_at")
    fields = [*_reported, "state", "note", "handled_by", "handled_at"]
    readonly_fields = [*_reported, "handled_by", "handled_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ErrorReport]:
        """Each with `exchange_pk`, None for an exchange that is gone."""
        exchanges = Exchange.objects.filter(conference=OuterRef("conference"), ref=OuterRef("ref"))
        found = Subquery(exchanges.order_by().values("pk")[:1])
        return super().get_queryset(request).annotate(exchange_pk=found)

    @admin.display(description=_("exchange"), ordering="conference__slug")
    def place(self, report: ErrorReport) -> str:
        return f"{report.conference.slug} #{report.ref}"

    @admin.display(description=_("what is wrong"), ordering="message")
    def message_beginning(self, report: ErrorReport) -> str:
        return report.message if len(report.message) <= 60 else f"{report.message[:60]}…"

    @admin.display(description=_("pages"))
    def doors(self, report: ErrorReport) -> str:
        """To the place on the review page, and to where the reader was."""
        links = []
        pk = getattr(report, "exchange_pk", None)
        if pk is not None:
            links.append((reverse("admin:archive_exchange_review", args=[pk]), _("Review")))
        if report.conference.is_published:
            url = reverse("archive:exchange", args=[report.conference.slug, report.ref])
            links.append((url, _("Public page")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:  # noqa: FBT001 Django's signature
        if "state" in form.changed_data:
            _handle(obj, obj.state, request)
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Mark as corrected"), permissions=["change"])
    def corrected(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        self._mark(request, queryset, ErrorReport.State.CORRECTED)

    @admin.action(description=_("Mark as declined"), permissions=["change"])
    def declined(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        self._mark(request, queryset, ErrorReport.State.DECLINED)

    def _mark(
        self, request: HttpRequest, queryset: QuerySet[ErrorReport], state: ErrorReport.State
    ) -> None:
        """One by one, so that each is recorded with who did it."""
        count = 0
        for report in queryset.exclude(state=state):
            _handle(report, state, request)
            report.save(update_fields=["state", "handled_by", "handled_at"])
            count += 1
        text = ngettext("%(count)d report marked.", "%(count)d reports marked.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


def _handle(report: ErrorReport, state: str, request: HttpRequest) -> None:
    """An open report was handled by nobody (any more)."""
    report.state = state
    report.handled_by_id = None if state == _OPEN else request.user.pk
    report.handled_at = None if state == _OPEN else timezone.now()
