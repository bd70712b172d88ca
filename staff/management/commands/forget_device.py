"""`manage.py forget_device`: for whoever lost the telephone."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_otp.plugins.otp_totp.models import TOTPDevice


class Command(BaseCommand):
    help = "Take the second step from an account whose telephone is lost: forget_device alice"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        count, _by_model = TOTPDevice.objects.filter(user__username=username).delete()
        if not count:
            raise CommandError(f"{username} has no device.")
        self.stdout.write(f"{username} logs in with the password alone until a device is set up.")
