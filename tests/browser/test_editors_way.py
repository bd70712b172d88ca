"""The whole way of an editor, with a real file: from the upload to the second entry of its log."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from archive.models import OutletAlias
from archive.models.transcripts import sha256_of

pytestmark = [pytest.mark.browser, pytest.mark.corpora]
CONFERENCE = "/conferences/2023-06-21/"
ALIAS = "总台央视"


@pytest.fixture
def file(corpora):
    """A transcript as the ministry's site printed it, one line a page, its end cut off."""
    (path,) = (corpora / "zh-mfa-web").glob("2023-06-21*.txt")
    return path


@pytest.fixture
def desk(page, site):
    """The editors' desk, in an archive that does not know 总台央视 yet."""
    OutletAlias.objects.filter(name=ALIAS).delete()
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}]
    )
    return page


def upload(page, name, content, link):
    """Choose a file, and go where the page leads."""
    page.goto("/admin/archive/transcript/upload/")
    file = {"name": name, "mimeType": "text/plain", "buffer": content}
    page.get_by_label("Files").set_input_files([file])
    page.locator("#told").get_by_role("link", name=link).click()


def put_right(page, old, new):
    """Correct words where they stand on the review page."""
    row = page.locator("article.row", has_text=old)
    row.get_by_role("link", name="Edit").click()
    box = page.locator(".turn-form [name=words]")
    box.fill(box.input_value().replace(old, new))
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".said", has_text=new).wait_for()


def add_alias(page, label, outlet):
    """Say of a label nobody knows whose name it is, for all transcripts to come."""
    row = page.locator("article.row", has_text=label).first
    row.get_by_text("unknown outlet").wait_for()
    row.get_by_role("link", name="Edit").click()
    page.get_by_role("radio", name=outlet, exact=True).check()
    page.get_by_role("checkbox", name=re.compile("is a name of it from now on")).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()
    page.locator("article.row .who", has_text=outlet).first.wait_for()


def found(page, phrase):
    page.goto(f"/search/?q=“{phrase}”")
    return page.locator(f"main a[href^='{CONFERENCE}']").count()


def text_of(page, address):
    assert page.goto(address).status == 200
    return page.locator("main").inner_text()


def test_from_the_upload_to_a_corrected_source(desk, file):
    first = file.read_bytes()
    second = first.replace("坚决反对".encode(), "坚决反对，已提出严正交涉".encode())
    second += "义务。路透社记者：明天还有记者会吗？毛宁：有。".encode()

    upload(desk, file.name, first, "Review")
    put_right(desk, "中德合作基础扎实", "中德合作的基础十分扎实")
    put_right(desk, "你对此有何评论", "中方对此有何评论")
    add_alias(desk, ALIAS, "中央电视台")
    assert found(desk, "合作的基础十分扎实") == 0
    desk.go_back()
    desk.locator("#decision").get_by_role("button", name="Publish").click()
    desk.get_by_text("is published.").wait_for()
    assert found(desk, "合作的基础十分扎实") > 0

    upload(desk, f"corrected-{file.name}", second, "What it would change")
    assert "已提出严正交涉" in desk.locator(".changes ins").all_inner_texts()[0]
    desk.get_by_text("The links of 2 exchanges stay.").wait_for()
    desk.get_by_text(re.compile(r"\d of them are carried over from the file before")).wait_for()
    assert "严正交涉" not in text_of(desk, f"{CONFERENCE}2/")
    desk.go_back()
    desk.get_by_label("Reason").fill("来源网站已更正")
    desk.get_by_role("button", name="Correct the public conference").click()
    desk.get_by_text("was corrected. Links to it stay.").wait_for()

    one = text_of(desk, f"{CONFERENCE}1/")
    assert "中德合作的基础十分扎实" in one
    assert "中央电视台" in one
    two = text_of(desk, f"{CONFERENCE}2/")
    assert "中方对此有何评论" in two
    assert "已提出严正交涉" in two
    assert "明天还有记者会吗" in text_of(desk, f"{CONFERENCE}3/")
    assert found(desk, "已提出严正交涉") > 0

    log = text_of(desk, f"{CONFERENCE}history/")
    for words in (sha256_of(first), sha256_of(second), "来源网站已更正"):
        assert words in log
