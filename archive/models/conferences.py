"""Conferences and what was said at them: exchanges, each a question and its answers."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.addresses import MovedAddress
from archive.models.appearances import Appearance
from archive.models.base import FIRST_PAGE, Addressed, Whole, validate_slug_is_no_year
from archive.models.outlets import Outlet
from archive.models.speakers import Speaker


class ConferenceQuerySet(models.QuerySet["Conference"]):
    def published(self) -> "ConferenceQuerySet":
        return self.filter(status=Conference.Status.PUBLISHED)

    def withdrawn(self) -> "ConferenceQuerySet":
        return self.filter(status=Conference.Status.WITHDRAWN)

    def ever_public(self) -> "ConferenceQuerySet":
        """Those whose addresses answer: with what was said, or that it was withdrawn."""
        return self.exclude(status=Conference.Status.DRAFT)

    def newest_first(self) -> "ConferenceQuerySet":
        return self.order_by("-date", "-slug")

    def on(self, day: dt.date) -> "ConferenceQuerySet":
        return self.filter(date=day)

    def with_counts(self) -> "ConferenceQuerySet":
        """Each conference with `question_count`."""
        # A subquery, so that of a page's conferences only their own questions are counted.
        questions = (
            Exchange.objects.questions()
            .filter(conference=models.OuterRef("pk"))
            .order_by()
            .values("conference")
            .annotate(count=models.Count("pk"))
            .values("count")
        )
        return self.annotate(question_count=Coalesce(models.Subquery(questions), 0))

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

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-date", "-slug"]
        permissions = [("publish_conference", _("Can publish, schedule and withdraw conferences"))]
        indexes = [
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
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("archive:conference", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def published(self) -> "ExchangeQuerySet":
        return self.filter(conference__status=Conference.Status.PUBLISHED)

    def questions(self) -> "ExchangeQuerySet":
        return self.filter(kind=Exchange.Kind.QUESTION)

    def asked_by(self, outlet: Outlet) -> "ExchangeQuerySet":
        return self.filter(outlet=outlet)

    def newest_first(self) -> "ExchangeQuerySet":
        return self.order_by("-conference__date", "-conference__slug", "position")

    def for_reading(self) -> "ExchangeQuerySet":
        """With outlet, answers and speakers at hand: three queries, however many exchanges."""
        answers = Answer.objects.select_related("speaker")
        return self.select_related("outlet").prefetch_related(
            models.Prefetch("answers", queryset=answers, to_attr="fetched_answers")
        )


class Exchange(Whole):
    """One question and its answers, or a statement that answers no question."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        STATEMENT = "statement", _("statement")

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="exchanges", verbose_name=_("conference")
    )
    ref = models.PositiveIntegerField(
        _("number in links"), help_text=_("Public and permanent; never given twice.")
    )
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    topic = models.TextField(_("topic"), blank=True, help_text=_("The heading printed above it."))
    outlet = models.ForeignKey(
        Outlet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="exchanges",
        verbose_name=_("outlet"),
    )
    asked_by = models.CharField(_("asked by, as printed"), max_length=200, blank=True)
    reporter = models.CharField(_("reporter"), max_length=120, blank=True)
    question = models.TextField(_("question"), blank=True)
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("follows"),
    )

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["conference", "position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "ref"], name="ref_given_once"),
            models.UniqueConstraint(fields=["conference", "position"], name="position_taken_once"),
            models.CheckConstraint(
                condition=models.Q(kind="question") & ~models.Q(question="")
                | models.Q(kind="statement", question=""),
                name="a_question_has_words_and_a_statement_none",
            ),
        ]
        # Lists of one outlet's questions, and counts of a conference's, are read from these alone.
        indexes = [
            models.Index(fields=["outlet", "kind", "conference", "position"], name="asked"),
            models.Index(fields=["conference", "kind"], name="asked_at"),
        ]

    def __str__(self) -> str:
        return f"{self.conference.slug} #{self.ref}"

    def get_absolute_url(self) -> str:
        return reverse("archive:exchange", args=[self.conference.slug, self.ref])

    @property
    def is_far(self) -> bool:
        """Whether it may be beyond the first page of its conference: ?at= leads to its page."""
        return self.position > FIRST_PAGE

    @property
    def said(self) -> Iterable["Answer"]:
        """Its answers, in order. No query for what was fetched for_reading(), nor a queryset,
        which would take most of the time of a long conference."""
        fetched: list[Answer] | None = getattr(self, "fetched_answers", None)
        return self.answers.all() if fetched is None else fetched


class AnswerQuerySet(models.QuerySet["Answer"]):
    def published(self) -> "AnswerQuerySet":
        return self.filter(exchange__conference__status=Conference.Status.PUBLISHED)

    def given_by(self, speaker: Speaker) -> "AnswerQuerySet":
        return self.filter(speaker=speaker)

    def newest_first(self) -> "AnswerQuerySet":
        return self.order_by(
            "-exchange__conference__date",
            "-exchange__conference__slug",
            "exchange__position",
            "position",
        )


class Answer(Whole):
    """What one speaker said in one exchange: cleaned paragraphs joined by newlines."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", _("speaker")
        MODERATOR = "moderator", _("moderator")
        NOTE = "note", _("note")

    exchange = models.ForeignKey(
        Exchange, models.CASCADE, related_name="answers", verbose_name=_("exchange")
    )
    position = models.PositiveIntegerField(_("position"))
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("speaker"),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.SPEAKER)
    label = models.CharField(_("speaker, as printed"), max_length=200, blank=True)
    text = models.TextField(_("text"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["exchange", "position"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "position"], name="answer_position_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="answer_is_not_empty"),
        ]
        indexes = [
            models.Index(fields=["speaker", "exchange", "position"], name="answered"),
            models.Index(fields=["exchange", "speaker"], name="answered_in"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange} / {self.position}"
