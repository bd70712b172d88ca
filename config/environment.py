"""Settings read from the environment, with errors that say which variable is wrong.

A variable that is empty is as good as none. Every function raises VariableError.
"""

import os
import re
import secrets
import sys
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
import limits
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_HOST = re.compile(r"\*|\.?[a-z0-9.-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)
# A number alone is no host: who writes 8000 means a port.
_LISTENED = re.compile(
    r"unix:.+|fd://\d+|(?!\d+$)(?:\[[0-9a-f:.]+\]|[a-z0-9._-]*)(?::(?P<port>\d{1,5}))?",
    re.IGNORECASE,
)
_LEVELS = ["WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL"]
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
    """The environment variable `name`, without blanks around it."""
    return os.environ.get(name, "").strip() or default


def read_flag(name: str, *, default: bool) -> bool:
    """The yes/no value of the environment variable `name`, else VariableError."""
    value = read_variable(name).lower()
    if not value:
        return default
    if value not in _FLAGS:
        raise VariableError(f"{name} is {value!r}. Write 1 for yes or 0 for no.")
    return _FLAGS[value]


def read_number(name: str, *, default: int, least: int = 0, most: int = 1_000_000_000) -> int:
    """The whole number from `least` to `most` in the environment variable `name`, else
    VariableError.
    """
    value = read_variable(name)
    if not value:
        return default
    # Nobody means a number of a hundred digits, which takes int() long.
    if not value.isdecimal() or len(value) > 20 or not least <= int(value) <= most:
        raise VariableError(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def read_choice(name: str, choices: list[str]) -> str:
    """The value of the environment variable `name`, one of `choices`, in capitals or not; the
    first when not set. VariableError for any other.
    """
    value = read_variable(name, default=choices[0])
    for one in choices:
        if value.lower() == one.lower():
            return one
    raise VariableError(f"{name} is {value!r}. Write one of: {', '.join(choices)}.")


def read_rate(name: str, *, default: str) -> limits.RateLimitItem | None:
    """How often, as `30/minute`, in the environment variable `name`; None for `off`.

    VariableError for what is neither.
    """
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
    """The comma-separated host names in the environment variable `name`."""
    found = _words(name)
    for value in found:
        if not _HOST.fullmatch(value):
            raise VariableError(
                f"{name} has {value!r}. Write host names alone, separated by commas: "
                "archive.example.org"
            )
    return found or default


def read_origins(name: str) -> list[str]:
    """The comma-separated origins (scheme and host) in the environment variable `name`."""
    found = _words(name)
    for value in found:
        scheme, _, host = value.partition("://")
        if scheme not in {"http", "https"} or not re.fullmatch(r"[^\s/?#@]+", host):
            raise VariableError(
                f"{name} has {value!r}. Write origins, separated by commas: "
                "https://archive.example.org"
            )
    return found


def _words(name: str) -> list[str]:
    return [word.strip() for word in read_variable(name).split(",") if word.strip()]


def read_bind(name: str, *, default: str) -> list[str]:
    """The addresses gunicorn shall listen on, separated by commas, in the variable `name`."""
    found = _words(name) or [default]
    for value in found:
        listened = _LISTENED.fullmatch(value)
        if not listened or int(listened["port"] or 0) > 65535:
            raise VariableError(
                f"{name} is {value!r}. Write an address and a port, 127.0.0.1:8000, "
                "or unix:/run/dawen.sock."
            )
    return found


def read_log_level(name: str) -> str:
    """From which level on lines are written, as logging calls it."""
    return read_choice(name, _LEVELS)


def read_time_zone(name: str, *, default: str) -> str:
    """The name of a time zone in the environment variable `name`."""
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
    """An entry of DATABASES from the address in the environment variable `name`, SQLite's or
    PostgreSQL's. What is wrong is told without the address, which may hold a password.
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
    """The folder in the environment variable `name`, made where it is missing."""
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
    """The environment variable `name`, or a key made once and kept in the data folder, readable by
    its owner.
    """
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
