"""A briefing and corrections of it, for the tests."""

from functools import cache

from archive.parsing.corrections.turn_corrections import (
    TranscriptCorrection,
)
from archive.parsing.parser import finish, prepare, read
from tests.archive.texts import SEVEN_LINES

BRIEFING = SEVEN_LINES


@cache
def prepared(text, name):
    return prepare(read(text.encode(), name), name)


def understood(*corrections, text=BRIEFING, name="a.txt"):
    return finish(prepared(text, name), corrections)


def at(line, text, kind, /, **value):
    return TranscriptCorrection(kind, line, text, value)


def shape(found):
    """Who asks and who answers: (outlet or speaker, the words) of everything said."""
    return [
        [(one.asked_by, one.question), *((a.speaker, a.text) for a in one.answers)]
        for one in found.parsed.exchanges
    ]


QUESTION = (3, "中方对南海局势有何评论？")
ANSWER = (5, "南海局势总体稳定。")
STRESS = (7, "我要强调的是：团结最重要。")
SECOND = (9, "请介绍中欧峰会的安排。")
CONTACT = (11, "中欧双方正就此保持沟通。")
LAST = (13, "谢谢。")
