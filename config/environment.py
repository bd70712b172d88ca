"""Settings read from the environment, with errors that say which variable is wrong.

Every function here takes the `name` of a variable, of which an empty one is as good as none, and
raises VariableError for a value that it does not know.
"""

import os
import re
import secrets
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import limits
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_HOST = re.compile(r"\*|\.?[a-z0-9.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[^\s/?#@]+")
# A number alone is no host: who writes 8000 means a port.
_LISTENED = re.compile(
    r"unix:.+|fd://\d+|(?!\d+$)(?:\[[0-9a-f:.]+\]|[a-z0-9._-]*)(?::(?P<port>\d{1,5}))?",
    re.IGNORECASE,
)
LOG_LEVELS = ["WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL"]
_ENGINES = {"django.db.backends.sqlite3", "django.db.backends.postgresql"}
# Django looks for a zone here, where there is such a folder; else Python's package tzdata has them.
_ZONES = Path("/usr/share/zoneinfo")
_DATABASE = "Write postgres://user:password@host/name, or leave it out for SQLite."


class VariableError(ImproperlyConfigured):
    """A sentence: which variable is wrong, and what to write."""


@contextmanager
def exit_with_sentence() -> Iterator[None]:
    """A start of the program: a wrong variable, or a database that cannot be reached, ends it with
    a sentence and exit code 1, for nobody who sets variables reads tracebacks.
    """
    try:
        yield
    except VariableError as error:
        sys.exit(str(error))
    except OperationalError as error:
        # What a server of PostgreSQL answered has a state; here none has answered.
        if getattr(error.__cause__, "sqlstate", "") is not None:
            raise
        sys.exit(f"The database of DATABASE_URL cannot be reached: {' '.join(str(error).split())}")


def read_variable(name: str, *, default: str = "") -> str:
    """What the variable says, without blanks around it."""
    return os.environ.get(name, "").strip() or default


def read_flag(name: str, *, default: bool) -> bool:
    """Yes or no."""
    value = read_variable(name).lower()
    if not value:
        return default
    if value not in _FLAGS:
        raise VariableError(f"{name} is {value!r}. Write 1 for yes or 0 for no.")
    return _FLAGS[value]


def read_number(name: str, *, default: int, least: int = 0, most: int = 1_000_000_000) -> int:
    """A whole number from `least` to `most`."""
    value = read_variable(name)
    if not value:
        return default
    # Nobody means a number of a hundred digits, which takes int() long.
    if not value.isdecimal() or len(value) > 20 or not least <= int(value) <= most:
        raise VariableError(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def read_choice(name: str, choices: list[str]) -> str:
    """One of `choices`, in capitals or not; the first when not set."""
    value = read_variable(name, default=choices[0])
    for one in choices:
        if value.lower() == one.lower():
            return one
    raise VariableError(f"{name} is {value!r}. Write one of: {', '.join(choices)}.")


def read_rate(name: str, *, default: str) -> limits.RateLimitItem | None:
    """How often, as `30/minute`; None for `off`."""
    value = read_variable(name, default=default)
    if value.lower() == "off":
        return None
    try:
        (one,) = limits.parse_many(value)
    except ValueError:
        one = None
    if one is None or not one.amount or not one.multiples:
        raise VariableError(f"{name} is {value!r}. Write 30/minute, or off.")
    return one


def read_hosts(name: str, *, default: list[str]) -> list[str]:
    """Host names."""
    told = "has {!r}. Write host names alone, separated by commas: archive.example.org"
    return _read_list(name, _HOST.fullmatch, told) or default


def read_origins(name: str) -> list[str]:
    """Origins: scheme and host each."""
    told = "has {!r}. Write origins, separated by commas: https://archive.example.org"
    return _read_list(name, _ORIGIN.fullmatch, told)


def read_bind(name: str, *, default: str) -> list[str]:
    """The addresses gunicorn shall listen on."""

    def can_be_listened_on(value: str) -> bool:
        listened = _LISTENED.fullmatch(value)
        return listened is not None and int(listened["port"] or 0) <= 65535

    told = "is {!r}. Write an address and a port, 127.0.0.1:8000, or unix:/run/dawen.sock."
    return _read_list(name, can_be_listened_on, told) or [default]


def _read_list(name: str, is_right: Callable[[str], object], told: str) -> list[str]:
    """What is separated by commas. `told` is what to say of a part that is not right."""
    found = [word.strip() for word in read_variable(name).split(",") if word.strip()]
    for value in found:
        if not is_right(value):
            raise VariableError(f"{name} {told.format(value)}")
    return found


def read_time_zone(name: str, *, default: str) -> str:
    """The name of a time zone."""
    value = read_variable(name, default=default)
    try:
        zoneinfo.ZoneInfo(value)
        known = not _ZONES.exists() or (_ZONES / value).is_file()
    # Of a folder of zones, of a path that leads out, of a name that is none.
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        known = False
    if not known:
        raise VariableError(
            f"{name} is {value!r}, which is no time zone here. Write one as Asia/Shanghai, "
            "Europe/London or UTC."
        )
    return value


def read_database(name: str, *, default: str) -> dict[str, Any]:
    """An entry of DATABASES, from the address of a database of SQLite or PostgreSQL. What is wrong
    is told without the address, which may hold a password.
    """
    value = read_variable(name, default=default)
    scheme, is_address, _ = value.partition("://")
    try:
        found = dict(dj_database_url.parse(value, conn_max_age=60, conn_health_checks=True))
    except dj_database_url.UnknownSchemeError:
        found = {}
    except ValueError:
        raise VariableError(
            f"{name} cannot be read. {_DATABASE} In the password write %40 for @, %2F for /, "
            "%3A for :, %23 for # and %25 for %."
        ) from None
    if found.get("ENGINE") not in _ENGINES:
        named = is_address and re.fullmatch(r"[a-z0-9+-]{1,20}", scheme)
        kind = f"a {scheme}:// address" if named else "no address"
        raise VariableError(f"{name} is {kind}, and Dawen knows SQLite and PostgreSQL. {_DATABASE}")
    if not found["NAME"]:
        raise VariableError(f"{name} names no database. {_DATABASE}")
    return found


def read_folder(name: str, *, default: Path) -> Path:
    """A folder, made where it is missing."""
    path = Path(read_variable(name, default=str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VariableError(
            f"{name} is {str(path)!r}, which cannot be made: {error.strerror}. "
            "Name a folder that can be written."
        ) from error
    return path


def read_secret_key(name: str, data: Path) -> str:
    """A key; else one that is made once and kept in the folder `data`, readable by its owner."""
    given = read_variable(name)
    if given:
        return given
    path = data / "secret_key"
    try:
        # O_EXCL: two processes that start together must not each keep a key of their own.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    except OSError as error:
        raise _of_owner(path, "written", error) from error
    try:
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _of_owner(path, "read", error) from error
    if not key:
        raise VariableError(f"{path} is empty. Remove it, and a new key is made.")
    return key


def _of_owner(path: Path, done: str, error: OSError) -> VariableError:
    return VariableError(
        f"{path} cannot be {done}: {error.strerror}. Run this as the user to whom the folder "
        "belongs, or set DAWEN_DATA to another folder."
    )
