"""docs/deployment.md and docs/deploy: the commands run, the units are sound, nginx serves."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPSConnection, RemoteDisconnected
from pathlib import Path

import pytest

from archive.admin.forms import UPLOAD_LIMIT
from archive.citations import CITATION_FILES
from config.compression import COMPRESSED
from tests.conftest import missing
from tests.running.servers import free_port, gunicorn, wait_for

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "docs" / "deploy"
HOST = "archive.example.org"

pytestmark = pytest.mark.slow


def program(name):
    """Where `name` is installed; the test is skipped where it is not."""
    return shutil.which(name) or missing(name, f"{name} is not installed")


def settings_of_the_page():
    block = re.search(r"```ini\n(.*?)```", PAGE, re.DOTALL)[1]
    return dict(line.split("=", 1) for line in block.splitlines())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What stands for /srv/dawen."""
    made = tmp_path_factory.mktemp("srv")
    (made / "data").mkdir()
    (made / "backups").mkdir()
    return made


@pytest.fixture(scope="module")
def environment(folder):
    given = {k: v.replace("/srv/dawen", str(folder)) for k, v in settings_of_the_page().items()}
    given["DJANGO_SUPERUSER_PASSWORD"] = "only for this test"  # noqa: S105
    made = {
        k: v for k, v in os.environ.items() if not k.startswith(("DAWEN_", "DATABASE_", "DJANGO_"))
    }
    return made | given | {"DJANGO_SETTINGS_MODULE": "config.settings"}


