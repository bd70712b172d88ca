import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.parsing.attribution.identities import Person, doubtful_people, identify
from archive.parsing.attribution.latin_names import is_full_name, named_offices
from archive.parsing.attribution.latin_words import in_ordinary_case, split_words
from archive.parsing.records import Paragraph, Turn

BRIEFING = (
    "Press Briefing by Press Secretary Jane Roe and "
    "NSC Coordinator for Strategic Communications Ned Doe"
)


def turn(label, said="Thank you.", kind="answer", line=1):
    return Turn(kind, label, (Paragraph(said, line),), line)


def person(label, *texts, said="Thank you."):
    return identify([turn(label, said)], texts)[label]


def everybody(labels, *texts, said="Thank you."):
    turns = [turn(label, said, line=line) for line, label in enumerate(labels, 1)]
    people = identify(turns, texts)
    return people, [(p.code, p.line) for p in doubtful_people(turns, people)]


@pytest.mark.parametrize(
    "label", ["MS. ROE", "MS.  ROE", "MS ROE", "Ms. ROE", "ROE", "Jane Roe", "JANE ROE"]
)
def test_surname_means_the_one_whom_the_title_names(label):
    assert person(label, BRIEFING) == Person("Jane Roe", "Press Secretary")


def test_office_with_small_words_is_read_whole():
    assert person("MR. DOE", BRIEFING).role == "NSC Coordinator for Strategic Communications"


@pytest.mark.parametrize(
    ("title", "label", "name", "role"),
    [
        (
            "Briefing by Secretary of Transportation Pete Poe",
            "SECRETARY POE",
            "Pete Poe",
            "Secretary of Transportation",
        ),
        (
            "Briefing by Office of Management and Budget Director Ann Poe",
            "DIRECTOR POE",
            "Ann Poe",
            "Office of Management and Budget Director",
        ),
        (
            "A call with Ann Poe, Assistant to the President; others",
            "MS. POE",
            "Ann Poe",
            "Assistant to the President",
        ),
        (
            "Remarks by President Poe and Prime Minister Lee Hsien Loong of Singapore",
            "PRIME MINISTER LEE",
            "Lee Hsien Loong",
            "Prime Minister",
        ),
        (
            "Secretary Ann J. Poe At a Press Availability",
            "SECRETARY POE",
            "Ann J. Poe",
            "Secretary",
        ),
        ("Briefing with Treasury Secretary Poe", "SECRETARY POE", "Poe", "Treasury Secretary"),
        (
            "Rencontre avec le Président Jean Poe et le Chancelier Max Doe",
            "M. POE",
            "Jean Poe",
            "Président",
        ),
        ("Conferencia de la presidenta Ana Poe Gil", "PRESIDENTA", "Ana Poe Gil", "presidenta"),
        ("Conferencia", "PRESIDENTA DE MÉXICO, ANA POE GIL", "ANA POE GIL", "Presidenta de México"),
        ("NED POE, DEPARTMENT SPOKESPERSON", "MR. POE", "NED POE", "Department Spokesperson"),
    ],
)
def test_name_and_office_are_told_apart(title, label, name, role):
    assert person(label, title) == Person(name, role)


@pytest.mark.parametrize(
    ("title", "label", "expected"),
    [
        ("Remarks by President Poe in Press Gaggle", "THE PRESIDENT", ("Poe", "President")),
        ("Vice President Poe's Press Gaggle", "THE VICE PRESIDENT", ("Poe", "Vice President")),
        ("Vice President Poe's Press Gaggle", "THE PRESIDENT", ("", "President")),
        ("News conference, John Q. Poe, 1960-01-13", "THE PRESIDENT", ("John Q. Poe", "President")),
        ("Remarks by President Poe and President Doe", "THE PRESIDENT", ("", "President")),
        (
            "by Ann Poe, Spokesperson for the Secretary-General",
            "Spokesman",
            ("Ann Poe", "Spokesperson for the Secretary-General"),
        ),
        ("Press conference", "SENIOR OFFICIAL ONE", ("SENIOR OFFICIAL ONE", "")),
        (
            "Press call by a Senior Administration Official on President Poe's Trip",
            "SENIOR ADMINISTRATION OFFICIAL",
            ("SENIOR ADMINISTRATION OFFICIAL", ""),
        ),
    ],
)
def test_office_alone_means_its_holder_when_the_heading_names_one(title, label, expected):
    assert person(label, title) == Person(*expected)


