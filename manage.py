#!/usr/bin/env python
"""Run Dawen's commands: ``python manage.py help`` lists them."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.environment import exit_with_sentence

    with exit_with_sentence():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
