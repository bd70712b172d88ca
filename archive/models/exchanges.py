"""Exchanges of conferences, each a question and its answers."""

from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from archive.links import link
from archive.models.base import FIRST_PAGE, Whole
from archive.models.conferences import Conference
from archive.models.outlets import Outlet
from archive.models.speakers import Speaker
from archive.parsing.similarity import known_by


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    def published(self) -> "ExchangeQuerySet":
        return self.filter(conference__status=Conference.Status.PUBLISHED)

    def questions(self) -> "ExchangeQuerySet":
        return self.filter(kind=Exchange.Kind.QUESTION)

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
        # Lists of one outlet's questions, counts of a conference's, and what is printed where no
        # outlet is known, are read from these alone.
        indexes = [
            models.Index(fields=["outlet", "kind", "conference", "position"], name="asked"),
            models.Index(fields=["conference", "kind"], name="asked_at"),
            models.Index(fields=["outlet", "asked_by"], name="asked_as_printed"),
            # Whose conference each of somebody's answers is at, without the words of the question.
            models.Index(fields=["id", "conference", "outlet"], name="exchange_of"),
        ]

    def __str__(self) -> str:
        return f"{self.conference.slug} #{self.ref}"

    def get_absolute_url(self) -> str:
        return link("archive:exchange", self.conference.slug, self.ref)

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

    @property
    def words(self) -> str:
        """The words by which it is known again. No query for those fetched for_reading()."""
        return known_by(self.question, (answer.text for answer in self.said))


class AnswerQuerySet(models.QuerySet["Answer"]):
    def published(self) -> "AnswerQuerySet":
        return self.filter(exchange__conference__status=Conference.Status.PUBLISHED)

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


def question_count() -> Coalesce:
    """How many questions a conference has, to annotate conferences with."""
    # A subquery, so that of a page's conferences only their own questions are counted.
    questions = (
        Exchange.objects.questions()
        .filter(conference=models.OuterRef("pk"))
        .order_by()
        .values("conference")
        .annotate(count=models.Count("*"))
        .values("count")
    )
    return Coalesce(models.Subquery(questions), 0)
