"""manage.py first_account: how the first account is made, while there is none."""

import os
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

_HOW = """Nobody has an account yet. To upload transcripts, make one in another terminal{}:
    .venv/bin/python manage.py createsuperuser
and log in at /admin/."""


class Command(BaseCommand):
    help = "Say how the first account is made; nothing where there is one."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not User.objects.exists():
            self.stdout.write(_HOW.format(_elsewhere()))


def _elsewhere() -> str:
    """Which variables lead to this archive, without which the account would be made in another."""
    leading = {
        "DAWEN_DATA": settings.DATA_DIR != settings.BASE_DIR / "var",
        "DATABASE_URL": bool(os.environ.get("DATABASE_URL")),
    }
    named = " and ".join(name for name, is_set in leading.items() if is_set)
    return f", with the same {named}" if named else ""
