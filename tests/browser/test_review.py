"""The review page in a browser: by keyboard, with forms that open in place."""

import pytest

from archive.editing.uploads import receive
from archive.models import Correction
from tests.conftest import SEED

pytestmark = pytest.mark.browser


@pytest.fixture
def review(page, admin_user):
    """A corrected file of the seed transcript, open for review."""
    transcript = receive(SEED.read_bytes() + b"\n", SEED.name, user=admin_user).transcript
    page.goto("/admin/login/?next=/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "password")
    page.click("[type=submit]")
    page.goto(f"/admin/archive/transcript/{transcript.pk}/review/")
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.name")


def test_j_and_k_go_from_turn_to_turn(review):
    for key in "jjj":
        review.keyboard.press(key)
    assert focused(review) == "turn-1"  # what is said about the conference comes first
    review.keyboard.press("k")
    assert focused(review) == "turn-0"


def test_n_goes_to_the_next_thing_to_check(review):
    review.keyboard.press("n")
    assert review.locator(f"#{focused(review)} .doubt").count() == 1


def test_a_word_is_put_right_by_keyboard_alone(review):
    for key in "jjj":
        review.keyboard.press(key)
    review.keyboard.press("e")
    review.wait_for_selector("#turn-1 .turn-form")
    assert focused(review) == "id_words"
    review.keyboard.press("Control+End")
    review.keyboard.type("！")
    with review.expect_navigation():
        review.keyboard.press("Control+Enter")
    assert Correction.objects.get().value["text"].endswith("！")
    assert review.url.endswith("#turn-1")
    assert "！" in review.locator("#turn-1 .said").inner_text()


def test_a_form_opens_in_place_and_escape_closes_it(review):
    review.click("#turn-1 .edit")
    review.wait_for_selector("#turn-1 .turn-form")
    assert "?turn=1#turn-1" in review.url
    review.keyboard.press("Escape")
    review.wait_for_selector("#turn-1 .said")
    assert review.locator(".turn-form").count() == 0


def test_a_changed_form_is_left_only_on_purpose(review):
    review.click("#turn-1 .edit")
    review.wait_for_selector("#turn-1 .turn-form")
    review.fill("[name=words]", "改过。")
    asked = []
    review.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    review.keyboard.press("Escape")
    assert asked
    assert review.input_value("[name=words]") == "改过。"
    review.on("dialog", lambda dialog: dialog.accept())  # on leaving the page


def test_a_turn_is_split_at_the_cursor(review):
    review.click("#turn-1 .edit")
    review.wait_for_selector("#turn-1 .turn-form")
    review.locator("[name=words]").evaluate("box => box.setSelectionRange(4, 4)")
    review.click(".split summary")
    with review.expect_navigation():
        review.get_by_role("button", name="New turn at the cursor").click()
    assert len(review.locator("#turn-1 .said").inner_text()) == 4
    assert {one.kind for one in Correction.objects.all()} == {"words", "split"}


def test_without_script_a_form_is_a_page(review, chromium):
    state = review.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    plain = context.new_page()
    plain.goto(review.url)
    plain.click("#turn-1 .edit")
    plain.fill("[name=words]", "改过的问题？")
    plain.click("[value=save]")
    assert plain.locator("#turn-1 .said").inner_text() == "改过的问题？"
    context.close()


def test_on_a_phone_the_lines_open_the_source_of_a_turn(review):
    review.set_viewport_size({"width": 390, "height": 844})
    assert not review.locator("#turn-1 .source").is_visible()
    review.click("#turn-1 .at")
    assert review.locator("#turn-1 .source").is_visible()
    assert review.evaluate("document.documentElement.scrollWidth") <= 390
