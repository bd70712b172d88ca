"""Runs the benchmark: python -m tests.bench --help"""

import argparse
import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from tests.bench import report
from tests.bench.measure import alone, say

CORPORA = Path(__file__).parents[2].parent / "shared" / "corpora"
SAMPLE = 10  # stock Whoosh gets every so manyth part
EXACT = ("ours", "fts5", "tantivy")
MODULES = {"tantivy": "tantivy_engine"}
STAGES = ("ours", "fts5", "tantivy", "stock", "scan", "update", "ranking", "site")


def main() -> int:
    """Measure, print, and answer 1 when an exact engine was not exact."""
    options = _options()
    source = options.corpus or CORPORA / "tw-sayit-akn.tar.xz"
    if not source.exists():
        sys.exit(f"There is no {source}. Give a text, one part a line: --corpus FILE")
    with tempfile.TemporaryDirectory(prefix="dawen-bench-") as temporary:
        folder = Path(temporary)
        os.environ["DAWEN_DATA"] = temporary  # nothing that is run here sees the archive's data
        results = _measured(folder, source, options)
    sys.stdout.write(report.text(results))
    if options.json:
        options.json.write_text(
            json.dumps(results, ensure_ascii=False, indent=1, default=str), encoding="utf-8"
        )
    return 1 if results["wrong"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="a plain text, one part a line, or a .tar.xz")
    parser.add_argument("--limit", type=int, help="only the first so many parts")
    parser.add_argument("--json", type=Path, help="also write everything measured to this file")
    parser.add_argument("--skip", default="", help=f"any of {','.join(STAGES)}")
    parser.add_argument("--seed", type=int, default=1, help="of the queries that are drawn")
    options = parser.parse_args()
    options.skip = [name for name in options.skip.split(",") if name]
    if unknown := set(options.skip) - set(STAGES):
        parser.error(f"--skip does not know {', '.join(sorted(unknown))}")
    return options


def _measured(folder: Path, source: Path, options: argparse.Namespace) -> report.Results:
    results: report.Results = {"machine": report.machine(), "skipped": [], "wrong": []}
    wanted = _wanted(options.skip, results["skipped"])
    results["corpus"] = alone("corpus", "write", source, folder, options.limit)
    results["corpus"]["source"] = source.name
    if not results["corpus"]["parts"]:
        sys.exit(f"{source} has no parts.")
    results["cut"] = alone("corpus", "cut", folder)
    results["queries"] = alone("queries", "draw", folder, options.seed, 300, 20)
    if "scan" in wanted:
        results["scan"] = {"ask": alone("queries", "scan", folder, SAMPLE)}
    for name in ("ours", "fts5", "tantivy", "stock"):
        if name in wanted:
            results[name] = _engine(name, folder)
    if "update" in wanted:
        results["update"] = alone("ours", "update", folder, 60)
    if "ranking" in wanted:
        results["ranking"] = alone("ranking", "measure", folder, CORPORA / "gold-cmrc2018")
    if "site" in wanted:
        results["site"] = alone("site", "measure", folder, 60)
    results["wrong"] = _wrong(folder, results)
    return results


def _wanted(skip: list[str], reasons: list[str]) -> list[str]:
    """The stages that can be run; why the others cannot goes to `reasons`."""
    missing = dict.fromkeys(skip, "skipped")
    if find_spec("tantivy") is None:
        missing["tantivy"] = "the package tantivy is not installed"
    if not (CORPORA / "gold-cmrc2018").exists():
        missing["ranking"] = f"there is no {CORPORA / 'gold-cmrc2018'}"
    if not Path("/proc/self/status").exists():
        missing.setdefault("site", "the memory of other processes is read as Linux shows it")
    if "ours" in missing:
        missing.setdefault("update", "it needs ours")
    reasons += [f"{name}: {reason}" for name, reason in missing.items()]
    return [name for name in STAGES if name not in missing]


def _engine(name: str, folder: Path) -> report.Results:
    module = MODULES.get(name, name)
    sample = (SAMPLE,) if name == "stock" else ()
    built = alone(module, "build", folder, *sample)
    say(f"{report.ENGINES[name]}: built in {built['seconds']:.1f} s")
    return {"build": built, "ask": alone(module, "ask", folder)}


def _wrong(folder: Path, results: report.Results) -> list[str]:
    """A line for each query to which an exact engine did not answer what reading everything did."""
    lines = []
    update = results.get("update")
    if update and update["found"] != update["parts"]:
        lines.append(f"- update: {update['found']} of {update['parts']} new parts are found")
    if "scan" not in results:
        return lines
    asked = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    for name in (name for name in EXACT if name in results):
        for kind, right in results["scan"]["ask"]["truth"].items():
            answers = results[name]["ask"]["asked"][kind]
            lines += [
                f"- {report.ENGINES[name]}, {kind}: {query!r} in {hits} parts, not {truth}"
                for query, (_ms, hits), truth in zip(asked[kind], answers, right, strict=True)
                if hits != truth
            ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
