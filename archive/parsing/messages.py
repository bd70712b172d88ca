"""Messages to people about a transcript, by code. Pure; the site shows them in their language.

The texts are message ids of the catalogues; %(name)s stands for what was found in the file.
"""


def gettext_noop(text: str) -> str:
    """Marks a text for the catalogues, as django.utils.translation does, without Django."""
    return text


MESSAGES = {
    # Refused.
    "bad_export": gettext_noop(
        "The file is not a whole export of this site: at %(path)s %(reason)s. Download the JSON "
        "file again, or mend it there."
    ),
    "binary": gettext_noop(
        "There is a NUL character here, so this is not plain text. Open the file in the program "
        "it was made with and save it as plain text (UTF-8)."
    ),
    "busy": gettext_noop(
        "Other files are being read at the moment. Upload this one again in a minute."
    ),
    "damaged": gettext_noop(
        "This %(format)s file is damaged: %(reason)s. Open it in the program it was made with, "
        "save it anew and upload that."
    ),
    "empty": gettext_noop("The file holds no text. Upload the transcript itself."),
    "encrypted": gettext_noop(
        "This %(format)s file is locked with a password. Save it without one and upload that."
    ),
    "garbled_pdf": gettext_noop(
        "The letters of this PDF cannot be read: %(percent)d in 100 of them carry no code that "
        "says which character they show. Upload the transcript as text, DOCX or HTML."
    ),
    "malformed_xml": gettext_noop(
        "The XML is not well formed in column %(column)d: %(reason)s. Mend the file there, or "
        "save it anew with the program it was made with."
    ),
    "no_speakers": gettext_noop(
        "No questions were found in this file. Begin each question with a label such as "
        "路透社记者： and each answer with a name such as 王毅： at the start of a line."
    ),
    "not_akoma_ntoso": gettext_noop(
        "This is an XML file, but its outermost element is <%(root)s> and not <akomaNtoso>. Save "
        "the transcript as Akoma Ntoso, as HTML or as plain text (UTF-8)."
    ),
    "not_text": gettext_noop(
        "This is not a text but bytes of another kind, such as a picture, a recording or a "
        "program. Upload the transcript itself as text, Markdown, HTML, DOCX, PDF or XML."
    ),
    "not_utf_16": gettext_noop(
        "The file says it is UTF-16 but byte %(byte)d of it is not. Save it as UTF-8."
    ),
    "not_utf_8": gettext_noop(
        "Byte %(byte)d of this line (%(value)s) is not UTF-8. Open the file in a text editor and "
        "save it with the encoding UTF-8."
    ),
    "scanned_pdf": gettext_noop(
        "This PDF holds pictures of its %(pages)d pages and no text. Have the text recognised "
        "(OCR), check it, and upload that; or upload the transcript as text."
    ),
    "too_big": gettext_noop(
        "The file has %(size)s MB; files of its kind are read up to %(most)d MB. Leave out "
        "pictures, or upload the text alone."
    ),
    "too_complex": gettext_noop(
        "This %(format)s file would take too much time or memory to read: %(reason)s. Save it as "
        "plain text (UTF-8) and upload that."
    ),
    "too_deep": gettext_noop(
        "The elements of this page lie more than 2,000 deep in each other, so part of it would be "
        "lost. Open it in a browser, save it as plain text and upload that."
    ),
    "too_many_paragraphs": gettext_noop(
        "The file has more than %(most)d paragraphs up to this line. Upload each conference as a "
        "file of its own."
    ),
    "too_many_turns": gettext_noop(
        "Speakers change more than %(most)d times up to this line. Upload each conference as a "
        "file of its own."
    ),
    "unknown_convention": gettext_noop(
        "There is no convention called %(name)s. The conventions are: %(known)s."
    ),
    "unreadable": gettext_noop("The file cannot be opened: %(reason)s."),
    "unsupported_format": gettext_noop(
        "This is a %(format)s file. Save it as plain text (UTF-8) and upload the text file."
    ),
    "xml_entities": gettext_noop(
        "The file defines entities of its own, which are not read because they can hide endless "
        "text. Write the text in full and leave the <!ENTITY lines out."
    ),
    # Read all the same, and doubtful.
    "ambiguous_date": gettext_noop(
        "This date may mean %(taken)s or %(other)s, as day or month is written first. %(taken)s "
        "was taken; if that is wrong, give the right date beside the file (--date on the command "
        "line)."
    ),
    "answer_without_question": gettext_noop(
        "The file begins with an answer, so its start may be missing. Compare it with the source "
        "and add the question."
    ),
    "askers_guessed": gettext_noop(
        "The file does not say who asks and who answers. By what they say, these were taken to "
        "ask: %(labels)s. Check them."
    ),
    "control_characters": gettext_noop(
        "%(count)d control characters, which show nothing, were left out; the first stood on this "
        "line. Compare this place with the source."
    ),
    "damaged_end": gettext_noop(
        "The file ends in the middle of a character (%(value)s), so its end may be missing. "
        "Compare the last words with the source."
    ),
    "dates_disagree": gettext_noop(
        "The file gives two dates, %(taken)s and %(other)s. %(taken)s was taken; if that is "
        "wrong, give the right date beside the file (--date on the command line)."
    ),
    "deletions_left_out": gettext_noop(
        "The file has tracked changes: %(characters)d characters marked as deleted were left out, "
        "and what was inserted is in the text. Accept or reject the changes in Word if that is "
        "wrong."
    ),
    "doubtful_date": gettext_noop(
        "%(taken)s was taken as the date of this conference, but it stands in running text and "
        "may be the date of something else. If it is wrong, give the right one beside the file "
        "(--date on the command line)."
    ),
    "empty_speech": gettext_noop(
        "The speech of “%(label)s” that begins here holds no words, so it was left out. Add the "
        "missing words, or delete it."
    ),
    "empty_turn": gettext_noop(
        "No words follow the label “%(label)s”, so this line was kept as text of what stands "
        "before it. Add the missing words, or delete the line."
    ),
    "front_matter_unreadable": gettext_noop(
        "The front matter is not YAML here: %(reason)s. It was kept as text. Put values that hold "
        "a colon in quotation marks."
    ),
    "front_matter_unused": gettext_noop(
        "These keys of the front matter say nothing that is known here and were left out: "
        "%(keys)s. Add what matters to the text, or edit the conference."
    ),
    "left_out": gettext_noop(
        "%(characters)d characters that are not part of the text (menus, page heads, page numbers "
        "and the like) were left out: %(lines)s. If words of the transcript are among them, add "
        "them."
    ),
    "misspelt_label": gettext_noop(
        "“%(label)s” was taken for a slip of the pen and the speaker “%(other)s”. If they are two "
        "people, say so in the speakers of the conference; else correct the label."
    ),
    "name_too_long": gettext_noop(
        "A name of %(length)d characters stands here, “%(name)s…”; it was cut. If it is no name, "
        "begin a new line behind the real one."
    ),
    "no_date": gettext_noop(
        "The date of this conference cannot be known: no full date stands before the first "
        "speaker, behind the last, or in the name of the file. Add a line such as 2020年5月24日 "
        "before the first speaker, or give the date beside the file (--date 2020-05-24 on the "
        "command line)."
    ),
    "no_questions": gettext_noop(
        "Nobody asks anything in this file, so all of it was read as statements. If there are "
        "questions, mark them with a label such as 路透社记者： or 问： at the start of a line."
    ),
    "notes_in_brackets": gettext_noop(
        "%(count)d footnotes or endnotes stand in square brackets behind the paragraphs they "
        "belong to. Delete those that were not said or printed at the time."
    ),
    "numbers_left_out": gettext_noop(
        "Word numbers %(count)d paragraphs of this file automatically in a way that is not known "
        "here, so their numbers are not in the text. Add those that matter."
    ),
    "pages_without_text": gettext_noop(
        "These pages of the PDF hold no text, perhaps pictures: %(pages)s. Add what is printed on "
        "them."
    ),
    "pictures_left_out": gettext_noop(
        "%(count)d pictures, videos or the like (%(kinds)s) cannot be read as text and were left "
        "out. Describe them if they matter."
    ),
    "question_without_answer": gettext_noop(
        "No answer follows this question. If one was given, check that the speaker's label, such "
        "as 王毅：, stands at the start of its line."
    ),
    "repeated_sentence": gettext_noop(
        "The sentence “%(sentence)s” stands here %(count)d times in a row. It was kept as it is; "
        "compare it with the source and correct the file if need be."
    ),
    "same_surname": gettext_noop(
        "“%(label)s” and “%(other)s” have one surname and were kept as two speakers. If they are "
        "one person, give both the same label."
    ),
    "unknown_outlet": gettext_noop(
        "No outlet has the name %(label)s. It is kept as printed; add it to an outlet's aliases "
        "if it is one."
    ),
    "unreadable_letters": gettext_noop(
        "%(count)d letters of the file carry no code that says which character they show and were "
        "left out. Compare this place with the source."
    ),
}
