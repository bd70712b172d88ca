"""manage.py search: the site's search on the command line."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engine.errors import IndexUnavailable
from search.forms import SearchForm
from search.index import writer
from search.query_explanation import explain_complaint, explain_query
from search.results import Hit, SearchPage, run_search


class Command(BaseCommand):
    help = """Search the published archive as the site does.

    manage.py search '"一带一路"'                      these characters, exactly
    manage.py search '中美关系 台湾' --sort newest      all of these words
    manage.py search '*' --outlet reuters --in question --json
"""

    def create_parser(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--in", choices=["question", "answer"], default="")
        parser.add_argument("--outlet", default="", help="the outlet's slug, such as reuters")
        parser.add_argument("--speaker", default="", help="the speaker's slug, such as wang-yi")
        parser.add_argument("--from", default="", help="first day, as 2020-05-24")
        parser.add_argument("--to", default="", help="last day, as 2020-05-24")
        parser.add_argument("--sort", choices=["relevance", "newest", "oldest"], default="")
        parser.add_argument("--limit", type=int, default=10, help="hits to print; 0 for all")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("in", "outlet", "speaker", "from", "to", "sort")
        form = SearchForm({"q": options["query"]} | {name: options[name] for name in names})
        if not form.is_valid():
            told = form.errors.get_json_data().items()
            raise CommandError(
                " ".join(f"{name}: {one['message']}" for name, found in told for one in found)
            )
        writer.warm()  # a site has done so long before; `took_ms` is the search alone
        try:
            page = run_search(form.params(page_size=options["limit"] or 1_000_000))
        except IndexUnavailable as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(page), ensure_ascii=False, indent=2))
        else:
            self._print(page)

    def _print(self, page: SearchPage) -> None:
        counts = page.counts
        for complaint in page.complaints:
            self.stderr.write(explain_complaint(complaint))
        self.stdout.write(explain_query(page.query))
        self.stdout.write(
            f"{counts.occurrences} times in {counts.parts} parts, {counts.exchanges} exchanges, "
            f"{counts.conferences} conferences ({page.took_ms:.1f} ms)"
        )
        for hit in page.hits:
            passage = hit.passage
            text = hit.snippet.replace("<mark>", "[").replace("</mark>", "]")
            self.stdout.write(f"\n{passage.slug} #{passage.ref} ({passage.part})\n{text}")


def _as_json(page: SearchPage) -> dict[str, Any]:
    return {
        **page.counts._asdict(),
        "took_ms": round(page.took_ms, 2),
        "said": explain_query(page.query),
        "complaints": [explain_complaint(complaint) for complaint in page.complaints],
        "partial": page.partial,
        "hits": [_hit_as_json(hit) for hit in page.hits],
    }


def _hit_as_json(hit: Hit) -> dict[str, Any]:
    return {
        "conference": hit.passage.slug,
        "ref": hit.passage.ref,
        "part": hit.passage.part,
        "url": hit.url,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
    }
