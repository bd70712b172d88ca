"""Who put a question, from the label and the first words."""

import pytest

from archive.parsing.attribution.askers import Asker, who_asked
from archive.parsing.attribution.outlet_names import is_outlet


@pytest.mark.parametrize(
    ("label", "outlet", "reporter"),
    [
        ("HOWARD SCHNEIDER, Reuters", "Reuters", "HOWARD SCHNEIDER"),
        ("Ann L. Lee, Associated Press", "Associated Press", "Ann L. Lee"),
        (
            "Mrs. May Lee, Portland (Maine) Press Herald",
            "Portland (Maine) Press Herald",
            "Mrs. May Lee",
        ),
        ("William Low, Jr., Baltimore Sun", "Baltimore Sun", "William Low, Jr."),
        (
            "Sarah Low, Manchester (N.H.) Union Leader",
            "Manchester (N.H.) Union Leader",
            "Sarah Low",
        ),
        ("HELEN LEE [United Press International]", "United Press International", "HELEN LEE"),
        ("QUESTION (Reuters)", "Reuters", ""),
        ("Reuters reporter", "Reuters", ""),
        ("Kyle Lee", "", "Kyle Lee"),
        ("KYLE CAMPBELL", "", "KYLE CAMPBELL"),
        ("Ann Roe, Treasury Secretary", "", ""),
        ("路透社记者张三", "路透社", "张三"),
        ("自由時報記者", "自由時報", ""),
        ("三立新聞台記者", "三立新聞台", ""),
        ("《人民日报》记者", "人民日报", ""),
        ("NHK　岩澤記者", "NHK", "岩澤"),
        ("朝日新聞田中記者", "朝日新聞", "田中"),
        ("연합뉴스 김철수 기자", "연합뉴스", "김철수"),
        ("路透社", "路透社", ""),
        ("林記者", "", "林"),
        ("蔣珮伊", "", "蔣珮伊"),
        ("各位記者", "", ""),
        ("日本記者", "", ""),
    ],
)
def test_labels(label, outlet, reporter):
    assert who_asked(label, "") == Asker(outlet, reporter)


@pytest.mark.parametrize("label", ["Q", "QUESTION", "问", "记者", "Reporter", "Speaker 2", ""])
def test_labels_that_name_nobody(label):
    assert who_asked(label, "And what of the budget?") == Asker()


@pytest.mark.parametrize(
    ("words", "outlet", "reporter"),
    [
        ("Hi, Chris Lee at Associated Press. Thanks.", "Associated Press", "Chris Lee"),
        ("Hi, I'm Jeff Low with Reuters. President Roe said", "Reuters", "Jeff Low"),
        ("Thanks. Sebastian Low, AFP.", "AFP", "Sebastian Low"),
        ("Mr. President, Jim Low, the Oregonian. Soon", "Oregonian", "Jim Low"),
        ("Connie Low with KOMO. With growing", "KOMO", "Connie Low"),
        (
            "[Vera R. Low of the North American News Alliance] Sir",
            "North American News Alliance",
            "Vera R. Low",
        ),
        ("Buenos días, presidenta. Juan Pérez, de El Universal.", "El Universal", "Juan Pérez"),
        ("我是新华社记者李四，请问", "新华社", "李四"),
        ("谢谢主持人。我是路透社记者。请问", "路透社", ""),
        ("中央社記者您好，請問", "中央社", ""),
        ("NHKの岩澤です。よろしく", "NHK", "岩澤"),
        ("연합뉴스 김철수 기자입니다. 질문", "연합뉴스", "김철수"),
        ("(As interpreted.) I’m from Vietnam Television. When", "Vietnam Television", ""),
        ("I'm from the South. Why now?", "", ""),
        ("Thank you. President Roe spoke with Chancellor Low at the White House.", "", ""),
        ("I'm Sorry, the United States at War?", "", ""),
        ("各位记者都在问，政府怎么办？", "", ""),
    ],
)
def test_first_words(words, outlet, reporter):
    assert who_asked("Q", words) == Asker(outlet, reporter)


def test_a_named_reporter_says_the_outlet_beside_the_name():
    asker = who_asked("NICK TIMIRAOS", "Nick Timiraos from the Wall Street Journal. Chair Roe,")
    assert asker == Asker("Wall Street Journal", "NICK TIMIRAOS")


@pytest.mark.parametrize("text", ["Star", "the time", "APEC", "Deutsche Bank", "科技會報", ""])
def test_what_only_looks_like_an_outlet(text):
    assert not is_outlet(text)
