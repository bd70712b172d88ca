"""Outlets, the news organisations that ask, and the names they are printed with."""

import re
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.addresses import MovedAddress
from archive.models.base import Named
from archive.text.folding import squeeze

# What stands around a name without being part of it: title marks, bold, quotation marks.
_DECORATION = re.compile(r"[《》〈〉<>*_\"'\[\]()【】]")


def fold_alias(name: str) -> str:
    """The form in which two printings of an outlet's name are the same."""
    return _DECORATION.sub("", squeeze(name))


class OutletQuerySet(models.QuerySet["Outlet"]):
    def named(self, name: str) -> "Outlet | None":
        """The outlet that has `name` as an alias; None when nobody has. One query."""
        return self.filter(aliases__folded=fold_alias(name)).first()


class Outlet(Named):
    """A news organisation."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("news agency")
        NEWSPAPER = "newspaper", _("newspaper")
        BROADCASTER = "broadcaster", _("broadcaster")
        MAGAZINE = "magazine", _("magazine")
        ONLINE = "online", _("online")

    address_kind = MovedAddress.Kind.OUTLET

    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("ISO 3166 code, such as CN or GB.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    wikidata = models.CharField(_("Wikidata item"), max_length=16, blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        permissions = [("merge_outlet", _("Can merge two outlets"))]

    def add_alias(self, name: str) -> "OutletAlias":
        """Make `name` an alias of this outlet. Raises IntegrityError when another has it."""
        alias, _created = OutletAlias.objects.get_or_create(
            outlet=self, folded=fold_alias(name), defaults={"name": name}
        )
        return alias


class OutletAlias(models.Model):
    """One name an outlet is printed with. `folded` decides what is the same name."""

    outlet = models.ForeignKey(
        Outlet, models.CASCADE, related_name="aliases", verbose_name=_("outlet")
    )
    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(_("folded name"), max_length=120, unique=True, editable=False)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(folded=""), name="alias_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold_alias(self.name)
        super().save(*args, **kwargs)


class IgnoredLabel(models.Model):
    """What exchanges are printed with and an editor said is no outlet: 记者, an editor's note."""

    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(_("folded name"), max_length=200, unique=True, editable=False)

    class Meta:
        verbose_name = _("label that is no outlet")
        verbose_name_plural = _("labels that are no outlets")
        ordering = ["name"]
        # Whoever may give outlets names decides what is none.
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
