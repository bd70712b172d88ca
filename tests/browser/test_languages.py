"""The languages of the interface and the scripts of a transcript, by hand and by eye."""

import pytest

pytestmark = pytest.mark.browser
CONFERENCE = "/conferences/2020-05-24/"


def lang(page, selector="html"):
    return page.locator(selector).first.evaluate("element => element.lang").lower()


def test_the_language_switch_stays_on_the_page_and_in_the_language(page, site):
    page.goto(f"{CONFERENCE}?q=合作")
    assert lang(page) == "en"  # as the browser asks
    page.get_by_role("link", name="繁體").click()
    page.wait_for_url(f"{site}/zh-hant{CONFERENCE}?q=*")
    assert lang(page) == "zh-hant"
    assert page.locator("main mark").count()
    page.get_by_role("link", name="媒體", exact=True).click()
    page.wait_for_url(f"{site}/zh-hant/outlets/")
    assert page.get_by_role("link", name="繁體").get_attribute("aria-current") == "true"
    assert page.context.cookies() == []


def test_a_search_in_one_language_leads_to_words_marked_in_it(page, site):
    page.goto("/zh-hant/")
    box = page.locator("input[name=q]").first
    box.fill("“类命运共”")
    box.press("Enter")
    page.wait_for_url(f"{site}/zh-hant/search/?q=*")
    page.locator(".hit .snippet a").first.click()
    page.wait_for_url(f"{site}/zh-hant{CONFERENCE}?q=*#q*")
    page.get_by_role("link", name="以繁體字閱讀").click()
    assert page.locator("main mark").first.inner_text() == "類命運共"
    assert lang(page, "main .question") == "zh-hant"
    page.get_by_role("link", name="顯示原文").click()
    assert page.locator("main mark").first.inner_text() == "类命运共"
    assert lang(page, "main .question") == "zh-hans"


def test_a_link_that_is_copied_is_in_no_language(page, site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for address in (f"/en{CONFERENCE}", CONFERENCE):
        page.goto(address)
        page.locator("#q3").get_by_role("button", name="Copy the link").click()
        page.get_by_role("status").filter(has_text="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{site}{CONFERENCE}3/"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_nothing_is_cut_off_on_a_phone(page, language):
    page.set_viewport_size({"width": 390, "height": 844})
    for url in ("/", CONFERENCE, "/outlets/", "/search/?q=合作"):
        page.goto(f"/{language}{url}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        for box in page.locator(".languages a").all():
            place = box.bounding_box()
            assert place["x"] >= 0, url
            assert place["x"] + place["width"] <= 390, url
            assert min(place["width"], place["height"]) >= 24, url
