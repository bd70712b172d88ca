"""Conferences: who spoke where and when. What was said there is in exchanges.py."""

import datetime as dt

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.addresses import MovedAddress
from archive.models.base import Addressed, validate_slug_is_no_year
from archive.models.speakers import Appearance, Speaker

validate_web_address = URLValidator(["http", "https"])


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def published(self) -> "ConferenceQuerySet":
        return self.filter(status=Conference.Status.PUBLISHED)

    def ever_public(self) -> "ConferenceQuerySet":
        """Those whose addresses answer: with what was said, or that it was withdrawn."""
        return self.exclude(status=Conference.Status.DRAFT)

    def newest_first(self) -> "ConferenceQuerySet":
        return self.order_by("-date", "-slug")

    def beside(self, one: "Conference") -> tuple["ConferenceQuerySet", "ConferenceQuerySet"]:
        """Those before `one` and those after it, the nearest first."""
        before = models.Q(date__lt=one.date) | models.Q(date=one.date, slug__lt=one.slug)
        after = models.Q(date__gt=one.date) | models.Q(date=one.date, slug__gt=one.slug)
        return self.filter(before).newest_first(), self.filter(after).order_by("date", "slug")

    def dates_around(self, first: dt.date, last: dt.date) -> tuple[dt.date | None, dt.date | None]:
        """The nearest days with a conference before `first` and after `last`. Two queries."""
        dates = self.order_by("date").values_list("date", flat=True)
        return dates.filter(date__lt=first).last(), dates.filter(date__gt=last).first()

    def with_first_speakers(self, at_most: int) -> "ConferenceQuerySet":
        """Each with so many `first_appearances` and their speakers: one query more."""
        first = Appearance.objects.select_related("speaker")[:at_most]
        return self.prefetch_related(
            models.Prefetch("appearances", queryset=first, to_attr="first_appearances")
        )

    def with_speakers(self) -> "ConferenceQuerySet":
        """Each with its appearances and their speakers at hand: one query more."""
        appearances = Appearance.objects.select_related("speaker")
        return self.prefetch_related(models.Prefetch("appearances", queryset=appearances))


class Conference(Addressed):
    """One press conference on one date."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    address_kind = MovedAddress.Kind.CONFERENCE

    slug = models.SlugField(
        _("slug"), max_length=120, unique=True, validators=[validate_slug_is_no_year]
    )
    date = models.DateField(_("date"), db_index=True)
    title = models.TextField(_("title"))
    headline = models.TextField(_("headline"), blank=True)
    lead = models.TextField(
        _("lead"), blank=True, help_text=_("What the source prints before the first speaker.")
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    occasion = models.CharField(_("occasion"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=16, default="zh-Hans")
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    recording_url = models.URLField(
        _("recording address"),
        max_length=500,
        blank=True,
        validators=[validate_web_address],
        help_text=_("Of a video or audio."),
    )
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.DRAFT)
    publish_at = models.DateTimeField(
        _("to be published at"), null=True, blank=True, help_text=_("Only of a draft.")
    )
    withdrawn_because = models.TextField(
        _("reason of withdrawal"), blank=True, help_text=_("Shown on the page it leaves.")
    )
    refs_given = models.PositiveIntegerField(
        default=0, editable=False, help_text="The highest ref ever given, so none is given twice."
    )
    speakers = models.ManyToManyField(
        Speaker, through="Appearance", related_name="conferences", verbose_name=_("speakers")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    change = models.PositiveBigIntegerField(
        default=0, editable=False, help_text="The archive's number when readers saw it change."
    )

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-date", "-slug"]
        permissions = [("publish_conference", _("Can publish, schedule and withdraw conferences"))]
        indexes = [
            models.Index(fields=["date", "slug", "status"], name="in_order_of_lists"),
            models.Index(
                fields=["publish_at"],
                condition=models.Q(publish_at__isnull=False),
                name="to_be_published",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "published", "withdrawn"]),
                name="conference_status_is_known",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="conference_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(publish_at__isnull=True) | models.Q(status="draft"),
                name="only_a_draft_is_scheduled",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="withdrawn", withdrawn_because=""),
                name="withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(recording_url="")
                | models.Q(recording_url__startswith="http://")
                | models.Q(recording_url__startswith="https://"),
                name="recording_is_on_the_web",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED
