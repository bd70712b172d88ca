"""axe finds nothing on any kind of page, in both themes, on a phone and on a desk."""

import pytest

from tests.browser.pages import PAGES, fill
from tests.conftest import missing

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The dark theme is other colours and nothing else (static/css/tokens.css and citing.css), so what
# does not look at colours was checked in the light one.
CHECKED = {"light": RULES, "dark": ["color-contrast", "link-in-text-block"]}
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture(scope="session")
def axe():
    """Runs axe on a page and answers a line for each thing it finds."""
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ImportError:
        missing("browser", "axe is not installed; run: make browser")

    def run(page, rules):
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)["violations"]
        return [
            f"{one['id']}: {one['help']}: {node['html'][:160]} {node['failureSummary']}"
            for one in found
            for node in one["nodes"]
        ]

    return run


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_page(chromium, site, tmp_path, axe, width):
    fill(tmp_path)
    context = chromium.new_context(
        base_url=site, locale="zh-CN", viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    found = []
    for name, address in PAGES.items():
        answer = page.goto(address)
        assert answer.status == (404 if name == "404" else 200), name
        page.evaluate(OPEN)
        for theme, rules in CHECKED.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            found += [f"{name}, {theme}: {line}" for line in axe(page, rules)]
    context.close()
    assert not found, "\n".join(found)
