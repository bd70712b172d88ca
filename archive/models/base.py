"""What the models share."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from archive.models.addresses import MovedAddress

FIRST_PAGE = 100  # exchanges: of the page of a conference, where there are many more

# /conferences/2020/ is the year, so a slug may not be digits alone.
validate_slug_is_no_year = RegexValidator(
    r"[^0-9]", _("A slug of digits alone would read as a year. Add a letter or a hyphen.")
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

    address_kind: MovedAddress.Kind
    slug: Any  # each model's own SlugField

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if self.pk is not None:
                before = type(self)._default_manager.filter(pk=self.pk).first()
                if before is not None and before.slug != self.slug:
                    MovedAddress.objects.record(self.address_kind, before.slug, self.slug)
            super().save(*args, **kwargs)
