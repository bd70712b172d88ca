"""Speakers, the people who answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.links import link
from archive.models.addresses import MovedAddress
from archive.models.base import Addressed


class Speaker(Addressed):
    """A person who answers. The role is said per conference, so it lives on Appearance."""

    address_kind = MovedAddress.Kind.SPEAKER

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]
        permissions = [("merge_speaker", _("Can merge two speakers"))]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="speaker_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return link("archive:speaker", self.slug)


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
