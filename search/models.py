"""The index queue: which conferences the index has yet to look at; and what was sought in vain."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

# Asked with every search, so written out: archive/http_cache/state.py says why.
_CHANGED = """
    SELECT DISTINCT task.conference_id, conference.id IS NOT NULL
    FROM search_indextask AS task
    LEFT JOIN archive_conference AS conference
        ON conference.id = task.conference_id AND conference.status = 'published'
    WHERE task.error = ''
"""


class IndexTaskQuerySet(models.QuerySet["IndexTask"]):
    def waiting(self) -> "IndexTaskQuerySet":
        """Those that the next drain does, in order of `id`."""
        return self.filter(error="")

    def set_aside(self) -> "IndexTaskQuerySet":
        """Those that could not be done, each with its error; the others did not wait for them."""
        return self.exclude(error="")


class IndexTask(models.Model):
    """A conference whose documents in the index are to be made anew from the database.

    Written in the transaction that changes the conference, removed when the index has it; done in
    the order of `id`, so a clock set back loses nothing. No foreign key: a deleted conference
    still has to leave the index. One that cannot be done is set aside with its error, until the
    conference is changed or `manage.py index --retry`.
    """

    conference_id = models.BigIntegerField(_("conference"), db_index=True)
    created_at = models.DateTimeField(_("queued at"), auto_now_add=True)
    error = models.TextField(_("error"), blank=True, editable=False)
    failed_at = models.DateTimeField(_("failed at"), null=True, editable=False)

    objects = IndexTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("index task")
        verbose_name_plural = _("index tasks")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"conference {self.conference_id}"


def changed_since_indexed() -> tuple[list[int], list[int]]:
    """What the index does not know yet: conferences that changed, and those of them that are
    no longer public. One query, for a drain between two would hide what is public."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED)
        known = dict(cursor.fetchall())
    return list(known), [pk for pk, public in known.items() if not public]


class EmptySearch(models.Model):
    """A query that found nothing: how often and when last, and never who asked."""

    folded = models.CharField(_("query"), max_length=100, unique=True)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_at = models.DateTimeField(_("last time"), db_index=True)

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ["-last_at"]

    def __str__(self) -> str:
        return self.folded
