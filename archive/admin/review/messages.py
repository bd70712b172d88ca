"""Messages of the review page after something was saved."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.admin.problem_text import sentence_with_line
from archive.admin.review.correction_log import list_entries
from archive.editing.correction_history import Recorded
from archive.parsing.records import TranscriptError


def tell_saved(request: HttpRequest, saved: Recorded) -> None:
    """That it was saved, and what others changed elsewhere in the meantime."""
    if saved.corrections:
        messages.success(request, _("Saved."))
    elif not messages.get_messages(request):
        messages.info(request, _("Nothing was changed."))
    for one in list_entries(saved.meanwhile):
        sentence = _("Meanwhile %(who)s changed line %(line)s (%(what)s). Both are kept.")
        params = {"who": one.who, "line": one.line or "–", "what": one.what}
        messages.warning(request, sentence % params)


def sentence_of(error: Exception) -> str:
    """What was refused and why, in the reader's language."""
    return sentence_with_line(error.problem) if isinstance(error, TranscriptError) else str(error)


def tell_refused(request: HttpRequest, error: Exception) -> None:
    messages.error(request, sentence_of(error))
