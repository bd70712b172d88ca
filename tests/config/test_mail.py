"""Variables of outgoing mail that go together."""

import os
import runpy
from pathlib import Path

import pytest

from config.environment import VariableError

FILE = Path(__file__).parents[2] / "config" / "mail.py"
SERVER = {"HOST": "smtp.example.org"}
FROM = {"DAWEN_MAIL_FROM": "Dawen <dawen@example.org>"}


@pytest.fixture
def read(monkeypatch):
    def start(smtp, others=FROM):
        for known in [one for one in os.environ if one.startswith("DAWEN_")]:
            monkeypatch.delenv(known)
        for name, value in smtp.items():
            monkeypatch.setenv(f"DAWEN_SMTP_{name}", value)
        for name, value in others.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(FILE))

    return start


@pytest.mark.parametrize(
    ("tls", "wanted"),
    [("", (True, False, 587)), ("starttls", (True, False, 587)), ("TLS", (False, True, 465)),
     ("none", (False, False, 25))],
)  # fmt: skip
def test_the_port_follows_how_it_is_encrypted(read, tls, wanted):
    found = read(SERVER | {"TLS": tls})
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"], found["EMAIL_PORT"]) == wanted
    assert read(SERVER | {"TLS": tls, "PORT": "2525"})["EMAIL_PORT"] == 2525


def test_without_a_server_none_is_used(read):
    assert read({}, {})["EMAIL_HOST"] == ""


@pytest.mark.parametrize(
    ("smtp", "others", "said"),
    [
        (SERVER, {}, "DAWEN_MAIL_FROM is ''. Write the address"),
        (SERVER | {"USER": "dawen"}, FROM, "DAWEN_SMTP_USER is set, and DAWEN_SMTP_PASSWORD"),
        (SERVER | {"PASSWORD": "secret"}, FROM, "DAWEN_SMTP_PASSWORD is set, and DAWEN_SMTP_USER"),
        (SERVER | {"USER": "dawen", "PASSWORD": "secret", "TLS": "none"}, FROM, "for all to read"),
        ({"TLS": "tls"}, FROM, "DAWEN_SMTP_TLS is set, and DAWEN_SMTP_HOST is not"),
    ],
)
def test_what_does_not_go_together_is_told(read, smtp, others, said):
    with pytest.raises(VariableError) as refused:
        read(smtp, others)
    assert said in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_on_this_machine_nothing_needs_to_be_encrypted(read, host):
    found = read({"HOST": host, "USER": "dawen", "PASSWORD": "secret", "TLS": "none"})
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("dawen", "secret")
