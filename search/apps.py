from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from archive.extension_points import register_panel, register_words
        from archive.maintenance.integrity import register_check
        from search import zero_result_log
        from search.index import writer
        from search.index.verification import verify_index
        from search.statistics import keyness

        writer.connect()
        register_check("index", verify_index)
        register_words(keyness.recurring_words, keyness.words_state)
        register_panel(zero_result_log.zero_result_panel)
