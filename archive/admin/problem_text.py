"""Texts of a transcript's problems, in the reader's language."""

from django.utils.translation import gettext as _

from archive.parsing.messages import MESSAGES
from archive.parsing.records import Problem


def sentence(problem: Problem) -> str:
    """What is doubtful and what to do."""
    return _(MESSAGES[problem.code]) % problem.params


def sentence_with_line(problem: Problem) -> str:
    """The same, with the line of the file before it where there is one."""
    if problem.line is None:
        return sentence(problem)
    return _("Line %(line)d: %(sentence)s") % {"line": problem.line, "sentence": sentence(problem)}
