"""What is written down of a request, and what is not."""

import io
import json
import logging
import logging.config

import pytest

from config import logs


@pytest.fixture
def written():
    """A function that logs as production does and answers what was written."""

    def write(form, *args, **extra):
        stream = io.StringIO()
        made = logs.logging_config(level="INFO", form=form)
        formatter = made["formatters"][form]
        handler = logging.StreamHandler(stream)
        config = logging.config.DictConfigurator({"version": 1})
        handler.setFormatter(config.configure_formatter(formatter))
        handler.addFilter(logs.RequestIdFilter())
        logger = logging.Logger("some")
        logger.addHandler(handler)
        logger.warning(*args, extra=extra)
        return stream.getvalue()

    return write


def test_every_request_has_an_id(client):
    one, other = client.get("/healthz"), client.get("/healthz")
    assert len(one["X-Request-ID"]) == 16
    assert one["X-Request-ID"] != other["X-Request-ID"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-12345", True), ("short", False), ("bad id\n", False), ("a" * 65, False)],
)
def test_the_id_of_a_server_in_front_is_kept_if_it_is_one(client, given, kept):
    answered = client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"]
    assert (answered == given) is kept


def test_a_line_tells_of_the_request_but_not_of_what_was_asked(client, db, caplog):
    with caplog.at_level(logging.INFO, logger="dawen.requests"):
        client.get("/en/conferences/?q=secret", headers={"x-request-id": "abcdefgh"})
    record = next(r for r in caplog.records if r.name == "dawen.requests")
    assert (record.method, record.path, record.status) == ("GET", "/en/conferences/", 200)
    assert "secret" not in record.getMessage()
    assert logs.request_id.get() == "abcdefgh"


def test_json_lines_are_json_whatever_somebody_typed(written):
    line = written("json", "of %s", 'a"\n王毅\x1b[31m', request="<GET '/?q=secret'>")
    assert line.count("\n") == 1
    assert "secret" not in line
    told = json.loads(line)
    assert told["message"] == 'of a"\n王毅\x1b[31m'
    assert {"time", "level", "logger", "request_id"} <= set(told)


def test_a_plain_line_stays_one_line_and_leaves_the_terminal_alone(written):
    line = written("plain", "of %s", "a\n2026-01-01 ERROR b\x1b[31m\u202e王毅")
    assert line.count("\n") == 1
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert r"a\x0a2026-01-01 ERROR b\x1b[31m\u202e王毅" in line