def manage(environment, *command):
    ran = subprocess.run(
        [sys.executable, "manage.py", *command], check=False, cwd=ROOT, env=environment,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"


@pytest.fixture(scope="module")
def installed(folder, environment):
    """Every command of manage.py that the page names, run in the order of the page."""
    commands = re.findall(r"^python manage\.py (.+)$", PAGE, re.MULTILINE)
    assert len(commands) > 8
    for line in commands:
        command = line.replace("/srv/dawen", str(folder)).split()
        if command[0] == "createsuperuser":
            command += ["--noinput", "--username=editor", "--email=editor@example.org"]
        if command[0] == "restore":
            # The page restores on an empty machine.
            shutil.rmtree(folder / "data")
            (folder / "data").mkdir()
            static = ["collectstatic", "--noinput", "--verbosity=0"]
            manage(environment, *static)
        manage(environment, *command)
    return folder


def test_every_variable_the_program_reads_is_on_the_page():
    sources = (ROOT / "config").glob("*.py")
    read = set(re.findall(r'"(DAWEN_[A-Z_]+)"', "".join(path.read_text() for path in sources)))
    assert read <= set(re.findall(r"`(DAWEN_[A-Z_]+)`", PAGE))


def test_the_units_are_sound(tmp_path):
    analyze = program("systemd-analyze")
    stand_in = tmp_path / "program" / ".venv" / "bin"
    stand_in.mkdir(parents=True)
    for name in ("gunicorn", "python"):
        (stand_in / name).symlink_to("/bin/true")
    units = [path for path in DEPLOY.iterdir() if path.suffix in {".service", ".socket", ".timer"}]
    for path in units:
        here = path.read_text().replace("/srv/dawen", str(tmp_path))
        (tmp_path / path.name).write_text(here)
    command = [analyze, "verify", *(tmp_path / path.name for path in units)]
    told = subprocess.run(command, check=False, capture_output=True, text=True)
    ours = [line for line in told.stderr.splitlines() if "dawen" in line]
    assert ours == []


def test_every_unit_and_timer_of_the_page_is_there():
    for name in re.findall(r"`(dawen[\w@.-]+\.(?:service|socket|timer))`", PAGE):
        assert (DEPLOY / name).is_file()
    for timer in DEPLOY.glob("*.timer"):
        started = re.search(r"^Unit=(.+)$", timer.read_text(), re.MULTILINE)[1]
        template = re.sub(r"@.+\.", "@.", started)
        assert (DEPLOY / started).is_file() or (DEPLOY / template).is_file()


@contextmanager
def nginx(folder, http, https, upstream):
    """nginx with the example of the docs, on ports of this machine and a certificate of its own."""
    server = program("nginx")
    subprocess.run(
        [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", f"/CN={HOST}", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text()
    for old, new in {
        r"listen \[::\]:.*;": "",
        r"listen 80\b": f"listen 127.0.0.1:{http}",
        r"listen 443": f"listen 127.0.0.1:{https}",
        r"127\.0\.0\.1:8000": f"127.0.0.1:{upstream}",
        r"/etc/ssl/certs/\S+;": f"{folder}/cert.pem;",
        r"/etc/ssl/private/\S+;": f"{folder}/key.pem;",
    }.items():
        site, count = re.subn(old, new, site)
        assert count, old
    whole = (
        f"pid {folder}/nginx.pid; error_log {folder}/error.log; daemon off;\n"
        f"events {{}}\nhttp {{ access_log off; client_body_temp_path {folder}/body;\n"
        f"proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;\n"
        f"uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{site}\n}}\n"
    )
    (folder / "nginx.conf").write_text(whole)
    command = [server, "-c", folder / "nginx.conf", "-e", folder / "error.log", "-p", folder]
    checked = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    with subprocess.Popen(command) as running:
        try:
            wait_for(http)
            yield
        finally:
            running.terminate()


def ask(connection, path, **headers):
    with closing(connection):
        connection.request("GET", path, headers={"Host": HOST} | headers)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()


def secure_connection(name, port):
    """To this machine, over TLS, as if it were called `name`."""
    unchecked = ssl._create_unverified_context()  # noqa: S323 -- a certificate made a second ago
    made = HTTPSConnection(name, port, context=unchecked)
    made._create_connection = lambda *_args: socket.create_connection(("127.0.0.1", port))
    return made


def test_nginx_takes_the_example_and_hangs_up_on_other_names(tmp_path):
    http, https = free_port(), free_port()
    with nginx(tmp_path, http, https, free_port()):
        assert ask(HTTPConnection("127.0.0.1", http), "/en/")[0] == 301
        assert ask(secure_connection(HOST, https), "/readyz")[0] == 403
        for name in ("evil.example", "127.0.0.1"):
            with pytest.raises(RemoteDisconnected):
                ask(HTTPConnection("127.0.0.1", http), "/en/", Host=name)
            with pytest.raises(RemoteDisconnected):
                ask(secure_connection(HOST, https), "/en/", Host=name)
            with pytest.raises(ssl.SSLError):
                ask(secure_connection(name, https), "/en/")


def directives(name):
    """The words after a directive of the example, at each place where it stands."""
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text())
    return [found.split() for found in re.findall(rf"^\s*{name}\s+([^;]+);", text, re.MULTILINE)]


def test_nginx_lets_through_what_the_program_reads(settings):
    ((largest,),) = directives("client_max_body_size")
    megabytes = settings.LARGEST_REQUEST // 1024**2
    assert largest == f"{megabytes + 1}m"
    assert UPLOAD_LIMIT < settings.LARGEST_REQUEST
    told = " ".join((ROOT / "docs" / "publishing.md").read_text(encoding="utf-8").split())
    each = UPLOAD_LIMIT // 1024**2
    assert f"at once and {each} MB each (without script {megabytes} MB together)" in told
    assert re.search(rf"`DAWEN_UPLOAD_MB`[^|]*\|[^|]*\| {megabytes} \|", PAGE)


def test_nginx_compresses_what_the_program_does():
    (types,) = directives("gzip_types")
    assert {*types, "text/html"} == COMPRESSED


def test_all_text_that_is_served_is_compressed():
    kinds = {made.media_type for made in CITATION_FILES.values()}
    assert {kind.partition(";")[0] for kind in kinds} <= COMPRESSED


@pytest.mark.nightly
def test_the_commands_of_the_page_make_an_archive_that_nginx_serves(installed, environment):
    upstream, http, https = free_port(), free_port(), free_port()
    with gunicorn(environment | {"DAWEN_BIND": f"127.0.0.1:{upstream}"}):
        wait_for(upstream)
        with nginx(installed, http, https, upstream):
            status, headers, _ = ask(HTTPConnection("127.0.0.1", http), "/conferences/")
            assert (status, headers["Location"]) == (301, f"https://{HOST}/conferences/")

            def secure():
                return secure_connection(HOST, https)

            status, headers, body = ask(secure(), "/conferences/", **{"X-Forwarded-For": "1.2.3.4"})
            assert status == 200
            assert b"</html>" in body
            assert "max-age=" in headers["Strict-Transport-Security"]
            assert re.fullmatch("[0-9a-f]{32}", headers["X-Request-ID"])
            assert ask(secure(), "/healthz")[0] == ask(secure(), "/readyz")[0] == 403
        status, _, body = ask(HTTPConnection("127.0.0.1", upstream), "/readyz")
        assert (status, b'"ready": true' in body) == (200, True)
