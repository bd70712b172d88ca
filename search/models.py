"""The index queue: which conferences the index has yet to look at; and what was sought in vain."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexTask(models.Model):
    """A conference whose documents in the index are to be made anew from the database.

    Written in the transaction that changes the conference, removed when the index has it; done in
    the order of `id`, so a clock set back loses nothing. No foreign key: a deleted conference
    still has to leave the index.
    """

    conference_id = models.BigIntegerField(_("conference"), db_index=True)
    created_at = models.DateTimeField(_("queued at"), auto_now_add=True)

    class Meta:
        verbose_name = _("index task")
        verbose_name_plural = _("index tasks")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"conference {self.conference_id}"


class EmptySearchQuerySet(models.QuerySet["EmptySearch"]):
    def since(self, moment: dt.datetime) -> "EmptySearchQuerySet":
        return self.filter(last_at__gte=moment)


class EmptySearch(models.Model):
    """A query that found nothing: how often and when last, and never who asked."""

    folded = models.CharField(_("query"), max_length=100, unique=True)
    count = models.PositiveIntegerField(_("times"), default=1)
    last_at = models.DateTimeField(_("last time"), db_index=True)

    objects = EmptySearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        ordering = ["-last_at"]

    def __str__(self) -> str:
        return self.folded
