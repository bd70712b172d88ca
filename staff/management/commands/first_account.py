"""manage.py first_account: how the first account is made, while there is none."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

_HOW = """Nobody has an account yet. To upload transcripts, make the first one in another terminal:
    .venv/bin/python manage.py createsuperuser
and log in at /admin/."""


class Command(BaseCommand):
    help = "Say how the first account is made; nothing where there is one."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not User.objects.exists():
            self.stdout.write(_HOW)
