"""A conference read page by page: an address that names only a question still leads there."""

import pytest

from tests.archive.views.test_contents import make_long

pytestmark = pytest.mark.browser
URL = "/conferences/long/"


@pytest.fixture
def long(site):
    return make_long(150, slug="long", title="很长的记者会")


def test_the_address_of_a_far_question_opens_its_page(page, long):
    page.goto(f"{URL}#q150")
    page.wait_for_url(f"**{URL}?at=150#q150")
    assert -1 < page.locator("article#q150").evaluate("e => e.getBoundingClientRect().top") < 900


def test_without_script_it_leads_to_a_line_that_leads_on(chromium, site, long):
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="en-GB")
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{URL}#q150")
    page.locator(".contents li#q150 a").click()
    page.wait_for_url(f"**{URL}?at=150#q150")
    assert page.locator("article#q150").is_visible()
    context.close()


def test_j_turns_the_page(page, long):
    page.goto(f"{URL}#q100")
    page.keyboard.press("j")
    page.wait_for_url(f"**{URL}?page=2")
    assert page.locator("article#q101").is_visible()
