"""The settings of outgoing mail. Without a server named none is sent, and nothing offers to."""

import re
from email.utils import parseaddr

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email

from config.environment import VariableError, read_choice, read_number, read_variable

_HOST = re.compile(r"[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\]", re.IGNORECASE)
_LOOPBACK = re.compile(r"localhost|127\.[0-9.]+|\[::1\]", re.IGNORECASE)
_OTHERS = ("DAWEN_SMTP_PORT", "DAWEN_SMTP_USER", "DAWEN_SMTP_PASSWORD", "DAWEN_SMTP_TLS")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def read_smtp_host(name: str) -> str:
    """The mail server in the environment variable `name`; "" for none, and then there must be no
    other variable of it either. VariableError for what is no host.
    """
    host = read_variable(name)
    if not host:
        for other in _OTHERS:
            if read_variable(other):
                raise VariableError(
                    f"{other} is set, and {name} is not. Name the mail server, "
                    "smtp.example.org, or leave out both."
                )
    elif not _HOST.fullmatch(host):
        raise VariableError(f"{name} is {host!r}. Write a host name alone: smtp.example.org")
    return host


def read_smtp_login(names: tuple[str, str], *, host: str, tls: str) -> tuple[str, str]:
    """The user name and the password for the mail server, in the environment variables `names`; two
    "" where it asks for none.

    VariableError for one without the other, and for a password that everybody on the way could
    read. It is not told what they are.
    """
    user, password = map(read_variable, names)
    if bool(user) != bool(password):
        given, missing = names if user else reversed(names)
        raise VariableError(f"{given} is set, and {missing} is not. Write both.")
    if password and tls == "none" and not _LOOPBACK.fullmatch(host):
        raise VariableError(
            f"DAWEN_SMTP_TLS is none, so {names[1]} would be sent to {host} for all to read. "
            "Write starttls or tls."
        )
    return user, password


def read_sender(name: str, *, wanted: bool) -> str:
    """The address that mails come from, `Dawen <dawen@example.org>`, in the environment variable
    `name`; "" where none is `wanted`. VariableError for what is no address.
    """
    value = read_variable(name)
    if not value and not wanted:
        return ""
    _who, address = parseaddr(value)
    try:
        validate_email(address)
        sanitize_address(value, "utf-8")
    except (ValidationError, ValueError):
        raise VariableError(
            f"{name} is {value!r}. Write the address that mails come from: "
            "Dawen <dawen@example.org>"
        ) from None
    return value


EMAIL_HOST = read_smtp_host("DAWEN_SMTP_HOST")
_TLS = read_choice("DAWEN_SMTP_TLS", list(_PORTS))
EMAIL_USE_TLS, EMAIL_USE_SSL = _TLS == "starttls", _TLS == "tls"
EMAIL_PORT = read_number("DAWEN_SMTP_PORT", default=_PORTS[_TLS], least=1, most=65535)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = read_smtp_login(
    ("DAWEN_SMTP_USER", "DAWEN_SMTP_PASSWORD"), host=EMAIL_HOST, tls=_TLS
)
DEFAULT_FROM_EMAIL = read_sender("DAWEN_MAIL_FROM", wanted=bool(EMAIL_HOST))
EMAIL_TIMEOUT = 10  # seconds
# A link to a new password is good for so many seconds.
PASSWORD_RESET_TIMEOUT = 60 * 60
