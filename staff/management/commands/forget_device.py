"""`manage.py forget_device`: for whoever lost the telephone."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from staff.devices import remove_second_step


class Command(BaseCommand):
    help = "Take the second step from an account whose telephone is lost: forget_device alice"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        account = User.objects.filter(username=username).first()
        if account is None or not remove_second_step(account, by=None):
            raise CommandError(f"{username} has no device.")
        self.stdout.write(f"{username} logs in with the password alone until a device is set up.")
