import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.dates.conference_date import (
    DateSources,
    conference_date,
    date_order,
    find_session,
)
from archive.parsing.dates.patterns import find_dates, is_only_a_date, number
from archive.parsing.records import Paragraph
from archive.text.folding import fold

DAY = dt.date(2020, 5, 24)
MONTHS = "January February March April May June July August September October November December"
FORMATS = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}号",
    lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}. {d.month}. {d.day}.",
    lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日",
    lambda d: f"{MONTHS.split()[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{MONTHS.split()[d.month - 1][:3]}. {d.day}, {d.year}",
    lambda d: f"{d.day} {MONTHS.split()[d.month - 1].upper()} {d.year}",
]


def lines(*texts):
    return [Paragraph(text, number) for number, text in enumerate(texts, 1)]


def day_of(order="unknown", **places):
    texts = {
        name: lines(*places[name]) for name in ("heading", "lead", "closing") if name in places
    }
    rest = {name: value for name, value in places.items() if name not in texts}
    day, problems = conference_date(DateSources(**texts, **rest), order)
    return day, [(problem.code, problem.line) for problem in problems]


@given(st.dates(dt.date(1912, 1, 1), dt.date(2150, 12, 31)), st.sampled_from(FORMATS))
def test_every_date_is_read_in_every_form(date, written):
    assert [found.date for found in find_dates(fold(written(date)))] == [date]


@pytest.mark.parametrize(
    "text",
    [
        "二〇二〇年五月二十四日",
        "二零二零年五月二十四日",
        "２０２０年５月２４日",
        "令和2年5月24日",
        "令和二年五月二十四日",
        "2020年（令和2年）5月24日",
        "2020年5月24日(日)",
        "中華民國一百零九年五月二十四日",
        "Sunday, May 24th, 2020",
        "24th of May 2020",
        "24 de mayo de 2020",
        "24 de maio de 2020",
        "24 mai 2020",
        "24. Mai 2020",
        "24 мая 2020 года",
        "24.05.2020",
        "May 24,\u00a02020",
        "2020-05-24T11:30:00",
        "5/24/2020",
        "24/05/2020",
        "5-24-20",
    ],
)
def test_date_is_read(text):
    assert [found.date for found in find_dates(fold(text))] == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "2020年2月30日",
        "0000-00-00",
        "12020-05-24",
        "/2020/05/24/",
        "Section 1.2.20",
        "24 people",
        "24",
    ],
)
def test_other_numbers_are_no_dates(text):
    assert find_dates(fold(text)) == []


def test_first_june_in_french_and_showa_year_one():
    assert find_dates("1er juin 2020")[0].date == dt.date(2020, 6, 1)
    assert find_dates("昭和元年12月25日")[0].date == dt.date(1926, 12, 25)


def test_american_day_is_behind_the_month():
    assert find_dates("8/3/2016", "month_first")[0].date == dt.date(2016, 8, 3)
    assert find_dates("8/3/2016", "day_first")[0].date == dt.date(2016, 3, 8)
    found = find_dates("8/3/2016")[0]
    assert {found.date, found.other} == {dt.date(2016, 3, 8), dt.date(2016, 8, 3)}


@pytest.mark.parametrize(
    ("language", "text", "order"),
    [
        ("en", "Press Briefing by Press Secretary Jay Carney", "month_first"),
        ("en", "Statement in the House of Commons", "unknown"),
        ("fr", "La Maison Blanche", "day_first"),
    ],
)
def test_order_of_day_and_month_depends_on_the_country(language, text, order):
    assert date_order(language, text) == order


@pytest.mark.parametrize(
    "text",
    [
        "2020年5月24日 15:00",
        "（2020年5月24日 星期日 下午3时）",
        "Le 24 mai 2020",
        "May 24, 2020 3:15 P.M. EDT",
    ],
)
def test_line_is_only_a_date(text):
    assert is_only_a_date(text)


def test_line_with_other_words_is_more_than_a_date():
    assert not is_only_a_date("2020年5月24日外交部")
    assert not is_only_a_date("Background Briefing, May 24, 2020")
    assert not is_only_a_date("标题")


def test_ambiguous_date_is_reported():
    day, problems = day_of(heading=["Joint press conference, 3/4/2020"])
    assert (day, problems) == (dt.date(2020, 4, 3), [("ambiguous_date", 1)])


def test_another_date_settles_an_ambiguous_one():
    found = day_of(heading=["Joint press conference, 3/4/2020"], filename="2020-03-04.txt")
    assert found == (dt.date(2020, 3, 4), [])


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("国台办12月14日上午举行新闻发布会。", dt.date(2016, 12, 14)),
        ("WASHINGTON, December 14 (AP) -- The president spoke.", dt.date(2016, 12, 14)),
        ("12月14日，西班牙法庭作出裁决。", None),
    ],
)
def test_year_of_the_filename_completes_month_and_day(lead, day):
    assert day_of(lead=[lead], filename="2016_国台办.txt")[0] == day


