"""The Nu HTML checker finds no error on any kind of page."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.pages import PAGES, fill
from tests.conftest import missing

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def check():
    """Runs the checker on a folder and answers what it has to say."""
    jar = Path(os.environ.get("VNU_JAR", ""))
    if not jar.is_file():
        missing("vnu", "VNU_JAR names no vnu.jar (the package vnu-jar of npm holds it)")
    if shutil.which("java") is None:
        missing("vnu", "no Java is installed, which the HTML checker needs")

    def run(folder):
        command = ["java", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "gnu"]
        return subprocess.run([*command, folder], capture_output=True, text=True, check=False)

    return run


def test_the_html_of_every_page_is_valid(check, client, seed, tmp_path):
    fill(tmp_path)
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, address in PAGES.items():
        answer = client.get(address)
        assert answer.status_code == (404 if name == "404" else 200), name
        (folder / f"{name}.html").write_bytes(answer.content)
    said = check(folder)
    assert said.returncode == 0, said.stderr.replace(str(folder), "")
