"""Labels: which part the bearer of a printed label plays, to ask, answer, moderate or interpret.

Pure. A label is what stands before a speaker's words, without the marks around it. Labels are
compared case folded, without a number at the end (`Reporter 3`) and a bracket (`(via phone)`).
"""

import re
from functools import lru_cache

from archive.parsing.records import TurnKind

# One row per language: English, Chinese, Japanese, Korean, Spanish, French, German, Portuguese,
# Russian, Italian. These words alone name nobody.
_ASKS = frozenset(
    "q|question|reporter|journalist|correspondent|interviewer|press|the press|media|audience|"
    "audience member|audience question|member of the audience|member of the press|"
    "unidentified reporter|unknown reporter|"
    "问|問|记者|記者|提问|提問|提问者|提問者|采访者|採訪者|訪問者|访问者|訪談者|媒体|媒體|觀眾|观众|"
    "現場提問|现场提问|有记者|有記者|"
    "記者団|質問|質問者|幹事社|幹事|"
    "기자|질문|질의|질문자|"
    "pregunta|p|periodista|reportero|reportera|interlocutor|interlocutora|prensa|corresponsal|"
    "journaliste|la presse|"
    "frage|journalistin|zuruf|zusatzfrage|zusatz|"
    "pergunta|jornalista|repórter|"
    "вопрос|журналист|корреспондент|"
    "domanda|giornalista".split("|")
)
_ASKS_LAST = re.compile(
    r"(?:\b(?:reporters?|journalists?|correspondents?|interviewers?|questioners?|questions?)"
    r"|记者|記者|기자|특파원|提問者?|提问者?)$"
)
# Words for people who answer. Offices count wherever they stand in a Latin label.
_ANSWERS = frozenset(
    "a|answer|答|回答|答复|答覆|答弁|答え|답변|답|대변인|respuesta|r|réponse|antwort|resposta|"
    "ответ|risposta".split("|")
)
_OFFICE = re.compile(
    r"\b(?:vice[- ]?president[ae]?|president[ae]?|président[e]?|chair(?:man|woman|person)?"
    r"|secretary(?:-general)?|secretario|secretaria"
    r"|minist(?:er|re|ro|ra)|premier|chancel(?:lor|ier|ière)|canciller|spokes(?:man|woman|person)"
    r"|vocer[oa]"
    r"|porta(?:voz|-voz)|porte-parole|portavoce|sprecher(?:in)?|director|administrator"
    r"|ambassador|senator|commissioner|official|officer|attorney general|high representative"
    r"|представитель|президент|министр|bundeskanzler(?:in)?|regierungssprecher(?:in)?|sts)\b"
    # Surnames as well, so these count at the start only.
    r"|^(?:king|queen|prince|princess|chief|mayor|governor|general|admiral|colonel)\b"
)
_HONORIFIC = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|rev|sir|lt|col|gen|adm|capt|maj|sgt|amb|sen|rep|gov|hon|sra|sr"
    r"|srta|mme|m|herr|frau)\.? [^\W\d_]"
)
_HAN_OFFICE = re.compile(
    r"(?:发言人|發言人|主席|总统|總統|部长|部長|副部长|院長|院长|總理|总理|大臣|首相|総理|外相|長官|"
    r"报道官|報道官|知事|市長|市长|局长|局長|司长|司長|主任|委员|委員|大使|書記|书记|秘书长|秘書長|"
    r"行長|行长|總裁|总裁|社長|会長|장관|총리|대통령|차관|대변인)$"
)
_MODERATES = re.compile(
    r"(?:(?:co-)?moderator(?:in)?|moderador[a]?|modérat(?:eur|rice)|moderat(?:eur|rice)|operator"
    r"|conference operator|host|facilitator|emcee|mc|m\.c\.|master of ceremonies|announcer"
    r"|presenter|press officer|presentador[a]?|maestr[oa] de ceremonias|conductor[a]?"
    r"|modeartor|moerator|animat(?:eur|rice)|mediador[a]?|moderatore|moderatrice"
    r"|ведущ(?:ий|ая)|модератор"
    r"|.{0,12}主持人?|主持人.{0,8}|司[仪儀]|司會|司会者?|進行|広報.{0,6}|사회자?|진행자?)"
)
_INTERPRETS = re.compile(
    r"(?:(?:the )?(?:interpreter|translator)|int[eé]rprete|interprète|traductor[a]?"
    r"|traduct(?:eur|rice)|dolmetscher(?:in)?|tradutor[a]?|переводчи(?:к|ца)"
    r"|口[译譯](?:人[员員])?|翻[译譯](?:人?[员員])?|即席翻[译譯]|通訳(?:者)?|통역사?)"
)
_SOMEBODY = re.compile(
    r"(?:speakers?|intervenante?|unidentified(?: speaker| male| female)?|unknown(?: speaker)?"
    r"|participants?|(?:un)?identified|voices?|male(?: speaker)?|female(?: speaker)?|aide|customer"
    r"|staff(?:er)?|發言者|发言者|與會者|与会者|民眾|民众|學生|学生|聽眾|听众|來賓|来宾|參與者|参与者|女聲|男聲)"
)
_TAIL = re.compile(
    r"\s{0,3}(?:[(（\[][^()（）\[\]]{0,100}[)）\]]|(?:no\.|#)?\s?[0-9０-９]{1,3}|#)$"
)
_NUMBER_WORDS = r" (?:one|two|three|four|five|six|[a-d])"
_NUMBER_WORD = re.compile(rf"{_NUMBER_WORDS}$")
_NUMBERED = re.compile(
    rf"(?:[0-9０-９]|{_NUMBER_WORDS})(?:\s?[(（\[][^()（）\[\]]{{0,100}}[)）\]])?$"
)


