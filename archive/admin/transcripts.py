"""Transcripts: to be read and downloaded, never edited."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from archive.admin.bases import ModelAdmin, NeverAdded, NeverChanged
from archive.admin.pending_changes import pending_changes_page
from archive.admin.review.page import review
from archive.admin.uploads import discard_waiting, restore_discarded, upload
from archive.models import Transcript
from archive.views.downloads import SANDBOX, download


@admin.register(Transcript)
class TranscriptAdmin(NeverAdded, NeverChanged, ModelAdmin[Transcript]):
    """They come in by upload, where they are read and checked; a corrected file supersedes one."""

    list_display = ["shown_name", "conference", "size", "convention", "uploaded_by", "created_at"]
    list_filter = ["convention", "encoding", "media_type"]
    list_select_related = ["conference", "uploaded_by"]
    search_fields = ["filename", "sha256", "conference__slug", "conference__title"]
    date_hierarchy = "created_at"
    exclude = ["content", "filename"]
    readonly_fields = ["shown_name", "download_link"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transcript]:
        return super().get_queryset(request).defer("content")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Transcript], search_term: str
    ) -> tuple[QuerySet[Transcript], bool]:
        """Found in an index, for in SQLite the rows have the bytes of the files in them."""
        rows = Transcript.objects.order_by()
        found, _repeated = super().get_search_results(request, rows, search_term)
        return queryset.filter(pk__in=found.values("pk")) if search_term else queryset, False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("upload/", view(upload), name="archive_transcript_upload"),
            path("<int:pk>/discard/", view(discard_waiting), name="archive_transcript_discard"),
            path("<int:pk>/restore/", view(restore_discarded), name="archive_transcript_restore"),
            path(
                "<int:pk>/difference/",
                view(pending_changes_page),
                name="archive_transcript_difference",
            ),
            path("<int:pk>/review/", view(review), name="archive_transcript_review"),
            path("<int:pk>/download/", view(self.download), name="archive_transcript_download"),
        ]
        return own + super().get_urls()

    @admin.display(description=_("file name"), ordering="filename")
    def shown_name(self, transcript: Transcript) -> str:
        return transcript.name

    @admin.display(description=_("original file"))
    def download_link(self, transcript: Transcript) -> str:
        url = reverse("admin:archive_transcript_download", args=[transcript.pk])
        return format_html('<a href="{}">{}</a>', url, transcript.name)

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, as an attachment no browser will try to show."""
        transcript = get_object_or_404(Transcript, pk=pk)
        if not self.has_view_permission(request, transcript):
            raise PermissionDenied
        content, kind = bytes(transcript.content), "application/octet-stream"
        return download(content, transcript.name, kind, SANDBOX)
