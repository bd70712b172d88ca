"""manage.py load_outlets: outlets and their names from a JSON file."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from archive.editing.public_change import public_change
from archive.management.command import ArchiveCommand
from archive.models import Outlet, OutletAlias
from archive.models.outlets import fold_alias

_FIELDS = ("name", "name_en", "country", "kind")


class Command(ArchiveCommand):
    help = """Add outlets and their aliases from a JSON file (fixtures/outlets.json).

    manage.py load_outlets
    manage.py load_outlets more-outlets.json

Adds what is missing, known by its slug, and never changes what an editor may have put right. With
--verbosity 0 nothing is said where nothing was missing.
"""

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.BASE_DIR / "fixtures" / "outlets.json"
        parser.add_argument("path", nargs="?", type=Path, default=default)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            entries = json.loads(options["path"].read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['path']} cannot be read: {error}.") from error
        with public_change():
            outlets, aliases = _add_missing(entries)
        if outlets or aliases or options["verbosity"]:
            self.stdout.write(f"{outlets} outlets and {aliases} aliases added.")


def _add_missing(entries: list[dict[str, Any]]) -> tuple[int, int]:
    """Add what is missing; answers how many outlets and aliases that was."""
    known = Outlet.objects.in_bulk(field_name="slug")
    new = {
        entry["slug"]: Outlet(slug=entry["slug"], **{name: entry.get(name, "") for name in _FIELDS})
        for entry in entries
        if entry["slug"] not in known
    }
    Outlet.objects.bulk_create(new.values())
    known |= new
    taken = set(OutletAlias.objects.values_list("folded", flat=True))
    aliases = []
    for entry in entries:
        for name in (entry["name"], entry["name_en"], *entry["aliases"]):
            folded = fold_alias(name)
            if folded and folded not in taken:
                taken.add(folded)
                aliases.append(OutletAlias(outlet=known[entry["slug"]], name=name, folded=folded))
    OutletAlias.objects.bulk_create(aliases)
    return len(new), len(aliases)