@lru_cache(maxsize=4096)
def bare_label(label: str) -> str:
    """`label` case folded, without bracket and number at its end.

    >>> bare_label("REPORTER 3 (via phone)")
    'reporter'
    """
    text = " ".join(label[:200].split()).casefold().strip(" .:：-–—")
    for _ in range(3):
        shorter = _TAIL.sub("", text).strip()
        if shorter == text or not shorter:
            break
        text = shorter
    return text


@lru_cache(maxsize=4096)
def names_nobody(label: str) -> bool:
    """Whether a label tells the part somebody plays but not who it is: Q, 記者, Speaker 2."""
    text = bare_label(label)
    return (
        not text
        or text in _ASKS
        or text in _ANSWERS
        or _SOMEBODY.fullmatch(_NUMBER_WORD.sub("", text)) is not None
    )


def is_numbered(label: str) -> bool:
    """Whether a number tells who this is from others of the kind: Speaker 2, 提問者3, AIDE ONE."""
    return _NUMBERED.search(" ".join(label[:200].split()).casefold()) is not None


@lru_cache(maxsize=4096)
def is_asker_label(label: str) -> bool | None:
    """True for who asks (記者, Q, Reporter 2), False for who answers (發言人, CHAIR POWELL,
    MR. PRICE), None when the label alone cannot say (Nick Timiraos, 唐鳳, Speaker 1)."""
    text = bare_label(label)
    if text in _ASKS or _ASKS_LAST.search(text):
        return True
    if text in _ANSWERS or _HONORIFIC.match(text) or _OFFICE.search(text):
        return False
    if _HAN_OFFICE.search(text) or is_interpreter_label(label) or is_moderator_label(label):
        return False
    return None


@lru_cache(maxsize=4096)
def is_moderator_label(label: str) -> bool:
    """Whether the label is that of someone who only hands the floor: 主持人, MODERATOR, 司会."""
    return _MODERATES.fullmatch(bare_label(label)) is not None


@lru_cache(maxsize=4096)
def is_interpreter_label(label: str) -> bool:
    """Whether the label is an interpreter's: INTERPRETER, 口譯人員, 通訳."""
    return _INTERPRETS.fullmatch(bare_label(label)) is not None


@lru_cache(maxsize=4096)
def turn_kind(label: str) -> TurnKind:
    """What a marker with this label says of its turn; "speech" when a person's name stands there.

    An office or a name does not say in which part its bearer speaks here: ministers ask, too.
    """
    if is_moderator_label(label):
        return "moderator"
    text = bare_label(label)
    if text in _ASKS or _ASKS_LAST.search(text):
        return "question"
    return "answer" if text in _ANSWERS else "speech"
