"""Pictures of the site with the transcript it comes with: python -m tests.bench.screenshots

A production server on this machine, with a temporary archive, and the system's Chromium.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
_PAGES = {
    "home": "/",
    "conference": "/conferences/2020-05-24/?q=“命运共同体”#q2",
    "search": "/search/?q=“命运共同体”",
    "year": "/conferences/2020/",
}
_WIDE = {"viewport": {"width": 1280, "height": 860}, "color_scheme": "light"}
_NARROW = {"viewport": {"width": 390, "height": 780}, "color_scheme": "dark"}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Take every page twice: wide and light as name.png, narrow and dark as name-dark.png."""
    with tempfile.TemporaryDirectory(prefix="dawen-screenshots-") as temporary:
        os.environ["DAWEN_DATA"] = temporary  # nothing that is run here sees the archive's data
        from tests.bench.site import server

        _fill()
        with server() as (address, _process):
            _take(address)
    total = sum(picture.stat().st_size for picture in FOLDER.glob("*.png"))
    sys.stdout.write(f"{FOLDER}: {total / 1000:.0f} kB\n")


def _fill() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_outlets", verbosity=0)
    call_command("ingest", "fixtures/transcripts", verbosity=0)
    call_command("index", verbosity=0)


def _take(address: str) -> None:
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        sys.exit("No Chromium is installed.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        for ending, screen in (("", _WIDE), ("-dark", _NARROW)):
            page = browser.new_context(locale="zh-CN", **screen).new_page()
            for name, where in _PAGES.items():
                _picture(page, f"{address}{where}", FOLDER / f"{name}{ending}.png")
        browser.close()


def _picture(page: Any, address: str, file: Path) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
