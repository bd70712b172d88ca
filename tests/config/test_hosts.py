"""Who asks by a name that is not ours."""

import io
import logging

import pytest

from config import logs

FOREIGN = ["evil.example", "evil.example:8000", "[::1", "a b", "localhost/x", "xn--\u202e", ""]
# Of each language that an address may fix, something its page says.
TOLD = {
    "/": "a name that is not its own",  # as Accept-Language says
    "/en/": "a name that is not its own",
    "/zh-hans/": "不是本站的",
    "/zh-hant/": "網站名稱",
}
PATHS = ["", "conferences/", "search/?q=x", "admin/", "nowhere/", "conferences/2020-05-24.json"]


@pytest.fixture
def log(monkeypatch):
    """What production writes, line by line, at its usual level."""
    stream = io.StringIO()
    made = logs.logging_config(level="WARNING", form="plain")
    config = logging.config.DictConfigurator({**made, "version": 1})
    handler = logging.StreamHandler(stream)
    handler.setFormatter(config.configure_formatter(made["formatters"]["plain"]))
    for name in made["handlers"]["stderr"]["filters"]:
        handler.addFilter(config.configure_filter(dict(made["filters"][name])))
    monkeypatch.setattr(logging.root, "handlers", [handler])
    return lambda: stream.getvalue().splitlines()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", TOLD)
def test_a_foreign_name_is_400_in_one_line_of_the_log(client, log, prefix, path):
    asked = {"host": "evil.example", "accept-language": "en"}
    answer = client.get(prefix + path, headers=asked)
    assert answer.status_code == 400
    assert TOLD[prefix] in answer.text
    assert "traceback" not in answer.text.lower()
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    (line,) = log()
    assert " WARNING django.security.DisallowedHost " in line
    assert "evil.example" in line


@pytest.mark.parametrize("host", FOREIGN)
def test_whatever_a_name_holds_it_is_refused_in_a_line(client, log, host):
    answer = client.get("/", HTTP_HOST=host)
    assert answer.status_code == 400
    assert len(log()) == 1


@pytest.mark.parametrize("path", ["/static/dawen.css", "/en", "/admin/login/"])
def test_nothing_else_is_answered_either(client, log, path):
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400
    assert client.head(path, headers={"host": "evil.example"}).status_code == 400
    assert client.post(path, headers={"host": "evil.example"}).status_code == 400
    assert len(log()) == 3


def test_behind_https_a_foreign_name_is_not_led_on(client, log, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/en/", headers={"host": "evil.example"}).status_code == 400
    assert len(log()) == 1


@pytest.mark.parametrize("host", [*FOREIGN, "10.0.0.7:8000"])
def test_a_load_balancer_is_answered_by_whatever_name_it_asks(client, db, log, host):
    assert client.get("/healthz", HTTP_HOST=host).status_code == 200
    ready = client.get("/readyz", HTTP_HOST=host)
    assert ready.status_code == 503  # for there is no index
    assert "manage.py index" in ready.json()["index"]
    assert not any("DisallowedHost" in line for line in log())


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_what_a_load_balancer_asks_keeps_its_addresses_with_a_language(client, db, path):
    told = [client.get(one) for one in (path, f"/en{path}")]
    assert told[0].status_code == told[1].status_code != 404
    assert told[0]["Content-Type"] == told[1]["Content-Type"]


def test_a_failure_of_ours_still_tells_its_traceback(log):
    try:
        raise ValueError("ours")
    except ValueError:
        logging.getLogger("django.request").exception("It failed.")
    assert any("Traceback" in line for line in log())
