import datetime as dt

import pytest

from archive.ingest.metadata import detect_language, read_metadata, speaker_role, split_label
from archive.ingest.records import Paragraph, TranscriptError

DAY = dt.date(2020, 5, 24)
SESSION_LEAD = "据新华社北京5月24日电 十三届全国人大三次会议24日在人民大会堂举行视频记者会。"


def metadata(*texts, date=DAY, filename="talk.txt"):
    heading = [Paragraph(text, number) for number, text in enumerate(texts, 1)]
    return read_metadata(heading, filename, date=date)


@pytest.mark.parametrize(
    "text",
    [
        "2020年5月24日",
        "2020 年 5 月 24 日",
        "２０２０年５月２４日",
        "二〇二〇年五月二十四日",
        "二零二零年五月二十四日",
        "2020-05-24",
        "时间：2020-05-24 15:00",
        "（2020年5月24日）",
        "2020年5月24日外交部发言人赵立坚主持例行记者会",
        SESSION_LEAD,
        "第十三届全国人民代表大会第三次会议5月24日举行记者会。",
        "據新華社北京5月24日電 十三屆全國人大三次會議舉行記者會。",
        "13届全国人大3次会议五月二十四日举行记者会。",
    ],
)
def test_date_is_read(text):
    assert metadata("标题", text, date=None).date == DAY


@pytest.mark.parametrize(
    ("session", "year"),
    [("九届全国人大一次", 1998), ("十二届全国人大五次", 2017), ("十四届全国人大三次", 2025)],
)
def test_session_of_congress_gives_the_year(session, year):
    assert metadata(f"{session}会议3月7日举行。", date=None).date == dt.date(year, 3, 7)


@pytest.mark.parametrize(
    "text",
    [
        "5月24日",
        "2020年2月30日",
        "0000-00-00",
        "十三届全国人大九次会议5月24日举行。",
        "十三届全国人大三次会议2月30日举行。",
        "十十届全国人大三次会议5月24日举行。",
        "十三届全国人大常委会第三次会议5月24日举行。",
    ],
)
def test_unknown_date_is_refused_with_advice(text):
    with pytest.raises(TranscriptError) as caught:
        metadata(text, date=None)
    assert caught.value.problem.code == "no_date"
    assert "2020年5月24日" in str(caught.value)


def test_given_date_wins():
    found = metadata("2019年1月1日", "2018年1月1日")
    assert (found.date, found.problems) == (DAY, ())


def test_two_dates_that_disagree_are_reported():
    found = metadata("2020年5月24日", "2020-05-24", "2019年1月1日", date=None)
    assert found.date == DAY
    assert [(p.code, p.line) for p in found.problems] == [("dates_disagree", 3)]


def test_alternating_headlines_are_told_apart_by_the_lead():
    lines = ["外长王毅", "世界回不到过去，", "就政策回答记者提问", "中国也不会停下"]
    found = metadata(*lines, "24日，外长王毅就政策回答记者提问。")
    assert found.title == "外长王毅就政策回答记者提问"
    assert found.headline == "世界回不到过去，中国也不会停下"


def test_alternating_headlines_are_told_apart_by_a_comma():
    found = metadata("外长王毅", "世界回不到过去，", "回答提问", "中国也不会停下")
    assert (found.title, found.headline) == ("外长王毅回答提问", "世界回不到过去，中国也不会停下")


def test_first_line_is_the_title_otherwise():
    found = metadata("记者会实录", "谈中美关系", "谈台湾")
    assert (found.title, found.headline) == ("记者会实录", "谈中美关系谈台湾")


def test_markdown_heading_is_the_title():
    found = metadata("引题", "# 外长记者会", "## 副题")
    assert (found.title, found.headline) == ("外长记者会", "引题 副题".replace(" ", ""))


def test_title_falls_back_to_the_lead_then_to_the_filename():
    assert metadata("今天开会。有人提问。").title == "今天开会。"
    assert metadata("2020-05-24", filename="wang-yi.txt").title == "wang-yi"
    assert metadata(filename="").title == "2020-05-24 记者会"


def test_lead_broken_over_two_lines_is_joined():
    found = metadata("标题", "新华社北京5月24日电 王毅回答中外", "记者提问。")
    assert found.lead == "新华社北京5月24日电 王毅回答中外记者提问。"


def test_notes_are_part_of_the_lead_and_not_of_the_title():
    found = metadata("来源：外交部网站", "记者会实录", "2020年5月24日 15:00", "今天开会。")
    assert (found.title, found.headline) == ("记者会实录", "")
    assert found.lead == "来源：外交部网站\n2020年5月24日 15:00\n今天开会。"


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        (SESSION_LEAD, "新华社", ""),
        ("新华社北京5月24日电 开会。", "新华社", ""),
        ("（新华社电）", "新华社", ""),
        ("人民日报北京3月7日电（记者张三）开会。", "人民日报", ""),
        ("来源：新华社", "新华社", ""),
        ("来源：https://example.org/1", "", "https://example.org/1"),
        ("全社会用电量增长。", "", ""),
    ],
)
def test_source_is_read(text, name, url):
    found = metadata(text)
    assert (found.source_name, found.source_url) == (name, url)


def test_occasion_and_venue_are_read():
    found = metadata(SESSION_LEAD)
    assert (found.occasion, found.venue) == ("十三届全国人大三次会议", "人民大会堂")


@pytest.mark.parametrize(
    ("title", "institution"),
    [
        ("2020年5月25日外交部发言人赵立坚主持例行记者会", "外交部"),
        ("外交部发言人华春莹主持记者会", "外交部"),
        ("国务院台办发言人马晓光主持新闻发布会", "国务院台办"),
        ("外交部长王毅回答记者提问", ""),
    ],
)
def test_institution_is_read_only_when_certain(title, institution):
    assert metadata(title).institution == institution


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("国务委员兼外交部长王毅就外交回答提问", "国务委员兼外交部长"),
        ("24日举行，国务委员兼外交部长王毅回答", "国务委员兼外交部长"),
        ("5月24日外交部发言人王毅", "外交部发言人"),
        ("外交部長王毅", "外交部長"),
        ("记者会上王毅回答", ""),
        ("王毅：回答", ""),
    ],
)
def test_office_stands_before_the_name(text, role):
    assert speaker_role("王毅", text) == role


@pytest.mark.parametrize(
    ("label", "office", "name"),
    [
        ("外交部发言人 华春莹", "外交部发言人", "华春莹"),
        ("外交部發言人華春瑩", "外交部發言人", "華春瑩"),
        ("王毅", "", "王毅"),
        ("发言人", "", "发言人"),
        ("外交部部长助理张军", "外交部部长助理", "张军"),
    ],
)
def test_label_is_split_into_office_and_name(label, office, name):
    assert split_label(label) == (office, name)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("王毅就中国外交政策回答记者提问", "zh-Hans"),
        ("王毅就中國外交政策回答記者提問", "zh-Hant"),
        ("The minister answered questions.", "en"),
        ("外務大臣は記者の質問に答えた", "und"),
        ("王毅", "zh"),
        ("123", "und"),
    ],
)
def test_language_is_told_by_the_characters(text, language):
    assert detect_language([text]) == language
