"""Citations against strings made by hand from the styles' own rules."""

import datetime as dt
import json
from dataclasses import replace

import bibtexparser
import pytest
import rispy

from archive.citations import CITATION_FILES, CITATION_STYLES, Name, Work
from archive.citations.work import title_of_part

URL = "https://dawen.example/conferences/2020-05-24/"
WANG = Work(
    key="dawen-2020-05-24",
    kind="conference",
    authors=(Name.of_person("王毅"),),
    title="王毅就中国外交政策和对外关系回答中外记者提问",
    date=dt.date(2020, 5, 24),
    url=URL,
    accessed=dt.date(2026, 11, 3),
    language="zh-Hans",
    place="人民大会堂",
    source="新华社",
)
ANSWER = replace(
    WANG,
    key="dawen-2020-05-24-3",
    kind="answer",
    title="答路透社记者问",
    whole=WANG.title,
    asker="路透社",
    url=f"{URL}3/",
)
BLINKEN = replace(
    WANG,
    key="dawen-2023-06-19",
    authors=(Name.of_person("Antony J. Blinken"),),
    title="Press availability in “Beijing”",
    date=dt.date(2023, 6, 19),
    language="en",
    place="Beijing American Center",
    source="",
)


def cited(work: Work, style: str) -> str:
    return CITATION_STYLES[style][1](work)


def file(work: Work, ending: str) -> str:
    return CITATION_FILES[ending].make(work)


EXPECTED = {
    ("gbt7714", "conference"): f"王毅. {WANG.title}[EB/OL]. (2020-05-24)[2026-11-03]. {URL}.",
    ("gbt7714", "answer"): (
        f"王毅. 答路透社记者问[EB/OL]//{WANG.title}. (2020-05-24)[2026-11-03]. {URL}3/."
    ),
    ("gbt7714", "latin"): (
        f"BLINKEN A J. Press availability in “Beijing”[EB/OL]. (2023-06-19)[2026-11-03]. {URL}."
    ),
    ("apa", "conference"): (
        f"王毅. (2020, May 24). {WANG.title} [Press conference transcript]. 答问 Dawen. {URL}"
    ),
    ("apa", "answer"): (
        f"王毅. (2020, May 24). 答路透社记者问. In {WANG.title} [Press conference transcript]. "
        f"答问 Dawen. {URL}3/"
    ),
    ("apa", "latin"): (
        "Blinken, A. J. (2023, June 19). Press availability in “Beijing” "
        f"[Press conference transcript]. 答问 Dawen. {URL}"
    ),
    ("chicago-note", "conference"): (
        f"王毅, “{WANG.title}” (press conference, 人民大会堂, May 24, 2020), transcript, "
        f"答问 Dawen, {URL}."
    ),
    ("chicago-note", "answer"): (
        f"王毅, answer to 路透社, in “{WANG.title}” (press conference, 人民大会堂, "
        f"May 24, 2020), transcript, 答问 Dawen, {URL}3/."
    ),
    ("chicago-note", "latin"): (
        "Antony J. Blinken, “Press availability in ‘Beijing’” (press conference, "
        f"Beijing American Center, June 19, 2023), transcript, 答问 Dawen, {URL}."
    ),
    ("chicago-bibliography", "conference"): (
        f"王毅. “{WANG.title}.” Press conference, 人民大会堂, May 24, 2020. Transcript, "
        f"答问 Dawen. {URL}."
    ),
    ("chicago-bibliography", "answer"): (
        f"王毅. Answer to 路透社. In “{WANG.title}.” Press conference, 人民大会堂, "
        f"May 24, 2020. Transcript, 答问 Dawen. {URL}3/."
    ),
    ("chicago-bibliography", "latin"): (
        "Blinken, Antony J. “Press availability in ‘Beijing.’” Press conference, "
        f"Beijing American Center, June 19, 2023. Transcript, 答问 Dawen. {URL}."
    ),
}


@pytest.mark.parametrize(("style", "of"), EXPECTED)
def test_a_citation_is_as_the_style_has_it(style, of):
    work = {"conference": WANG, "answer": ANSWER, "latin": BLINKEN}[of]
    assert cited(work, style) == EXPECTED[style, of]


