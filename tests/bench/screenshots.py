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
# Of the editors' desk; {waiting} is a new file, {corrected} one that corrects a conference.
_DESK = {
    "upload": "/admin/archive/transcript/upload/",
    "review": "/admin/archive/transcript/{waiting}/review/?turn=2#turn-2",
    "difference": "/admin/archive/transcript/{corrected}/difference/",
}
_WAITING = """2026年11月23日外交部发言人毛宁主持例行记者会

总台央视记者：国际会议本周闭幕，各方就议程草案交换意见。发言人能否介绍情况？

毛宁：会议就议程草案达成了广泛共识。中方愿同各方一道，把共识落到实处。

《环球晨报》记者：有消息称下月将举行部长级磋商。请问中方是否参加？

毛宁：我目前没有可以提供的信息。如有消息，我们会及时发布。
毛宁：今天的记者会到此结束。谢谢大家。
"""
_WIDE = {"width": 1280, "height": 860}
_NARROW = {"width": 390, "height": 780}
_SCREENS: dict[str, Any] = {
    "": {"viewport": _WIDE, "color_scheme": "light"},
    "-wide-dark": {"viewport": _WIDE, "color_scheme": "dark"},
    "-phone": {"viewport": _NARROW, "color_scheme": "light"},
    "-phone-dark": {"viewport": _NARROW, "color_scheme": "dark"},
}
_PUBLIC = {"": "", "-phone-dark": "-dark"}  # how these are named of the public pages
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Take every page twice: wide and light as name.png, narrow and dark as name-dark.png; those
    of the editors also wide and dark, narrow and light."""
    with tempfile.TemporaryDirectory(prefix="dawen-screenshots-") as temporary:
        os.environ["DAWEN_DATA"] = temporary  # nothing that is run here sees the archive's data
        from tests.bench.site import server

        _fill()
        desk, cookie = _desk()
        with server() as (address, _process):
            _take(address, desk, cookie)
    total = sum(picture.stat().st_size for picture in FOLDER.glob("*.png"))
    sys.stdout.write(f"{FOLDER}: {total / 1000:.0f} kB\n")


def _fill() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_outlets", verbosity=0)
    call_command("ingest", "fixtures/transcripts", verbosity=0)
    call_command("index", verbosity=0)


def _desk() -> tuple[dict[str, str], dict[str, str]]:
    """The pages of the editors' desk with two files that wait, and the cookie that opens them."""
    from archive.editing.uploads import receive
    from tests.bench.load import signed_in

    seed = next(Path("fixtures/transcripts").glob("*.txt"))
    corrected = seed.read_text(encoding="utf-8").replace("人类命运共同体", "构建人类命运共同体", 2)
    waiting = receive(_WAITING.encode(), "2026-11-23 毛宁.txt", user=None).transcript
    correction = receive(corrected.encode(), seed.name, user=None).transcript
    if waiting is None or correction is None:
        raise AssertionError("A file for the pictures was not read.")
    name, _, value = signed_in("editor").partition("=")
    keys = {"waiting": waiting.pk, "corrected": correction.pk}
    return {of: where.format(**keys) for of, where in _DESK.items()}, {"name": name, "value": value}


def _take(address: str, desk: dict[str, str], cookie: dict[str, str]) -> None:
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        sys.exit("No Chromium is installed.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        for ending, screen in _SCREENS.items():
            context = browser.new_context(locale="zh-CN", **screen)
            page = context.new_page()
            if ending in _PUBLIC:
                for name, where in _PAGES.items():
                    _picture(page, f"{address}{where}", FOLDER / f"{name}{_PUBLIC[ending]}.png")
            context.add_cookies([{**cookie, "url": address}])
            for name, where in desk.items():
                _picture(page, f"{address}{where}", FOLDER / f"{name}{ending}.png")
        browser.close()


def _picture(page: Any, address: str, file: Path) -> None:
    page.goto(address)
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
