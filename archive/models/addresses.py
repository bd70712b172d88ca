"""Addresses that once were public and must answer for ever."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class MovedAddressQuerySet(models.QuerySet["MovedAddress"]):
    def new_slug(self, kind: str, old_slug: str) -> str | None:
        """Where `old_slug` went; None when it never moved. One query."""
        return self.filter(kind=kind, old_slug=old_slug).values_list("new_slug", flat=True).first()

    def record(self, kind: str, old_slug: str, new_slug: str) -> None:
        """Send `old_slug`, and everything that was sent to it, to `new_slug`."""
        with transaction.atomic():
            self.filter(kind=kind, old_slug=new_slug).delete()
            self.filter(kind=kind, new_slug=old_slug).update(new_slug=new_slug)
            self.update_or_create(kind=kind, old_slug=old_slug, defaults={"new_slug": new_slug})


class MovedAddress(models.Model):
    """A slug that was renamed or merged away, and the slug that answers for it now."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("conference")
        OUTLET = "outlet", _("outlet")
        SPEAKER = "speaker", _("speaker")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    old_slug = models.SlugField(_("old slug"), max_length=120)
    new_slug = models.SlugField(_("new slug"), max_length=120)

    objects = MovedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("moved address")
        verbose_name_plural = _("moved addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "old_slug"], name="moved_once"),
            models.CheckConstraint(
                condition=~models.Q(old_slug=models.F("new_slug")), name="moved_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.old_slug} → {self.new_slug}"