@pytest.mark.parametrize(
    ("printed", "inverted"),
    [
        ("王毅", "王毅"),
        ("安东尼·布林肯", "安东尼·布林肯"),
        ("Antony Blinken", "Blinken, Antony"),
        ("Blinken, Antony", "Blinken, Antony"),
        ("Ursula von der Leyen", "von der Leyen, Ursula"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("William Low Jr.", "Low, William, Jr."),
        ("Low Jr.", "Jr., Low"),  # two words: which of them is the family's, nobody can tell
        ("Wang Wenbin", "Wang Wenbin"),
        ("Hua Chunying", "Hua Chunying"),
        ("Plato", "Plato"),
    ],
)
def test_only_names_that_begin_with_the_given_name_are_turned_round(printed, inverted):
    assert Name.of_person(printed).inverted == inverted


def test_a_family_name_in_pinyin_is_in_capitals_in_the_chinese_standard():
    work = replace(WANG, authors=(Name.of_person("Wang Wenbin"),))
    assert cited(work, "gbt7714").startswith("WANG Wenbin. ")
    assert cited(work, "apa").startswith("Wang, W. (")


def people(*names: str) -> Work:
    return replace(WANG, authors=tuple(map(Name.of_person, names)))


@pytest.mark.parametrize(
    ("style", "names", "start"),
    [
        ("gbt7714", "王毅 李强 钱刚 孙亮", "王毅, 李强, 钱刚, 等. "),
        ("gbt7714", "Ann_Lee Bo_Day Cy_Fox Di_Gray", "LEE A, DAY B, FOX C, et al. "),
        ("apa", "王毅 李强", "王毅, & 李强. (2020"),
        ("apa", "Ann_Lee Bo_Day Cy_Fox", "Lee, A., Day, B., & Fox, C. (2020"),
        ("chicago-note", "王毅 李强", "王毅 and 李强, “"),
        ("chicago-note", "Ann_Lee Bo_Day Cy_Fox", "Ann Lee, Bo Day, and Cy Fox, “"),
        ("chicago-note", "Ann_Lee Bo_Day Cy_Fox Di_Gray", "Ann Lee et al., “"),
        ("chicago-bibliography", "Ann_Lee Bo_Day", "Lee, Ann, and Bo Day. “"),
        ("chicago-bibliography", "王毅 李强", "王毅 and 李强. “"),
        (
            "apa",
            " ".join(f"名{n}" for n in range(22)),
            ", ".join(f"名{n}" for n in range(19)) + ", . . . 名21. (2020",
        ),
    ],
)
def test_several_speakers(style, names, start):
    assert cited(people(*(n.replace("_", " ") for n in names.split())), style).startswith(start)


@pytest.mark.parametrize(
    ("style", "start"),
    [
        ("gbt7714", f"{WANG.title}[EB/OL]. (2020"),
        ("apa", f"{WANG.title} [Press conference transcript]. (2020, May 24). 答问"),
        ("chicago-note", f"“{WANG.title}” (press"),
        ("chicago-bibliography", f"“{WANG.title}.” Press"),
    ],
)
def test_without_a_speaker_or_a_host_the_title_comes_first(style, start):
    assert cited(replace(WANG, authors=()), style).startswith(start)


def test_a_title_that_ends_a_sentence_gets_no_full_stop():
    work = replace(WANG, title="谁来买单？")
    assert "“谁来买单？” Press" in cited(work, "chicago-bibliography")


@pytest.mark.parametrize(
    ("kind", "asker", "language", "from_outlet", "title"),
    [
        ("answer", "路透社", "zh-Hans", True, "答路透社记者问"),
        ("answer", "路透社驻京记者", "zh", True, "答路透社驻京记者问"),
        ("answer", "路透社", "zh-Hant", True, "答路透社記者問"),
        ("answer", "苗博雅", "zh-Hant", False, "答苗博雅問"),
        ("answer", "", "zh-Hans", False, "答记者问"),
        ("question", "路透社", "zh-Hans", True, "路透社记者提问"),
        ("statement", "", "zh-Hans", False, "发言"),
        ("answer", "Reuters", "en", True, "Answer to Reuters"),
        ("answer", "", "und", False, "Answer to a question"),
        ("statement", "", "en", False, "Statement"),
    ],
)
def test_an_exchange_is_titled_in_its_own_language(kind, asker, language, from_outlet, title):
    assert title_of_part(kind, asker, language, from_outlet=from_outlet) == title


NASTY = "100 % of $5 & #1_a ~ {x^2} \\end}\nTY  - HACK\u2028x"


def test_bibtex_escapes_what_latex_would_read():
    entry = file(replace(WANG, title=NASTY), "bib")
    assert (
        r"title = {{100 \% of \$5 \& \#1\_a \textasciitilde{} \textbraceleft{}x"
        r"\textasciicircum{}2\textbraceright{} \textbackslash{}end\textbraceright{} TY - HACK x}}"
    ) in entry
    assert entry.count("{") == entry.count("}")


def test_bibtex_leaves_an_address_alone():
    entry = file(replace(WANG, url="https://x.example/a_b/%7E"), "bib")
    assert "url = {https://x.example/a_b/%7E}" in entry


def test_ris_keeps_every_value_on_its_own_line():
    lines = file(replace(WANG, title=NASTY), "ris").split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert sum(line.startswith("TY") for line in lines) == 1


def test_csl_json_is_one_item_that_programs_import():
    (item,) = json.loads(file(ANSWER, "json"))
    assert item["author"] == [{"literal": "王毅"}]
    assert item["issued"] == {"date-parts": [[2020, 5, 24]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 3]]}
    assert (item["title"], item["container-title"]) == ("答路透社记者问", WANG.title)
    (item,) = json.loads(file(BLINKEN, "json"))
    assert item["author"] == [{"family": "Blinken", "given": "Antony J."}]


def test_ris_is_read_back_by_a_parser():
    (entry,) = rispy.loads(file(replace(ANSWER, authors=BLINKEN.authors), "ris"))
    assert entry["type_of_reference"] == "ELEC"
    assert entry["authors"] == ["Blinken, Antony J."]
    assert entry["title"] == "答路透社记者问"
    assert entry["urls"] == [f"{URL}3/"]


@pytest.mark.parametrize("title", [WANG.title, NASTY])
def test_bibtex_is_read_back_by_a_parser(title):
    library = bibtexparser.parse_string(file(replace(WANG, title=title), "bib"))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("misc", "dawen-2020-05-24")
    assert entry["author"] == "{王毅}"
    assert (entry["year"], entry["url"], entry["urldate"]) == ("2020", URL, "2026-11-03")