def test_day_of_publication_completes_month_and_day():
    found = day_of(heading=["发布时间：2021-01-01 08:00"], lead=["12月31日，外交部举行记者会。"])
    assert found == (dt.date(2020, 12, 31), [])


def test_title_is_believed_before_everything_but_front_matter():
    places = {
        "heading": ["发布时间：2020-05-26", "外交部2020年5月24日例行记者会"],
        "lead": ["2019年3月1日签署的协议已经生效。"],
    }
    assert day_of(**places) == (DAY, [])
    found = day_of(**places, stated=dt.date(2020, 5, 25))
    assert found == (dt.date(2020, 5, 25), [("dates_disagree", 2)])


def test_title_of_the_front_matter_is_checked():
    found = day_of(stated=DAY, stated_title="Press Briefing by Jen Psaki, May 23, 2020")
    assert found == (DAY, [("dates_disagree", None)])


def test_date_of_something_else_is_the_last_resort():
    lead = ["2019年3月1日签署的协议已经生效。"]
    assert day_of(lead=lead) == (dt.date(2019, 3, 1), [("doubtful_date", 1)])
    assert day_of(lead=lead, filename="20200524.txt")[0] == DAY


def test_day_on_which_a_page_was_fetched_is_no_date_of_the_conference():
    found = day_of(heading=["- 抓取时间：2026-09-04T02:17:31", "- 日期：2020-05-24"])
    assert found == (DAY, [])


def test_day_of_release_is_taken_when_no_other_is_there():
    assert day_of(heading=["For Immediate Release   May 25, 2020"])[0] == dt.date(2020, 5, 25)
    both = ["For Immediate Release   May 25, 2020", "May 24, 2020"]
    assert day_of(heading=both) == (DAY, [])


def test_day_of_the_session_wins_over_the_filename_which_is_reported():
    found = day_of(
        lead=["十三届全国人大三次会议24日", "5月24日举行记者会。"], filename="2020-05-25.md"
    )
    assert found == (DAY, [("dates_disagree", None)])


@pytest.mark.parametrize(
    "filename",
    [
        *("2020-05-24.md", "20200524_x.txt", "FOMCpresconf20200524.txt", "a_2020_05_24.html"),
        *("2020年5月24日.docx", "press-briefing-may-24-2020.md", "dir/24 May 2020.txt"),
    ],
)
def test_filename_gives_the_date_at_last(filename):
    assert day_of(filename=filename) == (DAY, [])


@pytest.mark.parametrize(
    "filename", ["200524.txt", "db240315.txt", "3fd35c20200524ab.txt", "a.txt"]
)
def test_other_numbers_in_a_filename_are_no_date(filename):
    assert day_of(filename=filename) == (None, [("no_date", None)])


LONG_PLACE = (
    f"（记者张三、李四）{'、'.join('纽约 日内瓦 维也纳 内罗毕 曼谷 圣地亚哥 贝鲁特'.split())}" * 2
)


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("人民网北京2020年5月24日讯", DAY),
        ("中国新闻社驻日内瓦国际组织总部记者站 2020年5月24日讯", DAY),
        (f"{LONG_PLACE}2020年5月24日讯", dt.date(2019, 3, 1)),
        (f"{LONG_PLACE}2020年5月24日电", DAY),
    ],
    ids=["short", "long", "too long to be one", "too long, but by wire"],
)
def test_a_dateline_goes_before_a_sentence_however_long_its_place(dateline, day):
    assert day_of(lead=["2019年3月1日，外交部举行记者会。", dateline])[0] == day


def test_dateline_behind_the_last_speaker_gives_the_date():
    assert day_of(closing=["Thank you.", "END", "Washington, May 24, 2020"])[0] is None
    assert day_of(closing=["谢谢大家。", "（2020年5月24日）"]) == (DAY, [])
    assert day_of(closing=["协议于2020年5月24日签署。"])[0] is None


def test_session_is_found_as_printed():
    assert (
        find_session("在第十三届全国人民代表大会第三次会议上")
        == "第十三届全国人民代表大会第三次会议"
    )


@pytest.mark.parametrize(
    ("text", "value"), [("二十四", 24), ("十", 10), ("一百零九", 109), ("十十", 0)]
)
def test_chinese_number_is_read(text, value):
    assert number(text) == value


@given(
    st.text(st.sampled_from("0123456789年月日-/., 元百十五Mayde号令和民国()\n") | st.characters())
)
def test_any_text_is_searched_for_dates(text):
    for found in find_dates(fold(text)):
        assert 0 <= found.start < found.end <= len(text)
    day_of(heading=[text or "x"], lead=[text or "x"], closing=[text or "x"], filename=text)
