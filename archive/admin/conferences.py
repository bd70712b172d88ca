"""Conferences with their speakers, and exchanges with their answers: what an editor looks up.

What a file says is put right on the review page of the file, never here.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.admin.access import PUBLISH
from archive.admin.bases import ModelAdmin, NeverAdded, ReadOnly, StackedInline
from archive.admin.filters import ChoiceFilter, ScheduledFilter, ValueFilter
from archive.admin.name_changes import tell_done
from archive.admin.name_forms import AddressForm
from archive.admin.publication import preview, publish_page, schedule_page, withdraw_page
from archive.admin.review.anchors import review_of_exchange
from archive.admin.tables import may_look, table_of
from archive.editing import publication
from archive.editing.discards import count_corrections, delete_draft
from archive.editing.names.changes import carry_out
from archive.editing.publication import NotPossible
from archive.links import link
from archive.models import Answer, Conference, Exchange, Transcript
from archive.models.exchanges import question_count
from archive.parsing.facts import FACTS

_THERE = ("speaker", "role")
_SEEN = ("number", "event", "made_at", "made_by", "reason", "sha256")


# Each with `current`, the transcript it is made from. Put together once: a page asks four times.
_LISTED = Conference.objects.annotate(
    question_count=question_count(),
    current=Subquery(
        Transcript.objects.applied().filter(conference=OuterRef("pk")).values("pk")[:1]
    ),
)


@admin.register(Conference)
class ConferenceAdmin(NeverAdded, ModelAdmin[Conference]):
    list_display = ["date", "title", "institution", "state", "question_count", "doors"]
    list_display_links = ["date", "title"]
    list_filter = [
        ("status", ChoiceFilter),
        ScheduledFilter,
        ("language", ValueFilter),
        ("institution", ValueFilter),
    ]
    search_fields = ["title", "headline", "slug", "institution", "occasion", "speakers__name"]
    date_hierarchy = "date"
    show_facets = admin.ShowFacets.ALWAYS
    actions = ["publish"]
    readonly_fields = ["state", "withdrawn_because", *FACTS, "exchange_list", "updated_at"]
    form: Any = AddressForm

    class Media:
        css = {"all": ["desk/publishing.css"]}

    def get_fields(self, request: HttpRequest, obj: Conference | None = None) -> list[Any]:
        fields = ["slug", "reason", *self.readonly_fields]
        if obj is None or obj.status != Conference.Status.WITHDRAWN:
            fields.remove("withdrawn_because")
        return fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conference]:
        return _LISTED.all()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With who was there, and what readers have seen."""
        conference = context["original"]
        found = [
            (conference.appearances.select_related("speaker"), _THERE),
            (conference.revisions.select_related("made_by").defer("packed"), _SEEN),
        ]
        context["tables"] = [
            table_of(rows, names) for rows, names in found if may_look(request, rows.model)
        ]
        response = super().render_change_form(request, context, *args, **kwargs)
        if context["adminform"].form.is_refused:
            response.status_code = 403
        return response

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        made: Any = super().get_form(request, *args, **kwargs)  # a class of this request
        made.user = request.user if isinstance(request.user, User) else None
        return made

    def save_model(self, request: HttpRequest, obj: Conference, form: Any, change: bool) -> None:  # noqa: FBT001 Django's signature
        """The address alone can be changed here, and is an event of its own."""
        wanted = form.wanted()
        if wanted is not None:
            done = carry_out(wanted, user=form.user, reason=form.cleaned_data["reason"])
            tell_done(request, done)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = {
            "preview": preview,
            "publish": publish_page,
            "schedule": schedule_page,
            "withdraw": withdraw_page,
        }
        own = [
            path(f"<int:pk>/{name}/", view(page), name=f"archive_conference_{name}")
            for name, page in pages.items()
        ]
        return own + super().get_urls()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What was public leaves a page that says so: it is withdrawn, not deleted."""
        if isinstance(obj, Conference) and (not obj.is_draft or obj.revisions.exists()):
            return False
        return super().has_delete_permission(request)

    def get_deleted_objects(
        self, objs: Sequence[Conference] | QuerySet[Conference], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[Any], list[Any]]:
        """What goes with a draft, told by name. Django would ask for the right to delete each
        exchange, which nobody has: one by one they belong to their file."""
        kept = [one for one in objs if not self.has_delete_permission(request, one)]
        # What may not be deleted stands in the place of the right that would be wanted.
        return [_what_goes(one) for one in objs], {}, {str(one) for one in kept}, []

    def delete_model(self, request: HttpRequest, obj: Conference) -> None:
        try:
            delete_draft(obj)
        except NotPossible as error:  # published just now
            raise PermissionDenied from error

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Conference]) -> None:
        for one in queryset:
            self.delete_model(request, one)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PUBLISH)

    def view_on_site(self, conference: Conference) -> str | None:
        """The public page; None while there is none."""
        return None if conference.is_draft else conference.get_absolute_url()

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, conference: Conference) -> int:
        count: int = getattr(conference, "question_count", 0)
        return count

    @admin.display(description=_("state"), ordering="status")
    def state(self, conference: Conference) -> str:
        if conference.publish_at is None:
            return str(Conference.Status(conference.status).label)
        when = localtime(conference.publish_at)
        return _("draft, to be published %(when)s") % {"when": f"{when:%Y-%m-%d %H:%M}"}

    @admin.display(description=_("pages"))
    def doors(self, conference: Conference) -> str:
        """Links to what can be done with it."""
        current = getattr(conference, "current", None)
        review = link("admin:archive_transcript_review", current) if current else ""
        here = link("admin:archive_conference_preview", conference.pk)
        links = [(review, _("Review")), (here, _("Preview"))]
        if conference.is_published:
            links[1] = (conference.get_absolute_url(), _("Public page"))
        return format_html_join(" · ", '<a href="{}">{}</a>', (one for one in links if one[0]))

    @admin.display(description=_("exchanges"))
    def exchange_list(self, conference: Conference) -> str:
        """A link to the exchanges, which are too many for this page."""
        url = reverse("admin:archive_exchange_changelist")
        count = conference.exchanges.count()
        text = ngettext("%(count)d exchange", "%(count)d exchanges", count) % {"count": count}
        return format_html('<a href="{}?conference__id__exact={}">{}</a>', url, conference.pk, text)

    @admin.action(description=_("Publish the selected conferences"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Conference]) -> None:
        """One by one, each with its revision; one that is withdrawn has a page of its own."""
        drafts = queryset.filter(status=Conference.Status.DRAFT)
        user = request.user if request.user.is_authenticated else None
        count = sum(publication.publish(one, user=user) is not None for one in drafts)
        text = ngettext(
            "%(count)d conference published.", "%(count)d conferences published.", count
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


def _what_goes(conference: Conference) -> list[Any]:
    """A draft and all that is deleted with it, as Django's page lists it. Three queries."""
    count = conference.exchanges.count()
    files = list(conference.transcripts.defer("content"))
    gone = [ngettext("%(count)d exchange", "%(count)d exchanges", count) % {"count": count}]
    gone += [_("File: %(name)s") % {"name": file.filename} for file in files]
    gone += [
        ngettext("%(count)d correction by %(who)s", "%(count)d corrections by %(who)s", n)
        % {"count": n, "who": who}
        for who, n in count_corrections(*files)
    ]
    return [str(conference), gone]


