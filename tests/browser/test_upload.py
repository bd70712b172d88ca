"""Several files dropped on the page, one request each; and the same without script."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from archive.models import Transcript

expect = pytest.importorskip("playwright.sync_api", reason="run: make browser").expect
pytestmark = pytest.mark.browser
URL = "/admin/archive/transcript/upload/"
BRIEFING = """2020年6月{day}日外交部发言人毛宁主持例行记者会

路透社记者：中方对南海局势有何评论？

毛宁：南海局势总体稳定，中方致力于同东盟国家一道维护和平。
"""
FILES = {
    "first.txt": BRIEFING.format(day=1),
    "bad.txt": "这里没有人说话。",
    "second.txt": BRIEFING.format(day=2),
    "again.txt": BRIEFING.format(day=1),
}
# What a browser makes of files that are dragged from a folder.
DROP = """files => {
  const carried = new DataTransfer();
  for (const [name, text] of Object.entries(files)) carried.items.add(new File([text], name));
  for (const type of ['dragover', 'drop']) {
    const event = new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true });
    document.querySelector('form.upload').dispatchEvent(event);
  }
}"""


@pytest.fixture
def desk(page, site):
    """The page to upload, for somebody who may."""
    open_desk(page, site)
    return page


def open_desk(page, site):
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
    )
    page.goto(URL)


def told(page):
    """Name and outcome of each file, once all are read."""
    page.get_by_text(f"{len(FILES)} of {len(FILES)} files read").wait_for()
    rows = page.locator("#told li").all()
    return {row.locator("bdi").inner_text(): row.locator(".outcome").inner_text() for row in rows}


def test_dropped_files_are_sent_one_by_one_and_each_is_told_of(desk):
    posts = []
    desk.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    desk.evaluate(DROP, FILES)
    found = told(desk)
    assert len(posts) == len(FILES)
    assert found["bad.txt"] == "refused"
    assert found["second.txt"] == "new"
    assert {found["first.txt"], found["again.txt"]} == {"new", "already here"}
    assert Transcript.objects.waiting().count() == 2
    assert desk.locator("#waiting tbody tr").count() == 2
    desk.locator("#told").get_by_role("link", name="Review").first.click()
    desk.wait_for_url("**/review/")


def test_files_are_chosen_with_the_keyboard(desk):
    box = desk.get_by_label("Files")
    with desk.expect_file_chooser() as chooser:
        # After a question to the page the browser surely hands choosers to the test; a key
        # alone can come to the page before that is arranged.
        box.focus()
        expect(box).to_be_focused()
        box.press("Enter")
    chooser.value.set_files(
        [{"name": n, "mimeType": "text/plain", "buffer": t.encode()} for n, t in FILES.items()]
    )
    assert told(desk)["second.txt"] == "new"
    assert box.input_value() == ""


def test_a_date_counts_for_the_files_chosen_after_it(desk):
    desk.get_by_text("Date and convention").click()
    desk.get_by_label("Date").fill("2020-06-03")
    desk.evaluate(DROP, {"undated.txt": BRIEFING.replace("2020年6月{day}日", "")})
    desk.locator("#told .outcome", has_text="new").wait_for()
    assert str(Transcript.objects.waiting().get().date_given) == "2020-06-03"


def test_a_file_that_did_not_arrive_can_be_sent_again(desk):
    desk.route(f"**{URL}", lambda route: route.abort())
    desk.evaluate(DROP, {"first.txt": FILES["first.txt"]})
    again = desk.get_by_role("button", name="Send again")
    again.wait_for()
    desk.unroute(f"**{URL}")
    again.click()
    desk.locator("#told .outcome", has_text="new").wait_for()
    assert Transcript.objects.waiting().count() == 1


def test_without_script_one_press_sends_all(chromium, site):
    context = chromium.new_context(locale="en-GB", base_url=site, java_script_enabled=False)
    page = context.new_page()
    open_desk(page, site)
    page.get_by_label("Files").set_input_files(
        [{"name": n, "mimeType": "text/plain", "buffer": t.encode()} for n, t in FILES.items()]
    )
    page.get_by_role("button", name="Upload and read").click()
    outcomes = page.locator("#told .outcome").all_inner_texts()
    assert outcomes == ["new", "refused", "new", "already here"]
    context.close()
