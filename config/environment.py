"""Settings read from the environment, with errors that say which variable is wrong."""

import os
import secrets
from pathlib import Path

import limits
from django.core.exceptions import ImproperlyConfigured

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


def flag(name: str, *, default: bool) -> bool:
    """The yes/no value of the environment variable `name`."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in _FLAGS:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write 1 for yes or 0 for no.")
    return _FLAGS[value.lower()]


def words(name: str, *, default: list[str]) -> list[str]:
    """The comma-separated words of the environment variable `name`."""
    value = os.environ.get(name)
    return default if value is None else [w.strip() for w in value.split(",") if w.strip()]


def number(name: str, *, default: int) -> int:
    """The whole number in the environment variable `name`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}. Write a whole number.")
    return int(value)


def choice(name: str, choices: list[str]) -> str:
    """The value of the environment variable `name`, one of `choices`; the first when not set."""
    value = os.environ.get(name, "").strip() or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write one of: {', '.join(choices)}.")
    return value


def rate(name: str, *, default: str) -> limits.RateLimitItem | None:
    """How often, as `30/minute`, in the environment variable `name`; None for `off`."""
    value = os.environ.get(name, "").strip() or default
    if value.lower() == "off":
        return None
    try:
        return limits.parse(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write 30/minute, or off.") from None


def secret_key(data: Path) -> str:
    """DAWEN_SECRET_KEY, or a key made once and kept in the data folder, readable by its owner."""
    given = os.environ.get("DAWEN_SECRET_KEY")
    if given:
        return given
    path = data / "secret_key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: two processes that start together must not each keep a key of their own.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii")
