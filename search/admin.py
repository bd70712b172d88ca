"""The index queue, to look at: what is saved and not yet found, or cannot be."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from search.models import IndexTask

if TYPE_CHECKING:
    TaskAdmin = admin.ModelAdmin[IndexTask]
else:
    TaskAdmin = admin.ModelAdmin


@admin.register(IndexTask)
class IndexTaskAdmin(TaskAdmin):
    list_display = ["id", "conference_id", "created_at", "failed_at", "error"]
    list_filter = [("failed_at", admin.EmptyFieldListFilter)]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
