"""Names of news organisations as they look in print. Pure, and careful: it says no when in doubt,
for a wrong outlet is worse than none."""

import re

# Names that hold no word of the trade, case folded, without the article.
_KNOWN = frozenset(
    "reuters|bloomberg|politico|axios|marketwatch|marketplace|the hill|hill|vox|slate|salon|wired|"
    "vice|fortune|forbes|barron's|barron’s|newsweek|economist|atlantic|new yorker|oregonian|"
    "playboy|quartz|semafor|grio|thegrio|nikkei|yonhap|xinhua|kyodo|jiji|interfax|sputnik|"
    "al jazeera|al-jazeera|al arabiya|haaretz|telesur|televisa|univision|telemundo|milenio|reforma|"
    "excélsior|proceso|la jornada|el país|el universal|el mundo|la vanguardia|le monde|le figaro|"
    "libération|les echos|mediapart|der spiegel|spiegel|die zeit|die welt|o globo|folha|"
    "la repubblica|repubblica|corriere della sera|la stampa|il sole 24 ore|kommersant|коммерсант|"
    "риа новости|тасс|интерфакс|известия|american banker|feature story|inner city press|"
    "washington examiner|roll call|daily caller|breitbart|newsmax|msnbc|usa today|"
    "stars and stripes|"
    "market news|national review|bnn|buzzfeed|huffpost|mother jones|propublica|time|cheddar|"
    "punchbowl|"
    "中央社|彭博|彭博社|法新|路透|共同|时事|時事|德新社|美联|央视|央視|总台央视|新华|新華|端傳媒|上报|"
    "上報|鏡周刊|風傳媒|關鍵評論網|今周刊|商業周刊|天下雜誌|遠見|數位時代|親子天下|德國之聲|德国之声|美國之音|美国之音|央廣".split(
        "|"
    )
)
_ACRONYM = re.compile(
    r"(?:AP|UPI|AFP|CNN|NBC|CBS|ABC|BBC|NPR|PBS|FOX|Fox|CNBC|MSNBC|EFE|ANSA|DPA|NHK|KBS|MBC|SBS|TBS"
    r"|TVBS|ICRT|CGTN|CCTV|CNA|RT|ITV|ITN|SABC|CBC|CTV|RFI|RFE/RL|RFE|VOA|RFA|TASS|PTI|ANI|WSJ|NYT"
    r"|FT|MNI|DW|ZDF|ARD|RTL|TF1|RTVE|RAI|SCMP|C-SPAN|EWTN|CBN|OAN|TRT|NTV|YTN|JTBC|RTHK|TVB|BNO"
    r"|NDTV|WION|[KW][A-Z]{2,3}-(?:TV|AM|FM))"
)
_WORD = re.compile(
    r"\b(?:news|newspapers?|newswires?|times|post|journal|press|radio|tv|televisi[oó]n|télévision"
    r"|tribune|herald|star|globe|chronicle|gazette|daily|magazine|network|networks|broadcasting"
    r"|reuters|bloomberg|politico|agency|international press|media|guardian|observer|review|wire"
    r"|weekly|telegraph|examiner|mirror|sentinel|courier|dispatch|inquirer|banner|sun|mail"
    r"|independent|standard|register|bulletin|bee|plain dealer|publishing|publications|podcast"
    r"|zeitung|rundfunk|fernsehen|diario|periódico|agencia|noticias|jornada|journal|agence"
    r"|nachrichten|газета|новости|агентство|телеканал|радио|shimbun|newsletter)\b",
    re.IGNORECASE,
)
_HAN = re.compile(
    r"[^\s，。！？；：、,.!?;:]{1,20}(?:社|报|日报|日報|时报|時報|(?<![會会])報|电视台?|電視台?|网|網|新闻|新聞"
    r"|通信|通讯社|通訊社|广播|廣播|电台|電台|周刊|週刊|杂志|雜誌|视|視|广播公司|廣播公司|台|臺|テレビ|放送|通信社"
    r"|ニュース|ラジオ|TV|News|신문|뉴스|일보|방송|통신|경제|타임스)"
)
# Manchester (N.H.) Union Leader
_TOWN_PAPER = re.compile(
    r"[A-Z][\w.'’\- ]{1,30} \([A-Z][A-Za-z.]{1,12}\)(?: [A-Z][\w.'’\-]{1,20}){1,4}"
)
# Whoever has one of these words behind the comma has an office, not an outlet.
_OFFICE = re.compile(
    r"\b(?:secretary|president|minister|director|chair\w*|spokes\w+|ambassador|adviser|advisor"
    r"|senator|professor|mr|ms|mrs|house|administration|congress\w*|government|general|officer"
    r"|office|department|ministry|university|institute|bank|chief|commissioner|governor)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|The|THE)\s")
_LONGEST = 60


def is_outlet(text: str) -> bool:
    """Whether `text` is the name of a news organisation, as far as its looks tell."""
    name = _ARTICLE.sub("", text.strip(), count=1).strip(" .,")
    if not name or len(name) > _LONGEST or _OFFICE.search(name):
        return False
    if _HAN.fullmatch(name) or (not name.isascii() and name in _KNOWN):
        return True
    if name[0].islower():
        return False
    found = _ACRONYM.match(name)
    if found and not name[found.end() : found.end() + 1].isalnum():  # CBS News, but not APEC
        return True
    if _TOWN_PAPER.fullmatch(name):
        return True
    # `Star` alone is a person's name as well.
    return name.casefold() in _KNOWN or (" " in name and _WORD.search(name) is not None)
