"""Suggestions under the search box: a combobox, as the ARIA Authoring Practices have it."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def box(page):
    """The search box of the front page, in which somebody has typed the name of an outlet."""
    page.goto("/")
    box = page.locator("main").get_by_role("combobox")
    box.press_sequentially("路透")
    page.locator("main").get_by_role("listbox", name="Suggestions").wait_for()
    return box


def options(page):
    return page.locator("main [role=option]")


def test_what_is_typed_is_followed_by_what_there_is(page, box):
    assert "路透社" in options(page).first.inner_text()
    assert box.get_attribute("aria-expanded") == "true"
    assert "suggestion" in page.locator("main .search [role=status]").inner_text()


def test_arrows_point_and_enter_takes_without_asking(page, box):
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    wanted = chosen.get_attribute("data-q")
    box.press("Enter")
    assert box.input_value() == wanted
    assert box.get_attribute("aria-expanded") == "false"
    assert box.evaluate("box => document.activeElement === box")
    assert page.url.endswith("/")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")


def test_arrows_go_round_and_past_the_box(page, box):
    last = options(page).last.get_attribute("id")
    box.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") == last
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None


def test_escape_closes_and_keeps_what_was_typed(page, box):
    box.press("Escape")
    assert not options(page).first.is_visible()
    assert box.input_value() == "路透"
    box.press("ArrowDown")
    options(page).first.wait_for()


def test_a_click_takes(page, box):
    wanted = options(page).first.get_attribute("data-q")
    options(page).first.click()
    assert box.input_value() == wanted
    assert not options(page).first.is_visible()


def test_the_list_goes_when_the_box_is_left(page, box):
    box.press("Tab")
    assert not options(page).first.is_visible()
