"""Nothing that came from outside makes a log line of its own."""

import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.logs import LineFormatter, escape_hidden

FORMATTER = LineFormatter("{levelname} {message}", style="{")


def line_of(message, *args, error=None):
    record = logging.LogRecord("dawen", logging.ERROR, "x.py", 1, message, args, error)
    return FORMATTER.format(record)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中文 okay", "中文 okay"),
        ("a\nERROR forged", "a\\x0aERROR forged"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("a\u2028b", "a\\u2028b"),
        ("\\x0a", "\\\\x0a"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text, shown):
    assert escape_hidden(text) == shown
    assert line_of("%s", text) == f"ERROR {shown}"


@given(st.text())
def test_a_message_is_one_line_that_can_be_written(text):
    line = line_of("said: %s", text)
    assert len(line.splitlines()) == 1
    assert line.encode()


def test_the_lines_of_a_traceback_look_like_no_message():
    try:
        raise ValueError("a\nERROR forged\r\nERROR again")
    except ValueError:
        text = line_of("it failed", error=sys.exc_info())
    first, *rest = text.split("\n")
    assert first == "ERROR it failed"
    assert all(line.startswith("  ") and line.isprintable() for line in rest)


def test_the_site_s_own_log_is_written_so(settings):
    formatters = settings.LOGGING["formatters"]
    assert formatters["plain"]["()"] == "config.logs.LineFormatter"
