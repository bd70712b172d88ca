"""Template filters for what is doubtful in a transcript."""

from django import template

from archive import problems
from archive.ingest.records import Problem

register = template.Library()


@register.filter
def sentence(problem: Problem) -> str:
    """What is doubtful and what to do, in the reader's language."""
    return problems.sentence(problem)
