"""Base classes of the models."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from archive.links import link
from archive.models.addresses import MovedAddress

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIRST_PAGE = 100  # exchanges: of the page of a conference, where there are many more

_LONGEST_BASE = 100  # characters of a slug; the rest of its 120 is for a number
# So many may come for the slugs of one day, or of one name, at the same moment.
SLUG_TRIES = 20
# /conferences/2020/ is the year, so a slug may not be digits alone.
validate_slug_is_no_year = RegexValidator(
    r"[^0-9]", _("A slug of digits alone would read as a year. Add a letter or a hyphen.")
)


def by_user(verbose_name: Any) -> "models.ForeignKey[User | None, User | None]":
    """Who did it; None when nobody is known, or not any more."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


class Whole(models.Model):
    """Saved or deleted in one transaction with whatever listens to that.

    Django sends post_save after its own write is committed, unless a transaction is open; the
    index queue must be written in the same one.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            return super().delete(*args, **kwargs)


class Addressed(Whole):
    """A model with a public slug: renaming it leaves a redirect behind."""

    address_kind: MovedAddress.Kind  # the name of its public page, too
    slug: Any  # each model's own SlugField

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return link(f"archive:{self.address_kind}", self.slug)

    @classmethod
    def free_slug(cls, wanted: str) -> str:
        """`wanted`, with a number behind it where a row of this kind has or had that. Queries."""
        base = wanted[:_LONGEST_BASE]
        slug, number = base, 1
        moved = MovedAddress.objects.filter(kind=cls.address_kind)
        rows: Any = cls._default_manager  # of a model that has a slug
        while rows.filter(slug=slug).exists() or moved.filter(old_slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug

    def save_at_free_slug(self, wanted: str) -> None:
        """Save the row at free_slug(wanted), or the next where another takes that just now."""
        for _try in range(SLUG_TRIES):
            self.slug = self.free_slug(wanted)
            try:
                return self.save()
            except IntegrityError as error:
                rows: Any = type(self)._default_manager
                if not rows.filter(slug=self.slug).exclude(pk=self.pk).exists():
                    raise
                taken = error
        raise taken

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if self.pk is not None:
                before = type(self)._default_manager.filter(pk=self.pk).first()
                if before is not None and before.slug != self.slug:
                    MovedAddress.objects.record(self.address_kind, before.slug, self.slug)
            super().save(*args, **kwargs)


class Named(Addressed):
    """A model whose rows have a page of their own and are looked for by name."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="%(class)s_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
