"""The public life of a conference: every state readers have seen, and what they report."""

import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.base import by_user
from archive.models.conferences import Conference
from archive.models.transcripts import Transcript, sha256_of


class Revision(models.Model):
    """One state in which a conference was public, or its withdrawal: when, by whom and why.

    `packed` holds the conference as its JSON export gives it, compressed; it is never changed.
    """

    class Event(models.TextChoices):
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="revisions", verbose_name=_("conference")
    )
    number = models.PositiveIntegerField(_("number"))
    event = models.CharField(_("event"), max_length=16, choices=Event)
    transcript = models.ForeignKey(
        Transcript, models.PROTECT, related_name="revisions", verbose_name=_("transcript")
    )
    corrections = models.PositiveIntegerField(
        _("corrections"), default=0, help_text=_("How many of the transcript's were applied.")
    )
    packed = models.BinaryField(editable=False)
    sha256 = models.CharField("SHA-256", max_length=64)
    export_format = models.PositiveSmallIntegerField(
        _("export format"), default=1, help_text=_("The number of the format it is written in.")
    )
    # Of versions that were made while names changed without a new one, nobody knows why the names
    # are others by now: verify_archive compares all the rest.
    names_kept = models.BooleanField(default=True, editable=False)
    name_change = models.ForeignKey(
        "NameChange",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revisions",
        verbose_name=_("change of a name"),
    )
    reason = models.TextField(_("reason"), blank=True)
    made_by = by_user(_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["conference", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.conference.slug} v{self.number}"

    @property
    def content(self) -> bytes:
        """The JSON export, UTF-8, of which `sha256` is the checksum."""
        return zlib.decompress(self.packed)

    @content.setter
    def content(self, exported: bytes) -> None:
        self.packed = zlib.compress(exported, 9)
        self.sha256 = sha256_of(exported)


class KeptDifference(models.Model):
    """What one version of a conference, or one file, changed in another: made once, for neither
    ever changes. `packed` holds it as JSON, compressed; {} where the two cannot be compared."""

    class Kind(models.TextChoices):
        VERSIONS = "versions"
        FILES = "files"

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=16, choices=Kind)
    old_sha256 = models.CharField(max_length=64)
    new_sha256 = models.CharField(max_length=64)
    format = models.PositiveSmallIntegerField()  # of the JSON; of another one it is made anew
    packed = models.BinaryField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "kind", "old_sha256", "new_sha256"], name="difference_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id} {self.kind} {self.old_sha256[:12]} {self.new_sha256[:12]}"

    @property
    def content(self) -> bytes:
        return zlib.decompress(self.packed)


class ErrorReport(models.Model):
    """What a reader says is wrong in an exchange. Of the reader only what he gives is kept."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CORRECTED = "corrected", _("corrected")
        DECLINED = "declined", _("declined")

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="reports", verbose_name=_("conference")
    )
    ref = models.PositiveIntegerField(_("number in links"))
    quote = models.TextField(_("the words in question"), blank=True)
    message = models.TextField(_("what is wrong"))
    contact = models.EmailField(_("e-mail address"), blank=True)
    created_at = models.DateTimeField(_("reported at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.OPEN)
    handled_by = by_user(_("handled by"))
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For editors only."))

    class Meta:
        verbose_name = _("error report")
        verbose_name_plural = _("error reports")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "-created_at"], name="reports_by_state")]

    def __str__(self) -> str:
        return f"{self.conference.slug} #{self.ref}: {self.message[:40]}"
