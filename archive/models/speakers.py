"""Speakers, the people who answer, and their appearances at conferences."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.addresses import MovedAddress
from archive.models.base import Named, Whole


class Speaker(Named):
    """A person who answers. The role is said per conference, so it lives on Appearance."""

    address_kind = MovedAddress.Kind.SPEAKER

    class Meta(Named.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        permissions = [("merge_speaker", _("Can merge two speakers"))]


class SpeakerAliasQuerySet(models.QuerySet["SpeakerAlias"]):
    def everywhere(self) -> "SpeakerAliasQuerySet":
        """Those that hold of every file."""
        return self.filter(conference=None)


class SpeakerAlias(models.Model):
    """Another name of a speaker: files that print it speak of the same person.

    With a `conference` only those of that one do: 王 alone is many people.
    """

    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="aliases", verbose_name=_("speaker")
    )
    name = models.CharField(_("name"), max_length=120)
    conference = models.ForeignKey(
        "Conference",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("at this conference only"),
    )

    objects = SpeakerAliasQuerySet.as_manager()

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(conference__isnull=True),
                name="other_name_once",
                violation_error_message=_("Another speaker has this name."),
            ),
            models.UniqueConstraint(fields=["name", "conference"], name="other_name_there_once"),
        ]

    def __str__(self) -> str:
        return self.name


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