def test_president_is_the_one_who_has_no_label_of_his_own():
    labels = ["THE PRESIDENT", "PRESIDENT DOE"]
    people, _ = everybody(labels, "Remarks by President Poe and President Doe")
    assert people["THE PRESIDENT"].name == "Poe"


@pytest.mark.parametrize(
    "said",
    [
        "Our guest today is Dr. Anthony Poe.",
        "I’ll turn it over to Anthony Poe.",
        "With us is Anthony Poe, Director of the Institute.",
    ],
)
def test_introduction_gives_the_full_name(said):
    assert person("DR. POE", "Press Briefing", said=said).name == "Anthony Poe"


@pytest.mark.parametrize("said", ["Edgar Allan Poe wrote it.", "We met Senator Anna Poe."])
def test_somebody_who_is_only_spoken_of_is_not_the_speaker(said):
    assert person("MR. POE", "Press Briefing", said=said).name == "Mr. Poe"


def test_names_in_capitals_take_the_case_in_which_they_are_spoken():
    assert person("NICK MCPOE", said="Let’s go to Nick McPoe.").name == "Nick McPoe"
    assert person("NICK MCPOE").name == "NICK MCPOE"
    assert person("CHAIR POE", said="Thanks, Chair Poe.") == Person("Poe", "Chair")
    assert person("MR. POE").name == "MR. POE"


def test_accents_make_no_difference():
    assert person("DR. NUNEZ-POE", "Briefing by Ana Núñez-Poe").name == "Ana Núñez-Poe"


def test_two_people_with_one_surname_are_kept_apart_and_reported():
    labels = ["MR. POE", "MR. POE", "MS. POE"]
    people, problems = everybody(labels, "Briefing by Spokesperson Ned Poe")
    assert (people["MR. POE"].name, people["MS. POE"].name) == ("Ned Poe", "Ms. Poe")
    assert problems == [("same_surname", 3)]


def test_name_and_office_are_merged_only_when_the_title_proves_it():
    labels = ["CHAIR POE", "MR. POE"]
    people, _ = everybody(labels, "Briefing by Chair of the Council Jared Poe")
    assert people["CHAIR POE"] == people["MR. POE"]
    people, problems = everybody(labels, said="Here is Jared Poe.")
    assert people["CHAIR POE"] != people["MR. POE"]
    assert problems == [("same_surname", 2)]


def test_two_full_names_with_one_surname_are_no_doubt():
    assert everybody(["COLBY POE", "MICHELLE POE"])[1] == []


def test_slip_of_the_pen_is_taken_for_the_label_it_resembles():
    labels = ["CHAIR BERNSTEIN"] * 6 + ["CHAIR BERSTEIN"]
    people, problems = everybody(labels, "Briefing by Chair Jared Bernstein")
    assert people["CHAIR BERSTEIN"].name == "Jared Bernstein"
    assert problems == [("misspelt_label", 7)]


@pytest.mark.parametrize(
    "label", ["MODERATOR", "主持人", "OPERATOR", "INTERPRETER", "AIDE", "답", "A", "答", "ANSWER"]
)
def test_nobody_in_particular(label):
    assert person(label, "Press call").name == ""


HEADING = "外交部发言人耿甲主持例行记者会"


