from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from archive.extension_points import offer_panel, offer_words
        from archive.maintenance.integrity import offer
        from search import zero_result_log
        from search.index import writer
        from search.index.verification import verify_index
        from search.statistics import keyness

        writer.connect()
        offer("index", verify_index)
        offer_words(keyness.recurring_words, keyness.words_state)
        offer_panel(zero_result_log.panel)
