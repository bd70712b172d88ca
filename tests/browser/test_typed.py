"""What is typed on the desk outlives the session, with script and without."""

import pytest

from archive.editing.uploads import receive
from archive.models import Correction, Outlet
from tests.conftest import SEED

pytestmark = pytest.mark.browser
WORDS = "改过的话，一个字也不能丢。\n第二段。"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def desk(request, chromium, site, admin_user):
    """A page of the desk, logged in."""
    context = chromium.new_context(locale="zh-CN", base_url=site, java_script_enabled=request.param)
    page = context.new_page()
    log_in(page)
    yield page
    context.close()


@pytest.fixture
def scripted(chromium, site, admin_user):
    context = chromium.new_context(locale="zh-CN", base_url=site)
    page = context.new_page()
    log_in(page)
    yield page
    context.close()


def log_in(page, path="/admin/login/?next=/admin/"):
    if path:
        page.goto(path)
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "password")
    page.click("#login-form [type=submit]")


@pytest.fixture
def review(admin_user):
    transcript = receive(SEED.read_bytes() + b"\n", SEED.name, user=admin_user).transcript
    return f"/admin/archive/transcript/{transcript.pk}/review/"


def end_session(page):
    page.context.clear_cookies(name="session")


def typed(page, name="words"):
    return page.input_value(f".turn-form [name={name}]")


def test_words_are_there_after_a_log_in_and_are_saved(desk, site, review):
    desk.goto(f"{review}?turn=1")
    desk.fill("[name=words]", WORDS)
    end_session(desk)
    desk.click(".turn-form [value=save]")
    assert "登录已中断" in desk.inner_text(".errornote")
    log_in(desk, path="")
    assert desk.url.startswith(f"{site}{review}?turn=1")
    assert typed(desk) == WORDS
    assert "尚未保存" in desk.inner_text(".typed-note")
    assert not Correction.objects.exists()
    desk.click(".turn-form [value=save]")
    assert Correction.objects.filter(kind="words").exists()
    desk.goto(f"{review}?turn=1")
    assert typed(desk) == WORDS
    assert desk.locator(".turn-form .typed-note").count() == 0


def test_a_closed_window_loses_nothing(scripted, review):
    scripted.goto(review)
    scripted.click("#turn-1 .edit")  # opens in place
    scripted.fill(".turn-form [name=words]", WORDS)
    other = scripted.context.new_page()
    scripted.close()
    other.goto(review)
    other.click("#turn-1 .edit")
    other.wait_for_selector(".turn-form .typed-note")
    assert typed(other) == WORDS
    other.click(".typed-note button")  # dropped
    assert typed(other) != WORDS
    other.reload()
    assert typed(other) != WORDS
    assert other.locator(".turn-form .typed-note").count() == 0


def test_a_session_that_ends_while_one_looks_away_loses_nothing(scripted, review):
    """Without having sent anything: another page is asked for, and log-in and form come later."""
    scripted.goto(f"{review}?turn=about")
    scripted.fill("[name=venue]", "蓝厅")
    end_session(scripted)
    scripted.on("dialog", lambda dialog: dialog.accept())
    scripted.goto("/admin/")
    log_in(scripted, path="")
    scripted.goto(f"{review}?turn=about")
    assert typed(scripted, "venue") == "蓝厅"
    scripted.click(".turn-form [value=save]")
    scripted.goto(f"{review}?turn=about")
    assert scripted.locator(".turn-form .typed-note").count() == 0


def test_what_was_saved_or_cancelled_is_not_kept(scripted, review):
    scripted.on("dialog", lambda dialog: dialog.accept())
    scripted.goto(f"{review}?turn=1")
    scripted.fill("[name=words]", WORDS)
    scripted.click(".turn-form .cancel")
    scripted.wait_for_selector("#turn-1:not(:has(.turn-form))")
    assert kept(scripted) == []


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('dawen-typed'))")


def test_rows_that_were_added_are_there_again(scripted):
    outlet = Outlet.objects.get(slug="reuters")
    scripted.goto(f"/admin/archive/outlet/{outlet.pk}/change/")
    shown = scripted.locator("#aliases-group input[name$=name]:visible").count()
    for number in range(2):
        scripted.click("#aliases-group .add-row a")
        scripted.locator("#aliases-group input[name$=name]:visible").last.fill(f"路社{number}")
    scripted.goto("/admin/")
    scripted.goto(f"/admin/archive/outlet/{outlet.pk}/change/")
    scripted.wait_for_selector(".typed-note")
    assert scripted.locator("#aliases-group input[name$=name]:visible").count() == shown + 2
    scripted.click("[name=_save]")
    scripted.wait_for_url("**/admin/archive/outlet/")
    names = set(outlet.aliases.values_list("name", flat=True))
    assert {"路社0", "路社1"} <= names
    assert kept(scripted) == []


def test_what_was_sent_and_not_saved_stays(scripted, review):
    """The program answers with an error: the way back leads to what was typed."""
    scripted.goto(f"{review}?turn=about")
    scripted.fill("[name=venue]", "蓝厅")
    scripted.route("**/review/?turn=about", _fail)
    scripted.click(".turn-form [value=save]")
    scripted.wait_for_selector("text=gone wrong")
    scripted.unroute("**/review/?turn=about")
    scripted.goto("/admin/")
    scripted.goto(f"{review}?turn=about")
    assert typed(scripted, "venue") == "蓝厅"


def _fail(route):
    if route.request.method == "POST":
        route.fulfill(status=500, body="gone wrong")
    else:
        route.continue_()


def test_logging_out_forgets_what_was_typed_and_no_password_is_ever_kept(scripted, review):
    scripted.goto("/admin/password_change/")
    scripted.fill("[name=old_password]", "geheim")
    scripted.goto("/admin/auth/user/add/")
    scripted.fill("[name=username]", "neu")
    scripted.fill("[name=password1]", "geheim")
    assert kept(scripted) == []
    scripted.goto(f"{review}?turn=about")
    scripted.fill("[name=venue]", "蓝厅")
    assert len(kept(scripted)) == 1
    scripted.goto("/admin/")
    scripted.click("#logout-form button")
    scripted.wait_for_url("**/admin/logout/")
    assert kept(scripted) == []
