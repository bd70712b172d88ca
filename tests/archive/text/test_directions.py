"""Names show what they are: nothing in them turns the direction of writing."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.directions import show_directions, without_bytes


def test_what_turns_the_direction_is_written_out():
    assert show_directions("\u202egpj.txt") == "[U+202E]gpj.txt"
    assert show_directions("a\u2067\nb\x85") == "a[U+2067][U+000A]b[U+0085]"


def test_ordinary_names_stay():
    for name in ("外交部 2020-05-24.txt", "مؤتمر.txt", "été.docx", "👩\u200d💻.md"):
        assert show_directions(name) == without_bytes(name) == name


def test_bytes_of_a_name_that_is_not_utf_8_are_written_out():
    name = b"caf\xe9.txt".decode(errors="surrogateescape")
    assert without_bytes(name) == r"caf\xE9.txt"


@given(st.text(st.characters(blacklist_categories=())))
def test_every_name_can_be_stored_and_printed(name):
    show_directions(name).encode()
    without_bytes(name).encode()
