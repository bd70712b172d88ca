"""The templates of the site, in Jinja2: as safe as Django's, and stricter."""

import pytest
from django.template import engines
from django.utils.safestring import mark_safe
from django.utils.translation import override
from jinja2 import TemplateSyntaxError, UndefinedError


def rendered(source, **known):
    return engines["jinja2"].from_string(source).render(known)


def test_every_value_is_escaped_but_what_was_made_safe():
    assert rendered("<p title='{{ x }}'>{{ x }}", x="<'\"&>") == (
        "<p title='&lt;&#39;&#34;&amp;&gt;'>&lt;&#39;&#34;&amp;&gt;"
    )
    assert rendered("{{ x }}", x=mark_safe("<b>")) == "<b>"


def test_a_name_that_is_not_known_is_an_error():
    for source in ("{{ x }}", "{% if x %}{% endif %}", "{% for y in x %}{% endfor %}"):
        with pytest.raises(UndefinedError):
            rendered(source)


VERSION = "{% blocktranslate %}Version {{ number }}{% endblocktranslate %}"
ANSWERS = """{% blocktranslate count counter=n with number=n|number trimmed %}
  {{ number }} answer
{% plural %}
  {{ number }} answers
{% endblocktranslate %}"""


@pytest.mark.parametrize(
    ("source", "chinese", "english"),
    [
        ('{% translate "Next" context "page" %}', "下一页", "Next"),
        ('{% translate "Passages" %}', "段落", "Passages"),
        ('{% translate "Passages" as x %}<b>{{ x }}</b>', "<b>段落</b>", "<b>Passages</b>"),
        (
            "{% blocktranslate %}Version {{ number }}{% endblocktranslate %}",
            "第1234版",
            "Version 1234",
        ),
        (
            VERSION.replace(" %}V", " asvar x with number=n|number %}V") + "{{ x }}",
            "第1,234版",
            "Version 1,234",
        ),
        (ANSWERS, "1,234 次回答", "1,234 answers"),
        ("{{ 1234|in_passages }}", "1,234 段", "1,234 passages"),
    ],
)
def test_words_are_in_the_language_of_the_page(source, chinese, english):
    with override("zh-hans"):
        assert rendered(source, n=1234, number=1234) == chinese
    with override("en"):
        assert rendered(source, n=1234, number=1234) == english


def test_what_is_put_into_a_translation_is_escaped_and_its_words_are_not():
    words = "<b>100% {{ x }}</b> of {{ y }}"
    source = "{% blocktranslate with x=name|upper %}" + words + "{% endblocktranslate %}"
    assert rendered(source, name="<i>", y=mark_safe("<u>")) == "<b>100% &lt;I&gt;</b> of <u>"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("{% blocktranslate count n=1 %}one{% endblocktranslate %}", "want each other"),
        ("{% blocktranslate %}one{% plural %}two{% endblocktranslate %}", "want each other"),
        ("{% blocktranslate wiht n=1 %}one{% endblocktranslate %}", "knows no 'wiht'"),
        ("{% blocktranslate %}{{ a.b }}{% endblocktranslate %}", "expected token"),
        ("{% blocktranslate %}{% if a %}{% endblocktranslate %}", "expected token"),
    ],
)
def test_what_cannot_be_translated_is_an_error(source, complaint):
    with pytest.raises(TemplateSyntaxError, match=complaint):
        engines["jinja2"].env.from_string(source)
