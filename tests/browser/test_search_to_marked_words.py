"""From the front page to the words, marked in their place."""

import pytest

pytestmark = pytest.mark.browser


def test_a_phrase_across_a_word_border_is_found_opened_and_marked(page):
    page.goto("/")
    box = page.locator("input[name=q]").first
    box.fill("“类命运共”")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.locator(".hit mark").first.inner_text() == "类命运共"
    page.locator(".hit .snippet a").first.click()
    page.wait_for_url("**/conferences/2020-05-24/?q=*#q*")
    first = page.locator(f"mark#{page.url.rsplit('#', 1)[1]}")
    assert first.inner_text() == "类命运共"
    assert first.evaluate("mark => mark.getBoundingClientRect().top < innerHeight")
    assert set(page.locator("main mark").all_inner_texts()) == {"类命运共"}


def test_conferences_are_browsed_by_date_down_to_one_exchange(page):
    page.goto("/conferences/")
    page.locator("main").get_by_role("link", name="2020").first.click()
    page.wait_for_url("**/conferences/2020/")
    page.locator("main a[href='/conferences/2020-05-24/']").first.click()
    page.wait_for_url("**/conferences/2020-05-24/")
    page.locator("#q7 a[href='/conferences/2020-05-24/7/']").first.click()
    page.wait_for_url("**/conferences/2020-05-24/7/")
    assert page.locator("main article").count() == 1
