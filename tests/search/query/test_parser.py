"""What people type, and how it is understood."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query.parser import (
    MAX_DISTANCE,
    MAX_LENGTH,
    MAX_TERMS,
    And,
    Complaint,
    Everything,
    Field,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Words,
    narrowed_dates,
    parse,
)

TAIWAN, SEA = Words("台湾"), Words("南海")


def without(child):
    return And((Everything(), Not(child)))


def typed(node):
    """A way to type `node`."""
    match node:
        case Near(left, right, distance):
            text = f"{typed(left)} NEAR/{distance} {typed(right)}"
        case Not(child):
            text = f"-({typed(child)})"
        case And(children):
            text = " ".join(
                f"({typed(it)})" if isinstance(it, Or) else typed(it) for it in children
            )
        case Or(children):
            text = " | ".join(map(typed, children))
        case Field(name, value):
            text = f"{name}:“{value}”"
        case leaf:
            text = {Phrase: "“{0.text}”", Words: "{0.text}"}.get(type(leaf), "*").format(leaf)
    return text


@pytest.mark.parametrize(
    "typed",
    ['"一带一路"', "“一带一路”", "「一带一路」", "『一带一路』", "＂一带一路＂", "«一带一路»"],
)
def test_quotation_marks_of_every_kind_make_a_phrase(typed):
    assert parse(typed) == Query(Phrase("一带一路"), ())


def test_marks_of_another_kind_may_stand_inside():
    assert parse("「所谓“新冷战”」").tree == Phrase("所谓“新冷战”")
    assert parse('“所谓"新冷战"”').tree == Phrase('所谓"新冷战"')


def test_unquoted_words_are_all_wanted():
    assert parse("中美关系 台湾").tree == Words("中美关系 台湾")


def test_phrases_and_words_go_together():
    assert parse("“南海” 准则").tree == And((Phrase("南海"), Words("准则")))


def test_a_single_han_character_is_looked_for_as_a_character():
    assert parse("税").tree == Phrase("税")
    assert parse("稅 cnn").tree == And((Phrase("稅"), Words("cnn")))


def test_a_star_is_everything_and_adds_nothing_to_words():
    assert parse("*").tree == Everything()
    assert parse("* 台湾").tree == Words("台湾")


def test_an_unclosed_quotation_mark_is_told_with_its_place():
    understood = parse("台湾 “一带一路")
    assert understood.complaints == (Complaint("unclosed_quote", 4),)
    assert understood.tree == And((Words("台湾"), Phrase("一带一路")))


def test_a_quotation_mark_closed_by_another_kind_is_closed():
    assert parse('“一带一路" 合作') == Query(And((Phrase("一带一路"), Words("合作"))), ())


def test_punctuation_alone_is_told():
    understood = parse("台湾，？")
    assert understood.complaints == ()
    assert parse(" ，？").complaints == (Complaint("no_words", 2),)


def test_nothing_to_search_for_is_no_tree():
    assert parse("").tree is parse('""').tree is parse("，").tree is None


def test_only_the_beginning_of_a_long_query_is_read():
    understood = parse("台" * 500)
    assert understood.complaints[0] == Complaint("too_long", MAX_LENGTH + 1)
    assert understood.tree == Words("台" * MAX_LENGTH)


@pytest.mark.parametrize("mark", ["|", "｜", " | ", " OR ", " ＯＲ ", " 或 ", "\u3000或\u3000"])
def test_a_bar_means_either(mark):
    assert parse(f"台湾{mark}南海") == Query(Or((TAIWAN, SEA)), ())


@pytest.mark.parametrize("word", ["台湾or南海", "台湾 or 南海", "台湾或南海"])
def test_or_is_a_word_unless_it_stands_out(word):
    assert parse(word).tree == Words(word)


def test_or_in_chinese_is_a_character_unless_it_stands_between_spaces():
    assert parse("或").tree == Phrase("或")
    assert parse("“台湾”或“南海”").tree == And((Phrase("台湾"), Phrase("或"), Phrase("南海")))


def test_a_bar_with_nothing_on_one_side_is_ignored():
    assert parse("| 台湾 ||").tree == TAIWAN
    assert parse("台湾 | | 南海").tree == Or((TAIWAN, SEA))


def test_juxtaposition_binds_closer_than_a_bar():
    both = And((Phrase("准则"), SEA))
    assert parse("台湾 | “准则” 南海").tree == Or((TAIWAN, both))
    assert parse("(台湾 | “准则”) 南海").tree == And((Or((TAIWAN, Phrase("准则"))), SEA))


@pytest.mark.parametrize("minus", "-－–−")
def test_a_minus_leaves_out_what_follows(minus):
    assert parse(f"台湾 {minus}南海").tree == And((TAIWAN, Not(SEA)))
    assert parse(f"台湾 {minus}“南海”").tree == And((TAIWAN, Not(Phrase("南海"))))
    assert parse(f"台湾 {minus}(南海)").tree == And((TAIWAN, Not(SEA)))
    assert parse(f"台湾|{minus}南海").tree == Or((TAIWAN, without(SEA)))
    assert parse(f"台湾 {minus}in:答").tree == And((TAIWAN, Not(Field("in", "answer", 0))))


def test_without_alone_is_without_among_everything():
    assert parse("-台湾").tree == without(TAIWAN)
    assert parse("* -台湾 -税").tree == And((Everything(), Not(TAIWAN), Not(Phrase("税"))))
    assert parse("南海 | -台湾").tree == Or((SEA, without(TAIWAN)))
    assert parse("-(-台湾)").tree == TAIWAN


@pytest.mark.parametrize(
    "text", ["新冠-19", "1-4月", "台湾 - 南海", "--force", "——台湾", "台湾 -，"]
)
def test_a_hyphen_is_not_a_minus(text):
    assert parse(text) == Query(Words(text), ())
    assert parse("“中国”-东盟").tree == And((Phrase("中国"), Words("-东盟")))


@pytest.mark.parametrize(
    ("name", "value", "texts"),
    [
        (
            "outlet",
            "路透社",
            "outlet:路透社 Outlet：路透社 媒体：「路透社」 提問媒體:路透社 提问:路透社",
        ),
        ("speaker", "王毅", "speaker:王毅 發言人：王毅 回答:王毅 回答者:王毅 答：王毅"),
        ("in", "question", "in:question IN:Question 在：提问 範圍：問題 范围:问"),
        ("in", "answer", "in:answer 在：“回答” 範圍：答案 在:答"),
        ("date", "2020年5月", "date:2020年5月 日期：2020年5月 時間:“2020年5月”"),
    ],
)
def test_fields_have_names_in_both_languages(name, value, texts):
    for text in texts.split():
        assert parse(text) == Query(Field(name, value, 1), ())


def test_a_field_with_spaces_in_its_value_is_quoted_and_knows_its_place():
    (_words, field) = parse('台湾 outlet:"South China Post"').tree.children
    assert field == Field("outlet", "South China Post", 4)
    assert field.position == 4


@pytest.mark.parametrize("text", ["https://mfa.gov.cn", "关系：台湾", "存在：台湾", "outlet"])
def test_other_colons_are_text(text):
    assert parse(text).tree == Words(text)


@pytest.mark.parametrize(
    ("first", "last", "values"),
    [
        ((2020, 1, 1), (2020, 12, 31), ["2020", "2020年", "２０２０"]),
        ((2020, 2, 1), (2020, 2, 29), ["2020-02", "2020-2", "2020年2月"]),
        ((2020, 5, 4), (2020, 5, 4), ["2020-05-04", "2020/5/4", "2020年5月4日"]),
        ((2020, 1, 1), (2021, 12, 31), ["2020..2021", "2021 .. 2020"]),
        ((2020, 5, 1), (2020, 7, 1), ["2020-05..2020-07-01", "2020年5月..2020年7月1日"]),
        ((9999, 12, 1), (9999, 12, 31), ["9999-12"]),
    ],
)
def test_a_date_is_its_first_and_last_day(first, last, values):
    for value in values:
        assert narrowed_dates(value) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "value", ["20", "昨天", "0000", "2020-13", "2021-02-29", "2020..", "..", "2020..2021..2022", ""]
)
def test_what_is_no_date_is_none(value):
    assert narrowed_dates(value) is None


@pytest.mark.parametrize(
    ("distance", "operators"),
    [(20, "NEAR/20 Near／20 ＮＥＡＲ／２０ 近/20"), (10, "NEAR near near/ 近 近／"), (0, "near/0")],
)
def test_near_joins_phrases_and_words(distance, operators):
    near = Near(Phrase("疫情"), Phrase("世卫组织"), distance)
    for operator in operators.split():
        assert parse(f"“疫情” {operator} “世卫组织”") == Query(near, ())
        assert parse(f"疫情 {operator} 世卫组织") == Query(near, ())


def test_near_takes_the_word_beside_it_and_no_more():
    near = Near(Phrase("疫情"), Phrase("世卫"), 5)
    assert parse("台湾 疫情 NEAR/5 世卫 南海").tree == And((TAIWAN, near, SEA))
    assert parse("-疫情 NEAR/5 世卫").tree == without(near)


def test_nears_in_a_row_are_pairs():
    pairs = [Near(Phrase("甲"), Phrase("乙"), 5), Near(Phrase("乙"), Phrase("丙"), 9)]
    assert parse("甲 NEAR/5 乙 NEAR/9 丙").tree == And(tuple(pairs))


def test_near_reaches_no_farther_than_a_thousand_characters():
    near = Near(Phrase("疫情"), Phrase("世卫"), MAX_DISTANCE)
    assert parse("疫情 NEAR/1000 世卫") == Query(near, ())
    assert parse("疫情 NEAR/1001 世卫").tree == near


def test_the_word_near_can_be_looked_for():
    assert parse("near 近") == Query(And((Words("near"), Phrase("近"))), ())


def test_groups_of_every_width():
    assert parse("（台湾|南海） “准则”").tree == parse("(台湾|南海) “准则”").tree
    assert parse("() 台湾 ( ( ) )") == Query(TAIWAN, ())


def test_groups_that_change_nothing_leave_no_trace():
    assert parse("((台湾) (南海))").tree == Words("台湾 南海")
    assert parse("(台湾 | (南海 | “准则”))").tree == Or((TAIWAN, SEA, Phrase("准则")))


def test_unbalanced_parentheses_are_balanced():
    assert parse("台湾) 南海").tree == Words("台湾 南海")
    assert parse("“准则” (台湾 | 南海").tree == And((Phrase("准则"), Or((TAIWAN, SEA))))


@pytest.mark.parametrize("text", ["(", "-(", "(台湾|-(", ")", "NEAR/5 ", "in:", '"', "|"])
def test_a_tower_of_anything_does_not_raise(text):
    understood = parse(text * (MAX_LENGTH // len(text)))
    codes = [it.code for it in understood.complaints]
    assert len(codes) == len(set(codes))


def test_sixteen_terms_are_read():
    many = [f"“{number}”" for number in range(MAX_TERMS)]
    assert parse(" ".join(many)).complaints == ()
    understood = parse(" ".join([*many, "台湾", "| 南海"]))
    assert understood.tree == And(tuple(Phrase(str(number)) for number in range(MAX_TERMS)))
    assert understood.complaints == (Complaint("too_many_terms", len(" ".join(many)) + 2),)


def test_what_is_left_out_is_not_marked():
    query = parse("“准则” (台湾 | 疫情 NEAR/5 “世卫”) -南海 -“防疫” outlet:路透社")
    assert query.phrases == ("准则", "疫情", "世卫")
    assert query.words == ("台湾",)


MARKS = "\"“”「」『』«＂*|-－: ()（）/台湾近或ab，'\ud800"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(MARKS)) | st.text())
def test_whatever_is_typed_is_understood_somehow(text):
    understood = parse(text)
    assert all(1 <= complaint.position <= len(text) for complaint in understood.complaints)
    assert understood.tree or understood.complaints or not text.strip()


PIECES = "台湾 税 “南海” “的，” * -“疫情” -中国 -( ( ( ) ) | | NEAR/5 in:答 -outlet:路透社".split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))
def test_a_tree_typed_again_is_the_same_tree(text):
    tree = parse(text).tree
    assert parse(typed(tree) if tree else "") == Query(tree, ())
