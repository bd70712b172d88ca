"""Every file, however bad, ends in a conference or a sentence, soon and in little memory."""

import contextlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.parsing.completeness import account
from archive.parsing.parser import parse_transcript, read
from archive.parsing.records import ParsedConference, TranscriptError
from tests.archive.parsing.bad_files import BY_DAY, LARGE, small_files
from tests.archive.parsing.docx_files import make_docx, paragraph
from tests.archive.parsing.pdf_files import make_pdf
from tests.extent import mostly_at_night

SECONDS, KILOBYTES = 20, 512 * 1024  # of a processor: the machine may have other things to do
# Run in a process of its own. Its ru_maxrss would count the memory of the process it was forked
# from as well; VmHWM begins anew with the program.
MEASURE = """
import pathlib, re, resource, sys, time
from archive.parsing.parser import parse_transcript
from archive.parsing.records import TranscriptError
from tests.archive.parsing.bad_files import LARGE
content = LARGE[sys.argv[1]]()
start = time.process_time()
try:
    parse_transcript(content, sys.argv[1])
except TranscriptError as error:
    str(error)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.process_time() - start + children.ru_utime + children.ru_stime)
own = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
print(max(int(own), children.ru_maxrss))
"""


def outcome(content: bytes, name: str) -> ParsedConference | str:
    try:
        return parse_transcript(content, name)
    except TranscriptError as error:
        return str(error)


def test_every_bad_file_gives_all_their_words_or_a_sentence():
    for name, content in small_files():
        told = outcome(content, name)
        assert isinstance(told, ParsedConference) or (told.endswith(".") and "%(" not in told), name


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in Linux's kilobytes")
@pytest.mark.parametrize("name", mostly_at_night(LARGE, but=BY_DAY))
def test_large_files_are_answered_in_time_and_memory(name):
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seconds, kilobytes = (float(word) for word in done.stdout.split())
    assert seconds < SECONDS
    assert kilobytes < KILOBYTES


SOURCES = st.sampled_from(
    [
        ("a.docx", make_docx(paragraph("路透社记者：好吗？") + paragraph("毛宁：好。"))),
        ("a.pdf", make_pdf([[(72, 700, "Q Why?"), (72, 680, "MS. PSAKI: Because.")]])),
        ("a.xml", "<akomaNtoso><speech by='#a'><p>好</p></speech></akomaNtoso>".encode()),
        ("a.json", b'{"dawen": 1, "exchanges": [{"kind": "statement", "answers": []}]}'),
        ("a.html", "<html><p>问：好？</p><p>答：好。</p></html>".encode()),
        ("a.txt", "路透社记者：好吗？\n毛宁：好。\n".encode("gbk")),
    ]
)


@settings(deadline=None, max_examples=60)
@given(SOURCES, st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), max_size=8))
def test_a_file_with_wrong_bytes_in_it_gives_all_their_words_or_a_sentence(source, changes):
    name, content = source
    for place, wrong in changes:
        at = place % len(content)
        content = content[:at] + wrong + content[at + len(wrong) :]
    with contextlib.suppress(TranscriptError):
        parsed = parse_transcript(content, name)
        assert account(read(content, name), parsed).missing == 0


@settings(deadline=None)
@given(st.binary(), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a.xml", ""]))
def test_any_bytes_give_all_their_words_or_a_sentence(content, name):
    with contextlib.suppress(TranscriptError):
        parsed = parse_transcript(content, name)
        assert account(read(content, name), parsed).missing == 0
