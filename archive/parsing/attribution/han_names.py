"""Offices and names as Chinese, Japanese and Korean transcripts print them. Pure.

All patterns read folded text (simplified, half width); the words are cut from the original.
"""

import re

from archive.text.folding import fold
from archive.text.han import HAN

_LEAD_LENGTH = 5000
_HAN_RUN_BEFORE = re.compile(rf"([{HAN}]{{1,30}})$")
OFFICES = (
    *("部长", "发言人", "主任", "总理", "主席", "委员", "委员长", "大使", "司长", "局长", "院长"),
    *("秘书长", "秘书", "省长", "市长", "书记", "代表", "特使", "行长", "总裁", "总统", "首相"),
    *("外长", "防长", "财长", "署长", "处长", "总干事", "议长", "参赞", "检察长", "总领事", "长官"),
    *("专员", "司令", "理事长", "会长", "校长", "助理", "大臣", "报道官", "阁下", "国务卿", "知事"),
)
_OFFICE = "|".join(sorted(OFFICES, key=len, reverse=True))
_LABEL_WITH_OFFICE = re.compile(rf"([{HAN}]{{0,20}}(?:{_OFFICE}))(\s{{0,2}})([{HAN}·]{{2,20}})")
# 王毅国务委员, 王毅外长, 林外务大臣: what stands between a name and the last word of its office.
_OFFICE_BEHIND = re.compile(
    rf"([{HAN}·]{{1,10}}?)\s{{0,2}}((?:(?:国务|副|外务|外交|国防|防卫|财务|官房|内阁|经济|总理|部)"
    rf"{{0,2}})(?:{_OFFICE}|总书记|将军|先生|女士|博士|教授))"
)
_KOREAN = re.compile(r"([가-힣]{2,4})\s{1,2}([가-힣]{0,10}(?:대변인|장관|차관|총리|대통령|국장))")
# In front of an office these are houses, or say which briefing it is: 외교부 대변인 정례브리핑.
_NO_KOREAN_NAME = re.compile(
    "(?:.{1,3}[부처청]|.{0,2}위원회|.{0,2}대통령실|청와대|국회|합참|정부|정례|신임|전임|북한|중국|일본|미국)"
)
_KOREAN_OFFICE = re.compile("대변인|장관|차관|총리|대통령|국장")
_FACES = ("先生", "女士")  # forms of address, not offices
# What follows the name of a spokesperson in a heading.
_NAME_ENDS = (
    rf"(?=主持|就|答|回答|举行|表示|介绍|出席|例行|回应|[^{HAN}]|$|在|会见|今天|[0-9]|谈|和|与|、)"
)
_NO_NAME = "(?![办回就答表介主在今说称及的制们团培与对将是也会])"
_SPOKESPERSON = re.compile(rf"发言人\s?{_NO_NAME}([{HAN}]{{2,4}}?){_NAME_ENDS}", re.MULTILINE)
_TITLED = re.compile(
    r"((?:外务|防卫|财务|经济产业|官房|国务)?(?:大臣|长官|报道官))会见", re.MULTILINE
)
_HAN_ONLY = re.compile(f"[{HAN}]{{1,12}}")
_COMMON_SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓冯彭曾萧田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤耿华涂洪章安朴裴俞申文楼戚温宁杭包左吉梅盛刁钮诸柳鲁常乔束冼卓隋屈阎聂"
    "纪费岑薄柯房窦欧司诸关岸茂河上林"
)


def split_label(label: str) -> tuple[str, str]:
    """The office and the name in a speaker's label.

    >>> split_label("外交部发言人 华春莹")
    ('外交部发言人', '华春莹')
    >>> split_label("王毅国务委员")
    ('国务委员', '王毅')
    >>> split_label("王毅")
    ('', '王毅')
    """
    folded = fold(label)
    found = _LABEL_WITH_OFFICE.fullmatch(folded)
    # Without a space only a name of ordinary length can be told from more of the office.
    if found and (found[2] or len(found[3]) <= 4 or "·" in found[3]):
        return label[: found.end(1)], label[found.start(3) :]
    if found := _KOREAN.fullmatch(label):
        return found[2], found[1]
    found = _OFFICE_BEHIND.fullmatch(folded)
    if found and _is_name(found[1]):
        office = label[found.start(2) :]
        return ("" if found[2] in _FACES else office), label[: found.end(1)]
    return "", label


