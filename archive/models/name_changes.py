"""Changes of names, each one event, with the rows that moved; what is written before it shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.addresses import MovedAddress
from archive.models.base import Addressed, by_user
from archive.models.conferences import Conference
from archive.models.revisions import Revision


class NameChangeQuerySet(models.QuerySet["NameChange"]):
    def shown_of(self, row: Addressed) -> "NameChangeQuerySet":
        """What readers saw become of the names of a row, newest first."""
        shown = models.Q(state=NameChange.State.DONE) | models.Q(undone_by__isnull=False)
        rows = self.filter(shown, named=row.address_kind, row=row.pk, conferences__gt=0)
        return rows.defer("moved")


class NameChange(models.Model):
    """One change of the names of an outlet or a speaker, or of the address of a conference.

    `before` and `after` say the names: `name`, `name_en`, `slug`, and `names`, which are all
    aliases. `moved` has the rows that moved, so that a merger can be taken back. Until it is done
    the old names show everywhere.
    """

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        TAKEN_BACK = "taken back", _("taken back")

    class State(models.TextChoices):
        PENDING = "pending", _("waits to be written")
        RUNNING = "running", _("being written")
        DONE = "done", _("done")
        UNDONE = "undone", _("not done, or taken back")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    named = models.CharField(_("of"), max_length=16, choices=MovedAddress.Kind)
    # No foreign keys: both may go later on, and what happened stays.
    row = models.PositiveBigIntegerField(help_text="The row that has the name.")
    other = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="Of a merger: the row that went."
    )
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    moved = models.JSONField(default=dict, blank=True)
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name=_("takes back"),
    )
    reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("For editors only."))
    made_by = by_user(_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=16, choices=State, default=State.PENDING)
    conferences = models.PositiveIntegerField(
        _("published conferences"), default=0, help_text=_("How many show it.")
    )

    objects = NameChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a name")
        verbose_name_plural = _("changes of names")
        ordering = ["-id"]
        # Whoever may see outlets sees what became of them; nobody changes what happened.
        default_permissions = ()
        indexes = [
            models.Index(fields=["named", "row"], name="name_changes_of"),
            models.Index(
                fields=["state"],
                condition=models.Q(state__in=["pending", "running"]),
                name="name_changes_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_named_display()}: {self.before.get('name') or self.before.get('slug')}"

    @property
    def rows_moved(self) -> int:
        """How many exchanges or answers moved."""
        found = [*self.moved.get("exchanges", ()), *self.moved.get("answers", ())]
        return sum(len(one["rows"]) if isinstance(one, dict) else 1 for one in found)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PENDING, self.State.RUNNING)


class PreparedRevision(models.Model):
    """What a published conference will say after a change of a name that is not done yet.

    It holds as long as `follows` is the newest revision: what is public changes with a new one.
    """

    name_change = models.ForeignKey(NameChange, models.CASCADE, related_name="prepared")
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="+")
    follows = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    packed = models.BinaryField(null=True, help_text="None where nothing of it changes.")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["name_change", "conference"], name="prepared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name_change} / {self.conference.slug}"
