"""Conferences with their speakers, and exchanges with their answers."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Field, QuerySet, URLField
from django.forms import Field as FormField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.bases import ModelAdmin, StackedInline, TabularInline
from archive.models import Answer, Appearance, Conference, Exchange


class AppearanceInline(TabularInline[Appearance, Conference]):
    model = Appearance
    autocomplete_fields = ["speaker"]
    extra = 0


@admin.register(Conference)
class ConferenceAdmin(ModelAdmin[Conference]):
    list_display = ["date", "title", "institution", "status", "question_count", "slug"]
    list_display_links = ["date", "title"]
    list_filter = ["status", "language", "institution"]
    search_fields = ["title", "headline", "slug", "institution", "occasion", "speakers__name"]
    date_hierarchy = "date"
    inlines = [AppearanceInline]
    actions = ["publish"]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    readonly_fields = ["exchange_list", "created_at", "updated_at"]

    def formfield_for_dbfield(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        """A title may be long, but it is no essay."""
        if db_field.name in {"title", "headline"}:
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 2})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conference]:
        return Conference.objects.with_counts()

    def view_on_site(self, conference: Conference) -> str | None:
        """The public page; None while there is none."""
        return conference.get_absolute_url() if conference.is_published else None

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, conference: Conference) -> int:
        count: int = getattr(conference, "question_count", 0)
        return count

    @admin.display(description=_("exchanges"))
    def exchange_list(self, conference: Conference) -> str:
        """A link to the exchanges, which are too many for this page."""
        if conference.pk is None:
            return "–"
        url = reverse("admin:archive_exchange_changelist")
        count = conference.exchanges.count()
        text = ngettext("%(count)d exchange", "%(count)d exchanges", count) % {"count": count}
        return format_html('<a href="{}?conference__id__exact={}">{}</a>', url, conference.pk, text)

    @admin.action(description=_("Publish the selected conferences"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Conference]) -> None:
        count = self._set_status(request, queryset, Conference.Status.PUBLISHED)
        text = ngettext(
            "%(count)d conference published.", "%(count)d conferences published.", count
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    def _set_status(
        self, request: HttpRequest, queryset: QuerySet[Conference], status: Conference.Status
    ) -> int:
        """Saved one by one: queryset.update() sends no signal, and the index would not hear."""
        changed = 0
        for conference in queryset.exclude(status=status):
            conference.status = status
            conference.save(update_fields=["status", "updated_at"])
            self.log_change(request, conference, [{"changed": {"fields": ["status"]}}])
            changed += 1
        return changed


class AnswerInline(StackedInline[Answer, Exchange]):
    model = Answer
    autocomplete_fields = ["speaker"]
    extra = 0


@admin.register(Exchange)
class ExchangeAdmin(ModelAdmin[Exchange]):
    list_display = ["where", "kind", "outlet", "asked_by", "beginning"]
    list_filter = ["kind", "conference__status"]
    list_select_related = ["conference", "outlet"]
    search_fields = ["question", "asked_by", "reporter", "conference__slug", "conference__title"]
    date_hierarchy = "conference__date"
    autocomplete_fields = ["conference", "outlet", "follows"]
    inlines = [AnswerInline]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The conference's page links here with its own id."""
        return lookup == "conference__id__exact" or super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Exchange | None = None) -> list[str]:
        """`ref` is given, never chosen, and given by one conference: it cannot move to another."""
        return ["ref"] if obj is None else ["ref", "conference"]

    def view_on_site(self, exchange: Exchange) -> str | None:
        """The public page; None while there is none."""
        return exchange.get_absolute_url() if exchange.conference.is_published else None

    @admin.display(description=_("exchange"), ordering="conference__slug")
    def where(self, exchange: Exchange) -> str:
        return str(exchange)

    @admin.display(description=_("question"))
    def beginning(self, exchange: Exchange) -> str:
        return exchange.question[:40]

    def save_model(self, request: HttpRequest, obj: Exchange, form: Any, change: bool) -> None:  # noqa: FBT001 Django's signature
        if not change:
            # Locked, so that two editors are not given one number. The admin's own transaction.
            conference = Conference.objects.select_for_update().get(pk=obj.conference_id)
            conference.refs_given += 1
            conference.save(update_fields=["refs_given"])
            obj.ref = conference.refs_given
        super().save_model(request, obj, form, change)
