"""What is said to people about a transcript, by code. Pure; the site shows it in their language.

The texts are message ids of the catalogues; %(name)s stands for what was found in the file.
"""


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogues, as django.utils.translation does, without Django."""
    return text


MESSAGES = {
    # Refused.
    "binary": gettext_noop(
        "There is a NUL character here, so this is not plain text. Open the file in the program it "
        "was made with and save it as plain text (UTF-8)."
    ),
    "empty": gettext_noop("The file holds no text. Upload the transcript itself."),
    "no_date": gettext_noop(
        "The date of this conference cannot be known: no full date stands before the first "
        "speaker. Add a line such as 2020年5月24日 there, or give the date beside the file "
        "(--date 2020-05-24 on the command line)."
    ),
    "no_speakers": gettext_noop(
        "No questions were found in this file. Begin each question with a label such as "
        "路透社记者： and each answer with a name such as 王毅： at the start of a line."
    ),
    "not_utf_16": gettext_noop(
        "The file says it is UTF-16 but byte %(byte)d of it is not. Save it as UTF-8."
    ),
    "not_utf_8": gettext_noop(
        "Byte %(byte)d of this line (%(value)s) is not UTF-8. Open the file in a text editor and "
        "save it with the encoding UTF-8."
    ),
    "unreadable": gettext_noop("The file cannot be opened: %(reason)s."),
    "unsupported_format": gettext_noop(
        "This is a %(format)s file. Save it as plain text (UTF-8) and upload the text file."
    ),
    # Read all the same, and doubtful.
    "dates_disagree": gettext_noop(
        "Before the first speaker stand two dates, %(taken)s and %(other)s. %(taken)s was taken; "
        "if that is wrong, give the right date beside the file (--date on the command line)."
    ),
    "empty_turn": gettext_noop(
        "No words follow the label “%(label)s”, so this line was kept as text of what stands "
        "before it. Add the missing words, or delete the line."
    ),
    "question_without_answer": gettext_noop(
        "No answer follows this question. If one was given, check that the speaker's label, such "
        "as 王毅：, stands at the start of its line."
    ),
    "repeated_sentence": gettext_noop(
        "The sentence “%(sentence)s” stands here %(count)d times in a row. It was kept as it is; "
        "compare it with the source and correct the file if need be."
    ),
    "unknown_outlet": gettext_noop(
        "No outlet has the name %(label)s. It is kept as printed; add it to an outlet's aliases if "
        "it is one."
    ),
}
