"""Appearances: a speaker at a conference."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.base import Whole
from archive.models.speakers import Speaker


class Appearance(Whole):
    """A speaker at a conference, in the role held that day (国务委员兼外交部长)."""

    conference = models.ForeignKey("Conference", models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="appearances")
    role = models.CharField(_("role"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "speaker"], name="appears_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} ({self.role})" if self.role else str(self.speaker)
