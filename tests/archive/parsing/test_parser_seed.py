import datetime as dt
import json
from pathlib import Path

import pytest

from archive.parsing.parser import parse_transcript
from archive.parsing.records import ParsedSpeaker
from tests.archive.parsing.golden import as_golden

GOLDEN = Path(__file__).parents[2] / "golden" / "seed.expected.json"
NAME = "wang-yi-npc-press-conference.txt"
OUTLETS = (
    "人民日报 中国电视台 新华社 今日俄罗斯国际通讯社 中国日报 路透社 凤凰卫视 埃菲社 环球时报 "
    "共同社 美国有线电视新闻网 中国国际广播电台 哈萨克斯坦通讯社 韩联社 澎湃新闻 "
    "新加坡海峡时报 新华社"
)


@pytest.fixture(scope="module")
def seed(seed_bytes):
    return parse_transcript(seed_bytes, NAME)


def test_seed_is_as_it_was_read_by_eye(seed, rewrite_golden):
    found = as_golden(seed)
    if rewrite_golden:
        GOLDEN.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_seed_is_one_statement_and_seventeen_questions(seed):
    assert [exchange.kind for exchange in seed.exchanges] == ["statement", *["question"] * 17]


def test_seed_questions_are_asked_by_the_printed_outlets(seed):
    assert [exchange.asked_by for exchange in seed.exchanges[1:]] == OUTLETS.split()


def test_seed_is_answered_by_wang_yi_alone(seed):
    answers = [[answer.speaker for answer in exchange.answers] for exchange in seed.exchanges]
    assert answers == [["王毅"]] * 18
    assert seed.speakers == (ParsedSpeaker("王毅", "国务委员兼外交部长"),)


def test_seed_date_needs_no_year_in_the_text(seed, seed_bytes):
    assert "2020年" not in seed_bytes.decode()
    assert seed.date == dt.date(2020, 5, 24)


def test_seed_headings_are_told_apart(seed):
    assert seed.title == "国务委员兼外交部长王毅就中国外交政策和对外关系回答中外记者提问"
    assert seed.headline == "世界回不到过去，中国也不会停下前进的脚步"
    assert seed.lead.startswith("据新华社北京5月24日电 十三届全国人大三次会议24日在")


def test_seed_describes_itself(seed):
    assert (seed.source_name, seed.occasion) == ("新华社", "十三届全国人大三次会议")
    assert (seed.venue, seed.institution, seed.language) == ("人民大会堂", "", "zh-Hans")


@pytest.mark.parametrize(
    ("number", "words"),
    [(4, "同普京总统多次通话"), (5, "在不少国家"), (8, "面对这场空前危机，中欧之间应该")],
)
def test_seed_answers_are_mended(seed, number, words):
    assert words in seed.exchanges[number].answers[0].text


def test_seed_question_broken_in_two_is_mended(seed):
    assert seed.exchanges[11].question.endswith("是中国外交的未来吗？")


def test_seed_repetition_is_reported_and_kept(seed):
    sentence = "这种流言蜚语长，还会继续记录在案。"
    assert [(p.line, p.code) for p in seed.problems] == [(29, "repeated_sentence")]
    assert sentence in seed.problems[0].message
    assert "3 times" in seed.problems[0].message
    assert sentence * 3 in seed.exchanges[2].answers[0].text
