import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.facts import Facts
from archive.parsing.metadata import read_metadata
from archive.parsing.records import Paragraph
from archive.text.folding import squeeze

NO_FACTS = Facts()
DAY = dt.date(2020, 5, 24)
SESSION_LEAD = "据新华社北京5月24日电 十三届全国人大三次会议24日在人民大会堂举行视频记者会。"


def metadata(*texts, date=DAY, filename="talk.txt", facts=NO_FACTS, closing=()):
    heading = [
        text if isinstance(text, Paragraph) else Paragraph(text, number)
        for number, text in enumerate(texts, 1)
    ]
    end = [Paragraph(text, number) for number, text in enumerate(closing, 100)]
    return read_metadata(heading, facts, filename, date=date, closing=end)


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
def test_unknown_date_is_reported_with_advice(text):
    found = metadata(text, date=None)
    assert (found.date, [problem.code for problem in found.problems]) == (None, ["no_date"])
    assert "2020年5月24日" in found.problems[0].message


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
    assert (found.title, found.headline) == ("外长记者会", "引题副题")


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
        ("国务院台办发言人马晓光主持新闻发布会", "国务院台湾事务办公室"),
        ("國台辦發言人朱鳳蓮主持新聞發布會", "國務院臺灣事務辦公室"),
        ("国台办12月14日上午举行新闻发布会。", "国务院台湾事务办公室"),
        ("国新办举行新闻发布会", "国务院新闻办公室"),
        ("外交部就台风灾情答记者问", "外交部"),
        ("THE WHITE HOUSE", "The White House"),
        ("Press Briefing by Press Secretary Jay Carney", ""),
        ("林外務大臣会見記録", "外務省"),
        ("外交部长王毅回答记者提问", ""),
    ],
)
def test_institution_is_read_only_when_certain(title, institution):
    assert metadata(title).institution == institution


def test_facts_win_over_the_text():
    facts = Facts(date=DAY, title="Stated", venue="Here", institution="Us", source_name="Wire")
    found = metadata("地点：北京", "来源：新华社", "标题", date=None, facts=facts)
    assert (found.date, found.title, found.headline) == (DAY, "Stated", "标题")
    assert (found.venue, found.institution, found.source_name) == ("Here", "Us", "Wire")


def test_line_that_repeats_the_stated_title_is_no_headline():
    found = metadata("# Press  Briefing", facts=Facts(title="Press Briefing, May 24"))
    assert (found.title, found.headline) == ("Press Briefing, May 24", "")


def test_lines_before_the_hour_say_where():
    found = metadata(
        *("Woodstock Bridge", "Woodstock, New Hampshire", "3:23 P.M. EST"),
        facts=Facts(title="Remarks by President Biden"),
    )
    assert found.venue == "Woodstock Bridge, Woodstock, New Hampshire"
    assert found.lead == "Woodstock Bridge\nWoodstock, New Hampshire\n3:23 P.M. EST"


def test_letterhead_of_the_white_house_is_told_from_the_title():
    found = metadata(
        *("THE WHITE HOUSE", "Office of the Press Secretary", "For Immediate Release May 25, 2020"),
        *("PRESS BRIEFING", "BY PRESS SECRETARY JANE ROE", "James S. Brady Press Briefing Room"),
        "1:11 P.M. EST",
        date=None,
    )
    assert found.title == "PRESS BRIEFING BY PRESS SECRETARY JANE ROE"
    assert found.venue == "James S. Brady Press Briefing Room"
    assert found.institution == "The White House"


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Via Teleconference", "Via Teleconference"),
        ("Aboard Air Force One En Route Rome, Italy", "Aboard Air Force One En Route Rome, Italy"),
        ("Held in Portland, Oregon", "Portland, Oregon"),
        ("WASHINGTON, DC", "WASHINGTON, DC"),
        ("（令和5年6月20日（火曜日）11時20分 於:本省会見室）", "本省会見室"),
        ("地点：北京国际饭店", "北京国际饭店"),
        ("Jane Roe, Department Spokesperson", ""),
    ],
)
def test_venue_is_read(text, venue):
    assert metadata("Title", text).venue == venue


