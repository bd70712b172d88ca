"""Filling a form of a page that is made already."""

import pytest

from staff.filled_forms import fill

NOTE = "<p>Not saved.</p>"


def page(inside, more=""):
    return f"<!DOCTYPE html><html><body>{more}<form method='post'>{inside}</form></body></html>"


@pytest.mark.parametrize(
    ("inside", "fields", "shown"),
    [
        ("<input name=a>", [("a", "'<b>")], 'name="a" value="\'&lt;b&gt;"'),
        ("<textarea name=a></textarea>", [("a", "\n1\n</textarea>")], ">\n\n1\n&lt;/textarea&gt;<"),
        ("<input type=checkbox name=a checked><input name=b>", [("b", "1")], 'name="a"><'),
        ("<input type=checkbox name=a value=2>", [("a", "2")], 'value="2" checked'),
        ("<input type=radio name=a value=1 checked><input type=radio name=a value=2>",
         [("a", "2")], 'value="2" checked'),
        ("<select name=a multiple><option>1<option value=2></select>", [("a", "1"), ("a", "2")],
         "<option selected>1</option><option value=\"2\" selected>"),
        ("<input name=a><input name=a>", [("a", "1"), ("a", "2")], 'value="2"'),
        ("<input name=a>", [("a", "1"), ("more", "2")], 'name="more" value="2"'),
        ("<input name=a>", [("a", "1\0\x0b\ud800")], 'value="1"'),
        ("<input type=hidden name=seen value=1><input name=a>", [("seen", "0"), ("a", "x")],
         'name="seen" value="0"'),
    ],
)  # fmt: skip
def test_every_kind_of_field_is_filled(inside, fields, shown):
    made = fill(page(inside), fields, NOTE)
    assert shown in made
    assert NOTE in made
    assert made.startswith("<!DOCTYPE html>")


def test_a_browser_goes_to_where_most_was_typed():
    made = fill(page("<input name=a autofocus><textarea name=b></textarea>"),
                [("a", "1"), ("b", "123")], NOTE)  # fmt: skip
    assert made.count('autofocus="') == 1
    assert '<textarea name="b" autofocus' in made


@pytest.mark.parametrize("kind", ["file", "password", "submit"])
def test_what_nobody_may_fill_is_let_be(kind):
    made = fill(page(f"<input name=a><input type={kind} name=b>"), [("a", "1"), ("b", "2")], NOTE)
    assert 'value="2"' not in made


def test_the_form_with_most_of_the_fields_is_filled():
    other = "<form method='post'><input name=a id=other></form>"
    made = fill(page("<input name=a><input name=b>", other), [("a", "1"), ("b", "2")], NOTE)
    assert '<input name="a" id="other">' in made


@pytest.mark.parametrize(
    "inside", ["<input name=other>", "<input type=hidden name=row value=2><input name=a>"]
)
def test_no_form_is_filled_that_is_about_something_else(inside):
    assert fill(page(inside), [("a", "1"), ("row", "1")], NOTE) is None
