"""Transcripts, the files as uploaded."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.conferences import Conference


def sha256_of(content: bytes) -> str:
    """The SHA-256 of `content`, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    def of_bytes(self, content: bytes) -> "Transcript | None":
        """The transcript that holds exactly `content`; None when it is new. One query."""
        return self.filter(sha256=sha256_of(content)).first()


class Transcript(models.Model):
    """A file as uploaded, byte for byte. `content` is never changed; the newest is current."""

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="transcripts", verbose_name=_("conference")
    )
    filename = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    encoding = models.CharField(_("encoding"), max_length=32)
    convention = models.CharField(_("convention"), max_length=64)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    supersedes = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )

    objects = TranscriptQuerySet.as_manager()

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["-id"]
        get_latest_by = "id"

    def __str__(self) -> str:
        return f"{self.filename} ({self.sha256[:12]})"