class AnswerInline(ReadOnly, StackedInline[Answer, Exchange]):
    model = Answer


@admin.register(Exchange)
class ExchangeAdmin(ReadOnly, ModelAdmin[Exchange]):
    list_display = ["where", "kind", "outlet", "asked_by", "beginning"]
    list_filter = ["kind", "conference__status"]
    list_select_related = ["conference", "outlet"]
    search_fields = ["question", "asked_by", "reporter", "conference__slug", "conference__title"]
    date_hierarchy = "conference__date"
    # There are many: in the order of an index, for each other order sorts all of them.
    ordering = ["-conference_id", "position"]
    sortable_by = ()
    show_full_result_count = False
    inlines = [AnswerInline]
    readonly_fields = ["review"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """The conference's page links here with its own id."""
        return lookup == "conference__id__exact" or super().lookup_allowed(lookup, value, request)

    def view_on_site(self, exchange: Exchange) -> str | None:
        """The public page; None while there is none."""
        return exchange.get_absolute_url() if exchange.conference.is_published else None

    @admin.display(description=_("exchange"))
    def where(self, exchange: Exchange) -> str:
        return str(exchange)

    @admin.display(description=_("question"))
    def beginning(self, exchange: Exchange) -> str:
        return exchange.question[:40]

    @admin.display(description=_("put right"))
    def review(self, exchange: Exchange) -> str:
        url = reverse("admin:archive_exchange_review", args=[exchange.pk])
        return format_html('<a href="{}">{}</a>', url, _("On the review page"))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(review_of_exchange)
        return [path("<int:pk>/review/", view, name="archive_exchange_review"), *super().get_urls()]
