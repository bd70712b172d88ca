"""What `make` does on a machine that is new, or not whole, and what it says."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.running.servers import free_port, gunicorn, wait_for

ROOT = Path(__file__).parents[2]
# Stands for Python: makes an environment whose own Python stands for pip.
PYTHON = """#!/bin/sh
case "$*" in
*"import ensurepip"*) [ -e "$HERE/no-ensurepip" ] && exit 1 ;;
"-m venv"*)
    mkdir -p "$3/bin" "$3/lib/python3/site-packages" && cp "$HERE/pip" "$3/bin/python"
    [ ! -e "$HERE/venv-fails" ] || { echo "no space left" >&2; exit 1; }
    exit ;;
esac
exec "$REAL" "$@"
"""
# What pip does is in its file `does`: fail, begin (and then fail), wait (for Ctrl+C).
PIP = """#!/bin/sh
case "$*" in *"pip install"*) ;; *) exit 0 ;; esac
echo "$*" >>"$HERE/asked"
does=$(cat "$HERE/does" 2>/dev/null)
[ "$does" != fail ] || exit 1
touch "$VENV/lib/python3/site-packages/some-package-$(wc -l <"$HERE/asked")"
[ "$does" != begin ] || exit 1
[ "$does" != wait ] || { trap 'exit 1' INT; touch "$HERE/waits"; sleep 60 & wait; }
"""

APT = r"Install it: (sudo )?apt install python3\.\d+-venv"


class Machine:
    """A folder with a Python of its own, and what `make` answered there."""

    def __init__(self, folder):
        self.folder, self.venv = folder, folder / "venv"
        for name, script in {"python": PYTHON, "pip": PIP}.items():
            (folder / name).write_text(script)
            (folder / name).chmod(0o755)
        self.release("ID=debian\n")
        # Not those of the make that runs this suite.
        kept = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MFLAGS"}}
        self.environment = kept | {
            "HERE": str(folder),
            "REAL": sys.executable,
            "VENV": str(self.venv),
            "OS_RELEASE": str(folder / "os-release"),
        }

    def release(self, text):
        (self.folder / "os-release").write_text(text)

    def command(self, pins, python):
        stamp = self.venv / f"{pins}.stamp"
        return ["make", stamp, f"VENV={self.venv}", f"PYTHON={python or self.folder / 'python'}"]

    def make(self, pins="run", python=None):
        return subprocess.run(
            self.command(pins, python), cwd=ROOT, env=self.environment, check=False,
            capture_output=True, text=True,
        )  # fmt: skip

    def does(self, what):
        (self.folder / "does").write_text(what)

    @property
    def installed(self):
        return sorted(path.name for path in self.venv.glob("lib/*/site-packages/*"))

    @property
    def asked(self):
        return len((self.folder / "asked").read_text().splitlines())


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_packages_are_installed_once(machine):
    assert machine.make().returncode == 0
    assert "Installing" not in machine.make().stdout
    assert machine.asked == 1
    assert machine.make("test").returncode == 0
    assert machine.asked == 2
    assert machine.installed == ["some-package-1", "some-package-2"]


@pytest.mark.parametrize(
    ("release", "line"),
    [
        ("ID=debian\n", APT),
        ('ID=zorin\nID_LIKE="ubuntu debian"\n', APT),
        ("ID=fedora\n", r"Install it: (sudo )?dnf install python3"),
        ("ID=nixos\n", r"Install them for Python 3\.\d+\."),
    ],
)  # fmt: skip
def test_a_python_without_venv_is_told_with_the_line_that_mends_it(machine, release, line):
    machine.release(release)
    (machine.folder / "no-ensurepip").touch()
    done = machine.make()
    assert done.returncode != 0
    assert re.search(rf"lacks the modules venv and ensurepip\. {line}$", done.stderr, re.MULTILINE)
    assert not machine.venv.exists()
    (machine.folder / "no-ensurepip").unlink()
    assert machine.make().returncode == 0


def test_no_python_is_told_with_the_line_that_installs_it(machine):
    done = machine.make(python="python-of-nowhere")
    assert done.returncode != 0
    assert "There is no python-of-nowhere here. Install it: " in done.stderr
    assert "apt install python3 python3-venv\n" in done.stderr


def test_a_python_that_is_too_old_is_told(machine):
    old = machine.folder / "old"
    old.write_text("#!/bin/sh\ncase $2 in *print*) echo 3.9 ;; *exit*) exit 1 ;; esac\n")
    old.chmod(0o755)
    done = machine.make(python=old)
    assert done.returncode != 0
    assert f"Dawen needs Python 3.11 or newer; {old} is 3.9. Name another one: make" in done.stderr
    assert not machine.venv.exists()


def test_an_environment_that_could_not_be_made_leaves_nothing(machine):
    (machine.folder / "venv-fails").touch()
    done = machine.make()
    assert done.returncode != 0
    assert "no space left" in done.stderr
    assert "Nothing was left behind" in done.stderr
    assert not machine.venv.exists()


def test_after_a_pip_that_failed_half_way_everything_is_made_anew(machine):
    machine.make()
    machine.does("begin")
    assert machine.make("test").returncode != 0
    machine.does("")
    # Also where all that this one wants had been there.
    assert machine.make("run").returncode == 0
    assert machine.installed == ["some-package-3"]
    assert not (machine.venv / "test.stamp").exists()


def test_after_a_pip_that_fetched_nothing_what_was_there_stays(machine):
    machine.make()
    machine.does("fail")
    done = machine.make("test")
    assert done.returncode != 0
    assert "test.txt could not be installed; pip says why above" in done.stderr
    assert machine.make("run").returncode == 0
    assert machine.installed == ["some-package-1"]


def test_after_an_interrupted_pip_everything_is_made_anew(machine):
    def hears_ctrl_c():
        # A suite that runs in the background was started to hear none.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    machine.does("wait")
    with subprocess.Popen(
        machine.command("run", None), cwd=ROOT, env=machine.environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=hears_ctrl_c,  # noqa: PLW1509 -- no threads run yet
    ) as running:  # fmt: skip
        while not (machine.folder / "waits").exists():
            assert running.poll() is None
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(timeout=60) != 0
    machine.does("")
    assert machine.make().returncode == 0
    assert machine.installed == ["some-package-2"]


@pytest.mark.django_db
def test_the_first_account_is_spoken_of_while_there_is_none(capsys, settings):
    call_command("first_account")
    told = capsys.readouterr().out
    assert "manage.py createsuperuser" in told
    assert ", with the same DAWEN_DATA" in told  # the suite's own
    settings.DATA_DIR = ROOT / "var"
    call_command("first_account")
    assert "DAWEN_DATA" not in capsys.readouterr().out
    User.objects.create_user("editor")
    call_command("first_account")
    assert capsys.readouterr().out == ""


def test_what_has_nothing_to_do_says_nothing(seed, seed_outlets, seed_bytes, tmp_path, capfd):
    (tmp_path / "seed.txt").write_bytes(seed_bytes)
    call_command("index", verbosity=0)
    capfd.readouterr()
    call_command("load_outlets", seed_outlets, verbosity=0)
    call_command("ingest", tmp_path / "seed.txt", verbosity=0)
    call_command("index", verbosity=0)
    assert capfd.readouterr() == ("", "")


def test_what_was_done_is_said_at_any_verbosity(db, seed_outlets, seed_bytes, tmp_path, capfd):
    (tmp_path / "seed.txt").write_bytes(seed_bytes)
    call_command("load_outlets", seed_outlets, verbosity=0)
    assert re.search(r"\d+ outlets and \d+ aliases added", capfd.readouterr().out)
    call_command("ingest", tmp_path / "seed.txt", verbosity=0)
    assert "1 created" in capfd.readouterr().out
    call_command("index", verbosity=1)
    assert "The index is up to date." in capfd.readouterr().out


@pytest.mark.slow
def test_the_server_says_where_it_really_is(tmp_path):
    bind = f"127.0.0.1:{free_port()}"
    environment = os.environ | {"DAWEN_DATA": str(tmp_path), "DAWEN_BIND": bind}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with gunicorn(environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as server:
        assert server.process.stdout.readline() == f"Dawen is on http://{bind}\n".encode()
        wait_for(int(bind.rpartition(":")[2]))
