"""What is done with an archive, in one process: `python -m tests.upgrade.deeds migrate facts`.

A deed is a command of manage.py with its arguments, in quotes, or one of _OWN. Prints as JSON what
each said, in order: of a command its code and its words.
"""

import io
import json
import shlex
import sys
from collections.abc import Callable
from typing import Any

import django
from django.core.management import CommandError, call_command

from tests.upgrade.accounts import files_that_open
from tests.upgrade.addresses import answers
from tests.upgrade.facts import facts

_OWN: dict[str, Callable[..., Any]] = {
    "facts": facts,
    "addresses": answers,
    "files_that_open": files_that_open,
}


def do(deed: str) -> Any:
    name, *arguments = shlex.split(deed)
    if name in _OWN:
        return _OWN[name](*arguments)
    said = io.StringIO()
    try:
        call_command(name, *arguments, stdout=said)
    except CommandError as error:
        return {"code": error.returncode, "said": f"{said.getvalue()}{error}"}
    return {"code": 0, "said": said.getvalue()}


if __name__ == "__main__":
    django.setup()
    json.dump([do(deed) for deed in sys.argv[1:]], sys.stdout)