def test_name_of_a_president_and_date_make_a_title():
    found = metadata("John Q. Public", "1960-01-13", date=None)
    assert found.title == "News conference, John Q. Public, 1960-01-13"


def test_name_of_the_site_behind_a_repeated_title_is_cut_off():
    title = "2020年5月24日外交部发言人甲乙主持例行记者会"
    found = metadata(
        f"{title} — 驻某地总领事馆", f"{title} 2020-05-24 19:42 外长将访问中国。", date=None
    )
    assert (found.title, found.source_name) == (title, "驻某地总领事馆")
    assert found.lead.startswith("— 驻某地总领事馆\n")


def test_original_title_and_dateline_in_brackets_are_read():
    found = metadata(
        "原标题 中方回应：纯属捏造", "[某某网综合报道]外交部发言人甲乙主持记者会，内容如下："
    )
    assert (found.title, found.source_name) == ("中方回应：纯属捏造", "某某网")
    assert "原标题" in found.lead


def test_original_title_behind_the_last_speaker_is_read():
    assert metadata(closing=["(原标题：外交部答问)", "编辑：甲"]).title == "外交部答问"


def test_sentence_that_a_question_breaks_off_is_lead():
    found = metadata(
        "“某某办公室”公众号消息，在5月24日外交部例行记者会上，", filename="2020.txt", date=None
    )
    assert found.title == "“某某办公室”公众号消息，在5月24日外交部例行记者会上"
    assert (found.source_name, found.date) == ("某某办公室", DAY)


def test_list_above_the_text_gives_source_and_address():
    found = metadata(
        *(
            "# Daily Briefing",
            "- 数据源：un",
            "- 官方页：https://example.org/1",
            "# Daily Briefing",
        ),
        facts=Facts(),
    )
    assert (found.title, found.headline) == ("Daily Briefing", "")
    assert (found.source_name, found.source_url) == ("un", "https://example.org/1")


def test_facts_are_as_long_as_their_columns():
    url = f"https://example.org/{'1' * 500}"
    found = metadata("标题", facts=Facts(occasion="长" * 201, recording_url=url))
    assert (found.occasion, found.recording_url) == ("长" * 200, "")


def test_house_is_known_by_its_site():
    url = "https://bidenwhitehouse.archives.gov/briefing-room/"
    assert metadata("Press Gaggle", facts=Facts(source_url=url)).institution == "The White House"
    assert metadata("Press Gaggle", facts=Facts(source_url="https://[")).institution == ""


HEADING_LINES = [
    *("2020-05-24", "3:23 P.M. EST", "来源：新华社", "# 标题", "标题", "原标题：标题", "在会上，"),
    *(
        "Rome, Italy",
        "THE WHITE HOUSE",
        "新华社北京5月24日电 开会",
        "开会。",
        "如下：",
        "John Q. Public",
    ),
    *("标题 — 某网站", "BY HIM", "Held in Rome", "（月 日）", "，"),
]
heading_lines = st.lists(
    st.sampled_from(HEADING_LINES) | st.text(min_size=1), min_size=1, max_size=8
)


@given(heading_lines, st.integers(0, 2), st.sampled_from(["", "标题", "Facts"]))
def test_every_paragraph_of_a_heading_is_kept(lines, level, title):
    heading = [Paragraph(line, 1, heading=level) for line in lines if line.strip()]
    found = read_metadata(heading, Facts(title=title), "a.txt", date=DAY)
    kept = squeeze(f"{found.title}\n{found.headline}\n{found.lead}")
    for paragraph in heading:
        bare = squeeze(paragraph.text).lstrip("#")
        assert all(kept.count(char) >= bare.count(char) for char in set(bare))
