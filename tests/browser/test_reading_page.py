"""Reading a conference: the contents, the keys, the copies, paper, and a browser without script."""

import pytest

pytestmark = pytest.mark.browser
URL = "/conferences/2020-05-24/"


@pytest.fixture
def allowed(page):
    """The same page, allowed to read what was copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def copied(page):
    page.locator("[role=status].told", has_text="Copied").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_j_and_k_go_from_exchange_to_exchange(page):
    page.goto(URL)
    for key, place in (("j", "q1"), ("j", "q2"), ("j", "q3"), ("k", "q2")):
        page.keyboard.press(key)
        page.wait_for_url(f"**{URL}#{place}")
        assert page.evaluate("document.activeElement.id") == place
    assert -1 < page.locator("#q2").evaluate("e => e.getBoundingClientRect().top") < 60


def test_j_on_an_exchange_alone_opens_the_next(page):
    page.goto(f"{URL}3/")
    page.keyboard.press("j")
    page.wait_for_url(f"**{URL}4/")
    page.keyboard.press("k")
    page.wait_for_url(f"**{URL}3/")


def test_a_slash_goes_to_the_search_box_where_letters_are_letters(page):
    page.goto(URL)
    page.keyboard.press("/")
    page.keyboard.type("jk?/")
    assert page.locator("input[name=q]").input_value() == "jk?/"
    assert page.url.endswith(URL)


def test_a_question_mark_shows_the_keys_which_can_be_turned_off(page):
    page.goto(URL)
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert "#" not in page.url
    page.reload()
    page.keyboard.press("j")
    assert "#" not in page.url


def test_the_contents_are_folded_on_a_phone_and_fold_again_after_a_jump(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(URL)
    line = page.locator(".contents a[href='#q7']")
    assert not line.is_visible()
    page.locator(".contents summary").click()
    line.click()
    page.wait_for_url(f"**{URL}#q7")
    assert not line.is_visible()
    assert -1 < page.locator("#q7").evaluate("e => e.getBoundingClientRect().top") < 60


def test_the_contents_stay_beside_the_text_and_say_where_one_is(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{URL}#q9")
    page.locator(".contents a[href='#q9'][aria-current]").wait_for()
    box = page.locator(".contents").bounding_box()
    assert 0 <= box["y"] < 60
    assert box["y"] + box["height"] <= 900


def test_the_link_of_an_exchange_is_copied_as_its_lasting_address(allowed, site):
    allowed.goto(f"/en{URL}?q=中国")
    allowed.locator("#q7").get_by_role("button", name="Copy the link").click()
    assert copied(allowed) == f"{site}{URL}7/"


def test_an_answer_is_copied_with_its_source(allowed, site):
    allowed.goto(URL)
    answer = allowed.locator("#q7 .answer").first
    answer.get_by_role("button").click()
    words, _, source = copied(allowed).rpartition("\n")
    assert words == "“" + "\n".join(answer.locator("p").all_inner_texts()) + "”"
    assert source.startswith("— 王毅, “国务委员兼外交部长王毅")
    assert source.endswith(f", 24 May 2020, {site}{URL}7/")


def test_what_is_selected_is_copied_instead_of_all(allowed):
    allowed.goto(URL)
    question = allowed.locator("#q7 .question p").first
    question.evaluate("p => getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 4)")
    allowed.locator("#q7 .tools").get_by_role("button", name="quotation").click()
    assert copied(allowed).startswith(f"“{question.inner_text()[:4]}”\n— 路透社, ")


def test_paper_has_the_text_and_its_address_and_nothing_to_click(page, site):
    page.goto(URL)
    page.emulate_media(media="print")
    for gone in (".site-nav", ".contents", ".tool", "header.site form", ".neighbours", ".skip"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".paper-only").inner_text() == f"{site}{URL}"
    assert page.locator("#q7 .answer p").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_page_is_wider_than_the_window(page):
    for path in ("/", URL, f"{URL}7/", "/conferences/"):
        page.goto(path)
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_without_script_everything_is_there_but_the_buttons(chromium, site):
    context = chromium.new_context(java_script_enabled=False, base_url=site, locale="en-GB")
    page = context.new_page()
    page.goto(URL)
    assert page.locator("main button:visible").count() == 0
    page.locator(".contents a[href='#q7']").click()
    page.wait_for_url(f"**{URL}#q7")
    assert page.locator("#q7 .answer p").first.is_visible()
    context.close()


def test_the_first_view_is_one_page_one_stylesheet_and_one_script(page):
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.goto(URL, wait_until="networkidle")
    # "other" is the icon, which may have been kept from an earlier page.
    first_view = [kind for kind in asked if kind != "other"]
    assert sorted(first_view) == ["document", "script", "stylesheet"]
