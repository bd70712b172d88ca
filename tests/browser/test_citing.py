"""A conference or an exchange is cited: opened, copied, taken away as a file."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
URL = "/en/conferences/2020-05-24/"


@pytest.mark.parametrize("address", [URL, f"{URL}7/"])
def test_a_citation_is_copied_as_it_stands(page, address):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.locator("#cite > summary").click()
    for one in page.locator("#cite .citation").all():
        page.evaluate("navigator.clipboard.writeText('')")
        one.get_by_role("button", name="Copy").click()
        page.wait_for_function("async () => await navigator.clipboard.readText() !== ''")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == one.locator("pre").inner_text().strip()


def test_a_citation_is_a_file_even_without_script(chromium, site):
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="en-GB")
    page = context.new_page()
    page.goto(URL)
    page.locator("#cite > summary").click()
    assert page.locator("#cite button:visible").count() == 0
    with page.expect_download() as file:
        page.locator("#cite a[href$='.bib']").click()
    assert Path(file.value.path()).read_text(encoding="utf-8").startswith("@")
    context.close()
