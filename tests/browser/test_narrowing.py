"""A search is narrowed by the form, a bar of the chart, a facet; and widened by its chips."""

import re

import pytest
from django.core.management import call_command

from tests.browser.pages import fill

pytestmark = pytest.mark.browser
# The tests of a machine without Playwright import this file, too.
expect = pytest.importorskip("playwright.sync_api", reason="run: make browser").expect
YEAR_2020 = re.compile(r"from=2020-01-01&to=2020-12-31")


@pytest.fixture
def years(page, tmp_path):
    """The page, and conferences of three years."""
    fill(tmp_path)
    call_command("index", verbosity=0)
    page.goto("/search/?q=合作&step=year")
    return page


def test_the_form_narrows_and_a_chip_widens_again(years):
    years.locator("summary", has_text="Filters").click()
    years.get_by_role("combobox", name="Look in").select_option("Answers")
    years.get_by_label("Answered by").fill("王毅")
    years.get_by_label("From:").fill("2020-01-01")
    years.locator("input[name=q]").press("Enter")
    chips = years.get_by_role("navigation", name="Filters that are on").get_by_role("link")
    expect(chips).to_have_count(3)
    years.get_by_role("link", name="Take this filter away: Answers").click()
    expect(chips).to_have_count(2)
    assert "in=" not in years.url
    assert "speaker=wang-yi" in years.url


def test_a_bar_of_the_chart_is_a_filter(years):
    bar = years.locator(".chart a[href*='from=2020-01-01']")
    bar.click()
    expect(years).to_have_url(YEAR_2020)
    expect(years.locator(".chips a")).to_have_count(1)
    years.go_back()
    bar.focus()
    years.keyboard.press("Enter")
    expect(years).to_have_url(YEAR_2020)


def test_a_facet_says_how_many_it_leaves(years):
    facet = years.locator(".facets a", has_text=re.compile("2018"))
    count = int(facet.locator(".count").inner_text())
    facet.click()
    expect(years).to_have_url(re.compile("from=2018-01-01"))
    expect(years.locator(".hit")).to_have_count(count)


def test_without_script_a_search_is_asked_narrowed_and_followed(chromium, site):
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="en-GB")
    page = context.new_page()
    page.goto("/")
    page.locator("input[name=q]").first.fill("合作")
    page.locator("input[name=q]").first.press("Enter")
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("combobox", name="Look in").select_option("Questions")
    page.locator("input[name=q]").press("Enter")
    expect(page.locator(".chips a")).to_have_count(1)
    page.locator(".hit .snippet a").first.click()
    assert page.locator(".question mark").first.inner_text() == "合作"
    context.close()
