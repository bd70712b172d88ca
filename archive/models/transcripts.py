"""Transcripts, the files as uploaded."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.base import by_user
from archive.models.conferences import Conference
from archive.text.directions import show_directions, without_bytes

_LONGEST_NAME = 255  # characters of a file's name; its end says more than its beginning


def sha256_of(content: bytes) -> str:
    """The SHA-256 of `content`, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class TranscriptQuerySet(models.QuerySet["Transcript"]):
    def of_bytes(self, content: bytes) -> "Transcript | None":
        """The transcript that holds exactly `content`; None when it is new. One query."""
        return self.filter(sha256=sha256_of(content)).first()

    def applied(self) -> "TranscriptQuerySet":
        """Those that made the rows of their conference what they are, or once did."""
        return self.filter(applied_at__isnull=False)

    def current(self) -> "TranscriptQuerySet":
        """Those that the rows of their conference are made from: one of each conference."""
        return self.applied().filter(superseded_by=None)

    def waiting(self) -> "TranscriptQuerySet":
        """Those that were uploaded and have not been applied to a conference yet."""
        return self.filter(applied_at__isnull=True, discarded_at__isnull=True)

    def discarded(self) -> "TranscriptQuerySet":
        """Those that waited until somebody discarded them, as long as they are here."""
        return self.filter(discarded_at__isnull=False)


class Transcript(models.Model):
    """A file as uploaded, byte for byte. `content` is never changed.

    It waits until it is applied to a conference, or discarded. Of those applied the one that
    nothing supersedes is current.
    """

    conference = models.ForeignKey(
        Conference,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="transcripts",
        verbose_name=_("conference"),
        help_text=_("Of a waiting transcript: the one it would correct."),
    )
    filename = models.CharField(_("file name"), max_length=_LONGEST_NAME)
    media_type = models.CharField(_("media type"), max_length=100)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    encoding = models.CharField(_("encoding"), max_length=32)
    convention = models.CharField(_("convention"), max_length=64)
    convention_given = models.CharField(_("convention, as chosen"), max_length=64, blank=True)
    date_given = models.DateField(_("date, as given with the file"), null=True, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    uploaded_by = by_user(_("uploaded by"))
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True, editable=False)
    discarded_at = models.DateTimeField(_("discarded at"), null=True, blank=True, editable=False)
    discarded_by = by_user(_("discarded by"))
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
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(applied_at__isnull=True),
                name="transcripts_waiting",
            ),
            # Lists look here: in SQLite a row has the bytes of its file before most of the rest.
            models.Index(
                fields=["created_at", "filename", "sha256", "conference"], name="transcripts_listed"
            ),
            models.Index(fields=["convention", "encoding", "media_type"], name="read_as"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(conference__isnull=False),
                name="applied_to_a_conference",
            ),
            models.CheckConstraint(
                condition=models.Q(applied_at__isnull=True) | models.Q(discarded_at__isnull=True),
                name="discarded_while_it_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sha256[:12]})"

    @property
    def name(self) -> str:
        """The name of the file as it is shown; `filename` is kept as it came."""
        return show_directions(self.filename)

    @classmethod
    def of_file(cls, content: bytes, filename: str, **given: Any) -> "Transcript":
        """A transcript of a file that came in, not saved yet, with what was `given` beside it."""
        return cls(
            filename=without_bytes(filename)[-_LONGEST_NAME:],
            content=content,
            sha256=sha256_of(content),
            size=len(content),
            **given,
        )


class Correction(models.Model):
    """What an editor put right in how a transcript was understood. The file stays as it is.

    Corrections are applied in order of `number`, each on what those before it made. One is about
    the paragraph that stands at `line` and read `text` then, or about the whole conference.
    """

    class Kind(models.TextChoices):
        WORDS = "words", _("words")
        SPLIT = "split", _("split")
        JOIN = "join", _("join")
        KIND = "kind", _("kind of turn")
        ASKER = "asker", _("who asked")
        SPEAKER = "speaker", _("who answered")
        OFFICE = "office", _("office")
        ABOUT = "about", _("about the conference")

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="corrections")
    number = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    text = models.TextField(_("paragraph"), blank=True)
    value = models.JSONField(_("corrected to"))
    before = models.JSONField(_("as it was understood"), default=dict, blank=True)
    fits = models.BooleanField(
        _("fits"),
        default=True,
        help_text=_("Off when its paragraph is not found in a corrected source."),
    )
    made_by = by_user(_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["transcript", "number"]
        constraints = [
            models.UniqueConstraint(fields=["transcript", "number"], name="correction_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.transcript} / {self.number}"
