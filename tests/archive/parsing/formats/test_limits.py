"""What is too large or broken is refused before it is unpacked."""

import struct
import zipfile
from io import BytesIO

import pytest

from archive.parsing.formats.limits import MEGABYTE, check_size, open_zip, read_member
from archive.parsing.records import TranscriptError
from tests.archive.parsing.docx_files import make_zip


def refusal(content: bytes) -> TranscriptError:
    with pytest.raises(TranscriptError) as caught:
        open_zip(content, "DOCX")
    return caught.value


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not():
    check_size(b"x" * MEGABYTE, "XML", MEGABYTE)
    with pytest.raises(TranscriptError, match=r"1\.1 MB; files of its kind are read up to 1 MB"):
        check_size(b"x" * (MEGABYTE + 1), "XML", MEGABYTE)


def test_a_member_is_read_whole():
    assert read_member(open_zip(make_zip({"a": "text"}), "DOCX"), "a", "DOCX", 10) == b"text"


def test_a_member_that_is_not_there_is_none():
    assert read_member(open_zip(make_zip({}), "DOCX"), "a", "DOCX", 10) is None


def test_a_member_above_its_own_limit_is_refused():
    with pytest.raises(TranscriptError, match="unpacks to more than"):
        read_member(open_zip(make_zip({"a": "x" * 11}), "DOCX"), "a", "DOCX", 10)


def test_more_than_a_thousand_members_are_refused():
    assert "1000 parts" in str(refusal(make_zip({str(n): "" for n in range(1001)})))


def test_a_directory_of_very_many_members_is_never_listed():
    assert "1000 parts" in str(refusal(b"PK\x01\x02" * 3000))


def test_what_unpacks_to_a_hundred_times_its_size_is_refused():
    assert refusal(make_zip({"a": b"\0" * 2 * MEGABYTE})).problem.code == "too_complex"


def test_what_unpacks_to_more_than_fifty_megabytes_is_refused():
    part = bytes(range(256)) * 4096
    noisy = {f"{n}": part for n in range(51)}
    assert "50 MB" in str(refusal(make_zip(noisy)))


def test_a_locked_member_is_refused_by_that_name():
    content = bytearray(make_zip({"a": "text"}))
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 8, 1)
    assert refusal(bytes(content)).problem.code == "encrypted"


@pytest.mark.parametrize("cut", [3, 30, -30, -1])
def test_a_zip_that_breaks_off_is_damaged(cut):
    assert refusal(make_zip({"a": "text" * 99})[:cut]).problem.code == "damaged"


def test_a_member_that_declares_less_than_it_holds_is_damaged():
    content = bytearray(make_zip({"a": b"x" * 5000}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    with pytest.raises(TranscriptError) as caught:
        read_member(open_zip(bytes(content), "DOCX"), "a", "DOCX", 100)
    assert caught.value.problem.code == "damaged"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_read(method):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a", "text")
    assert read_member(open_zip(file.getvalue(), "DOCX"), "a", "DOCX", 10) == b"text"
