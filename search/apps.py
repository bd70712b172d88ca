from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from archive.panels import offer_panel, offer_words
        from archive.verifying import offer
        from search import emptiness, indexing, keyness
        from search.verifying import verify_index

        indexing.connect()
        offer("index", verify_index)
        offer_words(keyness.recurring_words, keyness.words_state)
        offer_panel(emptiness.panel)
