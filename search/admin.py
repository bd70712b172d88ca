"""The index queue, to look at: what is not yet found, or cannot be; and what was sought in vain."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from search.models import EmptySearch, IndexTask

if TYPE_CHECKING:
    TaskAdmin = admin.ModelAdmin[IndexTask]
    SearchAdmin = admin.ModelAdmin[EmptySearch]
else:
    TaskAdmin = SearchAdmin = admin.ModelAdmin


class _Written:
    """What the program writes itself: to be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(IndexTask)
class IndexTaskAdmin(_Written, TaskAdmin):
    list_display = ["id", "conference_id", "created_at", "failed_at", "error"]
    list_filter = [("failed_at", admin.EmptyFieldListFilter)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(EmptySearch)
class EmptySearchAdmin(_Written, SearchAdmin):
    """What readers sought in vain: to be looked at, and removed where it is nonsense."""

    list_display = ["folded", "count", "last_at"]
    search_fields = ["folded"]
    ordering = ["-count", "-last_at"]
