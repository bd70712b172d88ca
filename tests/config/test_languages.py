"""The interface in three languages: by address, or as the reader's browser asks."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_script_prefix
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from archive.formatting import format_number
from config.languages import negotiate_language, split_language
from tests.archive.casts import make_conference, make_talk

LOCALES = Path(__file__).parents[2] / "config" / "locale"
MENU = {"zh-hans": ">记者会</a>", "zh-hant": ">記者會</a>", "en": ">Conferences</a>"}
PUBLIC = [
    "/",
    "/conferences/",
    "/conferences/2020/",
    "/conferences/2020/05/",
    "/conferences/2020/05/24/",
    "/conferences/2020-05-24/",
    "/conferences/2020-05-24/2/",
    "/conferences/2020-05-24/history/",
    "/series/",
    "/outlets/",
    "/outlets/reuters/",
    "/speakers/",
    "/speakers/wang-yi/",
    "/search/",
]


def get(client, url, accept="", **parameters):
    return client.get(url, parameters, headers={"accept-language": accept})


def hrefs(response):
    return re.findall(r'<a [^>]*?href="([^"]*)"', response.text)


@pytest.mark.django_db
@pytest.mark.parametrize("language", MENU)
def test_an_address_may_fix_the_language_whatever_the_browser_asks(client, language):
    response = get(client, f"/{language}/", accept="en" if language != "en" else "zh-TW")
    assert MENU[language] in response.text
    assert f'<html lang="{language}">' in response.text.lower()
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.django_db
@pytest.mark.parametrize("language", MENU)
def test_an_address_without_language_speaks_as_the_browser_asks(client, language):
    response = get(client, "/", accept=language)
    assert response.status_code == 200
    assert MENU[language] in response.text
    assert "Accept-Language" in response["Vary"]
    assert response["Content-Language"].lower() == language


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "zh-hans"),
        ("zh", "zh-hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-TW,zh;q=0.9", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-Hant-MO", "zh-hant"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),
        ("en;q=0.5,zh-TW;q=0.9", "zh-hant"),
        ("ja", "zh-hans"),
        ("*", "zh-hans"),
        ("en-US" * 200, "zh-hans"),
        ("\x00;;q=", "zh-hans"),
    ],
)
def test_the_browser_is_given_what_is_nearest_to_its_wish(accept, language):
    assert negotiate_language(accept) == language


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("/en/", ("en", "/")),
        ("/zh-hant/search/", ("zh-hant", "/search/")),
        ("/en", ("en", "")),
        ("/", ("", "/")),
        ("/england/", ("", "/england/")),
        ("/fr/", ("", "/fr/")),
        ("*", ("", "*")),
        ("//en/", ("", "//en/")),
    ],
)
def test_the_first_part_of_an_address_may_be_a_language(path, parts):
    assert split_language(path) == parts


@pytest.mark.django_db
@pytest.mark.parametrize("url", PUBLIC)
def test_links_of_a_page_keep_its_language(client, url):
    make_talk()
    for language, prefix in (("", "/"), ("/zh-hant", "/zh-hant/")):
        page = get(client, f"{language}{url}")
        switch = {f"/{code}{url}" for code in MENU}
        inside = [href for href in hrefs(page) if href.startswith("/") and href not in switch]
        assert inside
        assert [href for href in inside if not href.startswith(prefix)] == []


@pytest.mark.django_db
def test_links_of_the_next_reader_know_nothing_of_it(client):
    get(client, "/en/")
    get(client, "/en/nowhere/")
    assert reverse("archive:home") == "/"
    assert '"/conferences/"' in get(client, "/", accept="en").text


@pytest.mark.django_db
def test_no_cookie_is_set_and_none_is_asked(client):
    client.cookies["django_language"] = "en"
    response = get(client, "/", accept="zh-TW")
    assert MENU["zh-hant"] in response.text
    for url in ("/", "/en/", "/en/search/?q=*", "/nowhere/"):
        assert not Client().get(url).cookies


@pytest.mark.django_db
@pytest.mark.parametrize("url", PUBLIC)
def test_every_page_names_itself_and_its_versions(client, url):
    make_talk()
    page = get(client, f"/en{url}", q="x").text
    assert page.count('rel="canonical"') == 1
    assert f'<link rel="canonical" href="http://testserver/en{url}">' in page
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
    assert found == {
        "x-default": f"http://testserver{url}",
        "zh-Hans": f"http://testserver/zh-hans{url}",
        "zh-Hant": f"http://testserver/zh-hant{url}",
        "en": f"http://testserver/en{url}",
    }


@pytest.mark.django_db
def test_a_second_page_is_a_page_of_its_own(client):
    for at in range(51):
        make_conference(slug=f"talk-{at}")
    page = get(client, "/en/conferences/", page="2").text
    assert '<link rel="canonical" href="http://testserver/en/conferences/?page=2">' in page
    assert 'hreflang="zh-Hant" href="http://testserver/zh-hant/conferences/?page=2">' in page


@pytest.mark.django_db
def test_the_switch_stays_on_the_page_and_keeps_the_query(client):
    make_talk()
    page = get(client, "/conferences/2020-05-24/", accept="en", q="第 一", script="hant").text
    switch = re.search(r'<nav class="languages".*?</nav>', page, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)" lang="([^"]+)" hreflang="([^"]+)"([^>]*)>(.*?)<', switch)
    query = "?q=%E7%AC%AC+%E4%B8%80&amp;script=hant"
    assert links == [
        (f"/zh-hans/conferences/2020-05-24/{query}", "zh-Hans", "zh-Hans", "", "简体"),
        (f"/zh-hant/conferences/2020-05-24/{query}", "zh-Hant", "zh-Hant", "", "繁體"),
        (f"/en/conferences/2020-05-24/{query}", "en", "en", ' aria-current="true"', "English"),
    ]


@pytest.mark.django_db
def test_an_address_that_moved_or_lacks_its_slash_keeps_its_language(client):
    conference = make_talk()
    conference.slug = "two-sessions"
    conference.save()
    for url, target in (
        ("/en/conferences/2020-05-24/?q=a", "/en/conferences/two-sessions/?q=a"),
        ("/en/conferences?page=2", "/en/conferences/?page=2"),
        ("/en?a=b", "/en/?a=b"),
    ):
        response = client.get(url)
        assert (response.status_code, response["Location"]) == (301, target)


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/en/nowhere/", "/en/zh-hant/", "/fr/", "/EN/", "/en//evil.com/"])
def test_what_is_not_there_has_no_versions(client, url):
    response = get(client, url, accept="en")
    assert response.status_code == 404
    assert "There is no page at this address" in response.text
    assert 'rel="alternate"' not in response.text


@pytest.mark.django_db
def test_a_site_below_another_address_has_its_languages_there():
    make_talk()
    with override_script_prefix("/archive/"):
        page = Client(SCRIPT_NAME="/archive").get("/en/outlets/").text
    assert 'href="/archive/en/outlets/reuters/"' in page
    assert 'hreflang="x-default" href="http://testserver/archive/outlets/"' in page
    assert 'hreflang="zh-Hans" href="http://testserver/archive/zh-hans/outlets/"' in page


@pytest.mark.django_db
def test_the_editors_desk_speaks_as_the_browser_asks(client):
    for accept, words in (
        ("en", "editors&#x27; desk"),
        ("zh-TW", "答問編輯台"),
        ("", "答问编辑台"),
    ):
        assert words in get(client, "/admin/login/", accept=accept).text


@pytest.mark.parametrize(
    ("language", "day", "month", "weekday", "thousands"),
    [
        ("zh-hans", "2020年5月24日", "2020年5月", "2020年5月24日 星期日", "12,345"),
        ("zh-hant", "2020年5月24日", "2020年5月", "2020年5月24日 星期日", "12,345"),
        ("en", "24 May 2020", "May 2020", "Sunday, 24 May 2020", "12,345"),
    ],
)
def test_dates_and_numbers_have_the_form_of_the_language(language, day, month, weekday, thousands):
    the_day = dt.date(2020, 5, 24)
    with translation.override(language):
        assert date_format(the_day) == day
        assert date_format(the_day, "YEAR_MONTH_FORMAT") == month
        assert date_format(the_day, "WEEKDAY_DATE_FORMAT") == weekday
        assert format_number(12345) == thousands


@pytest.mark.django_db
def test_one_is_not_many(client):
    make_talk(count=1)
    assert "1 question<" in re.sub(r"\s+<", "<", get(client, "/en/conferences/").text)


def entries(locale):
    """Each message of a catalogue: its flags, and its fields by name."""
    text = (LOCALES / locale / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n"):
        flags, name, fields = "", "", {}
        for line in block.split("\n"):
            if line.startswith("#"):
                flags += line
                continue
            before, quoted = line.split('"', 1)
            name = before.strip() or name
            fields[name] = fields.get(name, "") + ast.literal_eval(f'"{quoted}')
        if fields.get("msgid"):
            yield flags, fields


def placeholders(text):
    return set(re.findall(r"%\(\w+\)[a-z]", text))


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_every_text_is_translated_with_all_that_it_holds(locale):
    for flags, fields in entries(locale):
        assert "fuzzy" not in flags, fields
        told = [text for name, text in fields.items() if name.startswith("msgstr")]
        wanted = placeholders(fields.get("msgid_plural", fields["msgid"]))
        assert told, fields
        assert all(text and placeholders(text) == wanted for text in told), fields


def test_both_catalogues_hold_the_same_texts():
    hans, hant = (
        {(fields.get("msgctxt"), fields["msgid"]) for _flags, fields in entries(locale)}
        for locale in ("zh_Hans", "zh_Hant")
    )
    assert hans == hant


def test_taiwan_reads_its_own_words_and_characters():
    told = "".join(
        text
        for _flags, fields in entries("zh_Hant")
        for name, text in fields.items()
        if name.startswith("msgstr")
    )
    foreign = "信息 默認 用戶 軟件 網絡 搜索 文本 字符 文件 設置 檢索 “ 为 记 释出 釋出".split()
    assert [word for word in foreign if word in told] == []
