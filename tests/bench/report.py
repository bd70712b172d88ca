"""The results as Markdown tables."""

import platform
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from os import cpu_count
from pathlib import Path
from typing import Any

Results = dict[str, Any]

ENGINES = {
    "ours": "Dawen",
    "fts5": "SQLite FTS5",
    "tantivy": "Tantivy",
    "stock": "stock Whoosh",
    "scan": "reading all text",
}
KINDS = ("phrases", "frequent", "ranked", "ranked frequent")


def machine() -> dict[str, Any]:
    """What all this ran on."""
    packages = ("numpy", "whoosh", "jieba", "rjieba", "tantivy")
    return {
        "cores": cpu_count(),
        "cpu": _cpu(),
        "system": platform.platform(),
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
    } | {name: found for name in packages if (found := _version(name))}


def _cpu() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def text(results: Results) -> str:
    """Everything that was measured."""
    pieces = [_heading(results), _building(results), _asking(results), _exactness(results)]
    if "update" in results:
        pieces.append(_update(results["update"]))
    if "site" in results:
        pieces.append(_site(results["site"]))
    if "ranking" in results:
        pieces.append(_ranking(results["ranking"]))
    pieces += [f"Not run: {reason}" for reason in results["skipped"]]
    return "\n\n".join(pieces) + "\n"


def _heading(results: Results) -> str:
    of, corpus = results["machine"], results["corpus"]
    packages = ", ".join(f"{k} {v}" for k, v in of.items() if k not in ("cores", "cpu", "system"))
    return (
        f"{corpus['parts']:,} parts, {corpus['characters'] / 1e6:.1f} M characters "
        f"({corpus['source']}); {of['cores']} cores, {of['cpu']}; {packages}."
    )


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    names = list(head)
    lines = [names, ["---"] + ["---:"] * (len(names) - 1), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _building(results: Results) -> str:
    cut, corpus = results["cut"], results["corpus"]
    speed = corpus["characters"] / cut["seconds"]
    rows = [[f"cutting words ({cut['cutter']})", f"{cut['seconds']:.1f}", f"{cut['cpu']:.1f}", "",
             "", f"{cut['peak_memory']:.0f}"]]  # fmt: skip
    rows += [_built(name, results) for name in ENGINES if "build" in results.get(name, {})]
    head = ["building", "s", "CPU s", "with cutting, s", "index MB", "peak MB"]
    return "\n".join((
        table(head, rows), "", f"Words are cut at {speed:,.0f} characters a second. "
        "FTS5 and Tantivy hold pairs of characters and words; pairing is in their time.",
    ))  # fmt: skip


def _built(name: str, results: Results) -> list[str]:
    built, cut = results[name]["build"], results["cut"]
    label, total = ENGINES[name], built["seconds"]
    if name == "stock":
        share = built["parts"] / results["corpus"]["parts"]
        label += f", {share:.0%} of the parts, cutting included"
    else:
        total += cut["seconds"]
    numbers = (built["seconds"], built["cpu"], total)
    return [label, *(f"{n:.1f}" for n in numbers), f"{built['megabytes']:.0f}",
            f"{built['peak_memory']:.0f}"]  # fmt: skip


def _asking(results: Results) -> str:
    rows = [
        row
        for kind in KINDS
        for name in ENGINES
        if kind in results.get(name, {}).get("ask", {}).get("asked", {})
        for row in _asked(kind, name, results)
    ]
    head = ["asking", "engine", "median ms", "p95 ms", "worst ms", "hits", "memory MB"]
    note = (
        "Dawen's time is a page of results: ten best, counts, three facets. The others: ten and "
        "the count; FTS5's ten of a phrase are the first it meets. Memory is that of the process "
        "after its last query, mapped files and jieba's dictionary included. Stock Whoosh is asked "
        "for what is in its share of the parts, and is given folded text and folded queries."
    )
    return f"{table(head, rows)}\n\n{note}"


def _asked(kind: str, name: str, results: Results) -> Iterator[list[str]]:
    found = results[name]["ask"]
    times = sorted(answer[0] for answer in found["asked"][kind])
    hits = sum(answer[1] for answer in found["asked"][kind])
    right = f"{hits:,}"
    if name == "stock" and "scan" in results:
        right += _share(found["asked"][kind], results["scan"]["ask"]["sample_truth"][kind])
    if times:
        shown = (times[len(times) // 2], times[int(len(times) * 0.95)], times[-1])
        yield [f"{len(times)} {kind}", ENGINES[name], *(f"{ms:.2f}" for ms in shown), right,
               f"{found['memory']:.0f}"]  # fmt: skip


def _share(answers: list[Any], truth: list[int]) -> str:
    """What an inexact engine found of what there is, and for how many queries just that."""
    there = [(hits, one) for (_ms, hits), one in zip(answers, truth, strict=True) if one]
    same = sum(hits == one for hits, one in there)
    return f" of {sum(truth):,}; all for {same} of the {len(there)} queries that have any"


def _exactness(results: Results) -> str:
    wrong = results["wrong"]
    if wrong:
        return "\n".join(["**Not the same hits as reading everything:**", *wrong])
    if "scan" not in results:
        return "Hits were not compared with reading everything."
    return "Every exact engine found, for every query, as many parts as reading everything does."


def _site(site: Results) -> str:
    return (
        f"{site['pages']} pages of results from a production server with the corpus in its "
        f"database: {site['median']:.0f} ms at the median, {site['p95']:.0f} ms at the 95th "
        f"percentile (aim: under 60); {site['worker_memory']:.0f} MB a process (aim: under 400). "
        f"The index made anew from the database: {site['rebuild_seconds']:.0f} s, "
        f"{site['rebuild_memory']:.0f} MB at most (aim: under 1,500). A conference of 60 "
        f"exchanges is saved after {site['saved_seconds']:.2f} s and served after "
        f"{site['served_seconds']:.2f} s (aim: under 2)."
    )


def _update(update: Results) -> str:
    return (
        f"A conference of {update['parts']} parts more: committed after "
        f"{update['committed_seconds']:.2f} s, found by a fresh search after "
        f"{update['found_seconds']:.2f} s (aim: under 2 s)."
    )


def _ranking(ranking: Results) -> str:
    rows = [
        [name, f"{way['mrr']:.4f}", f"{way['first']:.1%}", f"{way['ms']:.2f}"]
        for name, way in ranking["ways"].items()
    ]
    head = [f"CMRC 2018, {ranking['questions']:,} questions to {ranking['documents']:,} paragraphs",
            "MRR@10", "first", "ms each"]  # fmt: skip
    return f"{table(head, rows)}\n\n{ranking['empty']} questions are empty and were left out."
