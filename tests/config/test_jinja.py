"""The templates of what a page repeats, in Jinja2: as safe as Django's, and stricter."""

import pytest
from django.template import Context, Template, engines
from django.utils.safestring import mark_safe
from django.utils.translation import override
from jinja2 import UndefinedError


def rendered(source, **known):
    return engines["jinja"].from_string(source).render(known)


def test_every_value_is_escaped_but_what_was_made_safe():
    assert rendered("<p title='{{ x }}'>{{ x }}", x="<'\"&>") == (
        "<p title='&lt;&#39;&#34;&amp;&gt;'>&lt;&#39;&#34;&amp;&gt;"
    )
    assert rendered("{{ x }}", x=mark_safe("<b>")) == "<b>"


def test_a_name_that_is_not_known_is_an_error():
    for source in ("{{ x }}", "{% if x %}{% endif %}", "{% for y in x %}{% endfor %}"):
        with pytest.raises(UndefinedError):
            rendered(source)


def test_it_knows_what_the_template_around_it_knows():
    around = Template(
        "{% load jinja %}{% with none_words=said %}"
        "{% jinja 'archive/_conferences.jinja' %}{% endwith %}"
    )
    assert "&lt;none&gt;" in around.render(Context({"conferences": [], "said": "<none>"}))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{% translate "Next" context "page" %}', "下一页"),
        ('{% translate "Passages" %}', "段落"),
        ("{{ 1234|in_passages }}", "1,234 段"),
    ],
)
def test_words_are_in_the_language_of_the_page(source, said):
    with override("zh-hans"):
        assert rendered(source) == said
    with override("en"):
        assert rendered(source) in {"Next", "Passages", "1,234 passages"}
