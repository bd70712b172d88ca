"""Translation in the Jinja2 templates, written as in Django's: makemessages gathers both alike, and
one catalogue serves both."""

from dataclasses import dataclass, field

from django.utils.translation import trim_whitespace
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser


class Translate(Extension):
    """{% translate "…" %}, with context "…" and as name where wanted."""

    tags = {"translate"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        words = [parser.parse_expression()]
        if parser.stream.skip_if("name:context"):
            words.insert(0, parser.parse_expression())
        said = nodes.MarkSafe(_call("pgettext" if len(words) > 1 else "gettext", words))
        name = parser.stream.expect("name").value if parser.stream.skip_if("name:as") else ""
        return _put(said, name, line)


@dataclass(slots=True)
class _Opening:
    """What {% blocktranslate … %} says."""

    values: dict[str, nodes.Expr] = field(default_factory=dict)
    count: nodes.Expr | None = None
    name: str = ""  # of asvar
    trimmed: bool = False


class BlockTranslate(Extension):
    """{% blocktranslate count n=… with name=… trimmed asvar name %}…{% plural %}…
    {% endblocktranslate %}: the words around {{ name }}, whose value is escaped."""

    tags = {"blocktranslate"}

    def parse(self, parser: Parser) -> nodes.Node:
        line = next(parser.stream).lineno
        opening = self._opening(parser)
        words = [self._words(parser, opening)]
        if parser.stream.skip_if("name:plural"):
            parser.stream.expect("block_end")
            words.append(self._words(parser, opening))
        parser.stream.expect("name:endblocktranslate")
        if (len(words) == 2) != (opening.count is not None):
            parser.fail("count and plural want each other", line)
        said: list[nodes.Expr] = [nodes.Const(one) for one in words]
        counted = [] if opening.count is None else [opening.count]
        message = _call("ngettext" if counted else "gettext", said + counted)
        values = [nodes.Pair(nodes.Const(one), value) for one, value in opening.values.items()]
        return _put(nodes.Mod(nodes.MarkSafe(message), nodes.Dict(values)), opening.name, line)

    def _opening(self, parser: Parser) -> _Opening:
        found, counts = _Opening(), False
        while not parser.stream.skip_if("block_end"):
            word = parser.stream.expect("name").value
            if parser.stream.skip_if("assign"):
                found.values[word] = parser.parse_expression()
                found.count = found.values[word] if counts else found.count
            elif word == "asvar":
                found.name = parser.stream.expect("name").value
            elif word == "trimmed":
                found.trimmed = True
            elif word not in {"count", "with"}:
                parser.fail(f"blocktranslate knows no {word!r}")
            counts = word == "count"
        return found

    def _words(self, parser: Parser, opening: _Opening) -> str:
        """The message until the next tag, as gettext knows it: {{ name }} is %(name)s."""
        words = ""
        while not parser.stream.skip_if("block_begin"):
            if parser.stream.skip_if("variable_begin"):
                name = parser.stream.expect("name").value
                parser.stream.expect("variable_end")
                opening.values.setdefault(name, nodes.Name(name, "load"))
                words += f"%({name})s"
            else:
                words += parser.stream.expect("data").value.replace("%", "%%")
        return trim_whitespace(words) if opening.trimmed else words


def _call(name: str, words: list[nodes.Expr]) -> nodes.Expr:
    return nodes.Call(nodes.Name(name, "load"), words, [], None, None)


def _put(said: nodes.Expr, name: str, line: int) -> nodes.Node:
    """`said` written out, or kept under a name."""
    if name:
        return nodes.Assign(nodes.Name(name, "store"), said, lineno=line)
    return nodes.Output([said], lineno=line)