@pytest.mark.parametrize(
    ("label", "heading", "name", "role"),
    [
        ("发言人", HEADING, "耿甲", "外交部发言人"),
        ("答", HEADING, "耿甲", "外交部发言人"),
        ("A", HEADING, "耿甲", "外交部发言人"),
        ("耿甲", HEADING, "耿甲", "外交部发言人"),
        ("发言人", "外交部例行记者会", "", "发言人"),
        ("王毅国务委员", HEADING, "王毅", "国务委员"),
        ("王毅外长", HEADING, "王毅", "外长"),
        ("外交部发言人 华春莹", HEADING, "华春莹", "外交部发言人"),
        ("俄罗斯外长谢尔盖·拉夫罗夫", HEADING, "谢尔盖·拉夫罗夫", "俄罗斯外长"),
        ("拉夫罗夫", "俄罗斯外长谢尔盖·拉夫罗夫答记者问", "谢尔盖·拉夫罗夫", "俄罗斯外长"),
        ("涂", "商务部新闻发言人涂甲乙主持", "涂甲乙", "商务部新闻发言人"),
        ("涂", HEADING, "涂", ""),
        ("王毅", "国务委员兼外交部长王毅回答提问", "王毅", "国务委员兼外交部长"),
        ("主持人 胡甲", HEADING, "胡甲", "主持人"),
        ("林外務大臣", "林外務大臣会見記録", "林", "外務大臣"),
        ("大臣", "林外務大臣会見記録", "林", "外務大臣"),
        ("大臣", "会見記録", "", "大臣"),
        ("대변인", "임수석 대변인 정례브리핑", "임수석", "대변인"),
        ("임수석 대변인", "정례브리핑", "임수석", "대변인"),
        ("대변인", "정례브리핑", "", ""),
    ],
)
def test_label_in_characters_is_resolved(label, heading, name, role):
    assert person(label, heading) == Person(name, role)


def test_those_who_ask_are_left_out():
    assert identify([turn("MR. POE", kind="question"), turn("")], ()) == {}


def test_words_of_a_label_are_told_apart():
    assert split_words("LIEUTENANT GENERAL POE") == ("", ["LIEUTENANT", "GENERAL"], ["POE"])
    assert split_words("CHIEF WHITE") == ("", ["CHIEF"], ["WHITE"])
    assert split_words("PRESIDENT POE (as interpreted)") == ("", ["PRESIDENT"], ["POE"])
    assert in_ordinary_case("MINISTER OF STATE") == "Minister of State"


def test_offices_of_a_heading_are_found():
    found = list(named_offices("Remarks by President Poe and Vice President Ann Doe"))
    assert found == [("President", "Poe"), ("Vice President", "Ann Doe")]
    assert is_full_name("John F. Poe")
    assert not is_full_name("Press Conference")


labels = st.sampled_from(
    [
        "MS. ROE",
        "THE PRESIDENT",
        "A",
        "答",
        "发言人",
        "NED DOE",
        "CHAIR ROE",
        "大臣",
        "MR.",
        "M",
        "王毅外长",
    ]
)
words = st.sampled_from(
    [
        "Press",
        "Secretary",
        "Roe",
        "Ned",
        "Doe",
        ",",
        " ",
        "and",
        "of",
        "the",
        "By",
        "MR.",
        "’s",
        "发言人",
        "毛甲",
        "主持",
        "대변인",
        "\n",
    ]
)
texts = st.lists(words | st.text(max_size=3)).map(" ".join)


@given(st.lists(st.tuples(labels | st.text(min_size=1), texts), max_size=6), st.lists(texts))
def test_every_label_means_one_person(said, heading):
    turns = [turn(label, text or "x") for label, text in said]
    people = identify(turns, heading)
    assert set(people) == {one.label for one in turns}
    assert all(isinstance(one, Person) for one in people.values())
    assert all(problem.message for problem in doubtful_people(turns, people))


def test_time_grows_with_the_text_and_no_faster():
    said = "Thanks to Secretary of Transportation Ned Doe and to Jane Roe of the Press. " * 4

    def seconds(count):
        turns = [turn(f"MR. DOE{'E' * (n % 9)}", said) for n in range(count)]
        start = time.process_time()
        identify(turns, (BRIEFING,))
        return time.process_time() - start

    seconds(10)
    assert seconds(800) < 20 * seconds(100) + 0.2
