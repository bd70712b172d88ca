"""Made-up archives for the search's tests."""

from archive.models import Conference
from search.index import writer
from tests.archive.casts import make_answer, make_conference, make_exchange


def make_answers(conference, texts, *, question="问题", outlet=None, speaker=None):
    """One exchange each, with `question` and one of `texts` as its answer."""
    return [
        make_answer(make_exchange(conference, question, outlet=outlet), text, speaker=speaker)
        for text in texts
    ]


def index_parts(texts):
    """An archive that holds `texts` as answers and nothing else, and its index."""
    Conference.objects.all().delete()
    answers = make_answers(make_conference(), texts)
    writer.rebuild()
    return answers
