"""A variable that is wrong ends the program with a sentence that says what to write."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import VariableError
from tests.running.servers import free_port

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
FILES = ("settings", "security", "mail", "gunicorn")
# Of each variable what it cannot be.
WRONG = {
    "DATABASE_URL": [
        "mysql://dawen:secret@localhost/dawen",
        "postgis://localhost/dawen",
        "postgres://dawen:sec/ret@localhost/dawen",
        "postgres://dawen:secret@localhost",
        "dawen",
    ],
    "DAWEN_DATA": ["/proc/nothing/here", __file__],
    "DAWEN_ALLOWED_HOSTS": ["https://archive.example.org", "example.org:8000", "a.org b.org"],
    "DAWEN_TRUSTED_ORIGINS": ["archive.example.org", "https://", "https://a.org/path"],
    "DAWEN_TIME_ZONE": ["Mars/Olympus", "Asia", "../etc/passwd", "/etc/passwd", "UTC+8"],
    "DAWEN_BIND": [
        "8000",
        "localhost:http",
        "http://127.0.0.1:8000",
        "127.0.0.1:99999",
        "fd://x",
        "[::1",
    ],
    "DAWEN_WORKERS": ["abc", "0", "-1", "2.5", "9" * 5000],
    "DAWEN_THREADS": ["abc", "0"],
    "DAWEN_LOG_LEVEL": ["loud", "10"],
    "DAWEN_LOG_FORMAT": ["xml"],
    "DAWEN_SESSION_HOURS": ["0", "twelve", "99999"],
    "DAWEN_UPLOAD_MB": ["0", "100 MB"],
    "DAWEN_PROXIES": ["one", "-1"],
    "DAWEN_HSTS_SECONDS": ["a year"],
    # But for the first and the last they want a server named; together: tests/config/test_mail.py.
    "DAWEN_SMTP_HOST": ["smtp://example.org", "smtp.example.org:587", "a b"],
    "DAWEN_SMTP_PORT": ["587", "smtp"],
    "DAWEN_SMTP_USER": ["dawen"],
    "DAWEN_SMTP_PASSWORD": ["secret"],
    "DAWEN_SMTP_TLS": ["starttls", "maybe"],
    "DAWEN_MAIL_FROM": ["Dawen", "dawen@", "Dawen <dawen at example.org>"],
    **{
        f"DAWEN_RATE_{name}": ["many", "5", "0/minute", "5/minute;10/hour", "5/fortnight"]
        for name in ("SEARCH", "SUGGEST", "EXPORT", "REPORT", "LOGIN", "RESET")
    },
    **{
        f"DAWEN_{name}": ["maybe", "2"]
        for name in ("DEBUG", "HTTPS", "REQUIRE_TOTP", "SESSION_CLOSES")
    },
}
ANYTHING = {"DAWEN_SECRET_KEY"}
RIGHT = {
    "DATABASE_URL": [
        "postgres://dawen:s%40cret@localhost:5433/dawen?sslmode=require", "sqlite:///here.sqlite3"
    ],
    "DAWEN_ALLOWED_HOSTS": ["*", ".example.org, [::1],10.0.0.1"],
    "DAWEN_TRUSTED_ORIGINS": ["https://a.org,http://b.org:8000", "https://*.a.org"],
    "DAWEN_TIME_ZONE": ["UTC", "Europe/London"],
    "DAWEN_BIND": ["unix:/run/dawen.sock", "[::1]:8000", ":8000", "localhost:1, fd://3"],
    "DAWEN_LOG_LEVEL": ["debug", "INFO"],
    "DAWEN_LOG_FORMAT": ["JSON"],
    "DAWEN_RATE_SEARCH": ["off", "5 per 2 minutes"],
    "DAWEN_DEBUG": ["Yes", "false"],
    "DAWEN_MAIL_FROM": ["dawen@example.org", "答问 <dawen@example.org>"],
    "DAWEN_WORKERS": ["1"],
}  # fmt: skip


def every(table):
    return [(name, value) for name, values in table.items() for value in values]


@pytest.fixture
def read(monkeypatch, tmp_path):
    """A function that reads the settings, gunicorn's too, with one variable set."""

    def start(name, value):
        for known in [one for one in os.environ if one.startswith("DAWEN_")]:
            monkeypatch.delenv(known)
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("DAWEN_DATA", str(tmp_path))
        monkeypatch.setenv("DAWEN_HTTPS", "1")
        monkeypatch.setenv(name, value)
        for file in FILES:
            runpy.run_path(str(ROOT / "config" / f"{file}.py"))

    return start


@pytest.mark.parametrize(("name", "value"), every(WRONG))
def test_a_wrong_value_is_told_in_a_sentence_that_names_the_variable(read, name, value):
    with pytest.raises((VariableError, SystemExit)) as refused:
        read(name, value)
    said = str(refused.value)
    assert re.match(rf"{name} (is|has|cannot|names) ", said)
    assert said.count("\n") == 0
    assert re.search(r"\b(Write|Name) ", said)
    assert not re.search("secret|sec/ret", said)


@pytest.mark.parametrize(("name", "value"), [*every(RIGHT), *[(name, "") for name in WRONG]])
def test_a_right_value_is_taken_and_an_empty_one_is_none(read, name, value):
    read(name, value)


def test_every_variable_of_the_page_is_tried():
    named = set(re.findall(r"^\| (`.+?) \|", PAGE, re.MULTILINE))
    variables = {name for cell in named for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert variables == set(WRONG) | ANYTHING


def test_a_key_that_cannot_be_read_or_is_empty_is_told(read, tmp_path):
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(VariableError, match=r"secret_key cannot be read: .+ Run this as the user"):
        read("DAWEN_DEBUG", "0")
    (tmp_path / "secret_key").rmdir()
    (tmp_path / "secret_key").touch()
    with pytest.raises(VariableError, match=r"secret_key is empty\. Remove it"):
        read("DAWEN_DEBUG", "0")


def started(command, **variables):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DAWEN_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | {"DJANGO_SETTINGS_MODULE": "config.settings"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


GUNICORN = ["-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]


@pytest.mark.parametrize("command", [["manage.py", "migrate"], ["manage.py", "index"], GUNICORN])
def test_commands_and_server_end_with_the_sentence_alone(command, tmp_path):
    done = started(command, DAWEN_DATA=str(tmp_path), DAWEN_TIME_ZONE="Mars/Olympus")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("DAWEN_TIME_ZONE is 'Mars/Olympus'")
    assert done.stderr.count("\n") == 1


def test_the_server_ends_so_for_what_only_it_reads(tmp_path):
    done = started(GUNICORN, DAWEN_DATA=str(tmp_path), DAWEN_WORKERS="abc")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "DAWEN_WORKERS is 'abc'. Write a whole number from 1 to 1000.\n"


def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(tmp_path):
    url = f"postgres://dawen:secret@127.0.0.1:{free_port()}/dawen"
    done = started(["manage.py", "migrate"], DAWEN_DATA=str(tmp_path), DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("The database of DATABASE_URL cannot be reached: ")
    assert "refused" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr
