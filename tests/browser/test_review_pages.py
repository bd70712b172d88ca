"""The review of a long transcript in a browser: keys, links and forms lead from page to page."""

import pytest

from archive.models import Correction
from tests.archive.admin.review.test_pages import receive_long

pytestmark = pytest.mark.browser


@pytest.fixture
def review(page, admin_user, outlets):
    """A transcript of 300 turns, with doubts on its first and its last page."""
    transcript = receive_long(150, unknown=(2, 149))
    page.goto("/admin/login/?next=/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "password")
    page.click("[type=submit]")
    page.goto(f"/admin/archive/transcript/{transcript.pk}/review/")
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.name")


def at(page, turn):
    """Waits until a page with `turn` is there, at its place."""
    page.wait_for_url(f"**/review/?at={turn}#turn-{turn}")
    page.wait_for_selector(f"#turn-{turn}.current")


def test_j_and_k_turn_the_page(review):
    review.locator("#turn-99").evaluate("row => { row.tabIndex = -1; row.focus(); }")
    review.keyboard.press("j")
    at(review, 100)
    review.keyboard.press("k")
    at(review, 99)


def test_n_goes_to_the_next_thing_to_check_over_pages(review):
    review.keyboard.press("n")
    assert focused(review) == "turn-2"
    review.keyboard.press("n")
    at(review, 296)
    review.keyboard.press("p")
    at(review, 2)


def test_an_address_of_a_turn_alone_opens_its_page(review):
    review.goto(f"{review.url.partition('?')[0]}#turn-250")
    at(review, 250)


def test_a_correction_far_down_stays_at_its_place(review):
    review.goto(f"{review.url}?at=250#turn-250")
    review.click("#turn-250 .edit")
    review.wait_for_selector("#turn-250 .turn-form")
    review.keyboard.press("Escape")
    review.wait_for_selector("#turn-250 .said")
    assert review.url.endswith("?at=250#turn-250")
    review.keyboard.press("e")
    review.wait_for_selector("#turn-250 .turn-form")
    review.fill("[name=words]", "改过的问题？")
    with review.expect_navigation():
        review.keyboard.press("Control+Enter")
    at(review, 250)
    assert review.locator("#turn-250 .said").inner_text() == "改过的问题？"
    assert Correction.objects.count() == 1


def test_without_script_links_and_forms_do_the_same(review, chromium):
    state = review.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(review.url)
    plain.locator(".stretch [rel=next]").first.click()
    plain.click("#turn-101 .edit")
    plain.fill("[name=words]", "改过的回答。")
    plain.click("[value=save]")
    assert plain.url.endswith("?at=101#turn-101")
    assert plain.locator("#turn-101 .said").inner_text() == "改过的回答。"
    plain.locator("#doubts").get_by_role("link", name="later").click()
    assert plain.url.endswith("?at=296#turn-296")
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_as_wide_as_the_window(review, width):
    review.set_viewport_size({"width": width, "height": 844})
    review.goto(f"{review.url.partition('?')[0]}?at=100")
    assert review.locator(".stretch").first.is_visible()
    assert review.evaluate("document.documentElement.scrollWidth") <= width