def speaker_role(name: str, *texts: str) -> str:
    """The office written right before `name` in the first of `texts` that has one, or ""."""
    for text in texts:
        near = text[:_LEAD_LENGTH]
        at = near.find(name)
        while at > 0:
            run = _HAN_RUN_BEFORE.search(near[max(0, at - 30) : at])
            if run and fold(run[1]).endswith(OFFICES):
                return re.sub("^[年月日]", "", run[1])
            at = near.find(name, at + 1)
    return ""


def spokespeople(texts: tuple[str, ...]) -> list[str]:
    """The names that stand behind 发言人 in `texts`, each once: 外交部发言人耿爽主持 says 耿爽."""
    near = [text[:_LEAD_LENGTH] for text in texts]
    found = (
        text[match.start(1) : match.end(1)]
        for text in near
        for match in _SPOKESPERSON.finditer(fold(text))
    )
    return list(dict.fromkeys(found))


def minister_of(texts: tuple[str, ...]) -> tuple[str, str]:
    """Name and office of who holds a Japanese conference: 林外務大臣会見 says 林, 外務大臣."""
    for text in texts:
        folded = fold(text[:_LEAD_LENGTH])
        for match in _TITLED.finditer(folded):
            run = _HAN_RUN_BEFORE.search(folded[: match.start()][-8:])
            if run and len(run[1]) <= 4:
                start = match.start() - len(run[1])
                return text[start : match.start()], text[match.start(1) : match.end(1)]
    return "", ""


def korean_officer(office: str, texts: tuple[str, ...]) -> tuple[str, str]:
    """Name and office of whoever `texts` name with a Korean office: 임수석 대변인."""
    if _KOREAN_OFFICE.fullmatch(office) is None:
        return "", ""
    named = re.compile(rf"([가-힣]{{2,4}})\s{{1,2}}([가-힣]{{0,10}}{office})(?![가-힣])")
    found = [
        match
        for text in texts
        for match in named.finditer(text[:_LEAD_LENGTH])
        if not _NO_KOREAN_NAME.fullmatch(match[1])
    ]
    return (found[0][1], found[0][2]) if len({match[1] for match in found}) == 1 else ("", "")


def full_name_of(part: str, texts: tuple[str, ...]) -> str:
    """The full name in `texts` of which a label gives one part, or "": 涂 for 涂X, 拉夫罗夫 for
    谢尔盖·拉夫罗夫."""
    folded = fold(part)
    texts = tuple(text for text in texts if folded in fold(text[:_LEAD_LENGTH]))
    if not texts or _HAN_ONLY.fullmatch(folded) is None:
        return ""
    if len(part) == 1:
        officer = re.compile(
            rf"(?:{_OFFICE})\s?({folded}[{HAN}]{{1,2}}?){_NAME_ENDS}", re.MULTILINE
        )
        names = {text[slice(*m.span(1))] for text in texts for m in officer.finditer(fold(text))}
        return names.pop() if len(names) == 1 else ""
    foreign = re.compile(rf"((?:[{HAN}A-Z]{{1,20}}[·.]){{1,3}}{re.escape(folded)})(?!·)")
    for text in texts:
        if found := foreign.search(fold(text[:_LEAD_LENGTH])):
            whole = text[found.start(1) : found.end(1)]
            # The office before a foreign name runs on without a mark: 外交部长谢尔盖·拉夫罗夫.
            office = re.match(rf"[{HAN}]{{0,20}}(?:{_OFFICE})", fold(whole))
            return whole[office.end() :] if office else whole
    return ""


def _is_name(folded: str) -> bool:
    return "·" in folded or (len(folded) <= 4 and folded[0] in _COMMON_SURNAMES)
