from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from archive.panels import offer_panel, offer_words
        from search import emptiness, indexing, keyness

        indexing.connect()
        offer_words(keyness.recurring_words)
        offer_panel(emptiness.panel)
