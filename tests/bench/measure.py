"""Time, memory, and a process of its own for whatever is measured."""

import importlib
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_MEGA = 1_000_000


class Answer(NamedTuple):
    """How long one query took, and how many parts it found."""

    milliseconds: float
    hits: int


class Clock:
    """Seconds on the wall and on all cores together."""

    seconds = 0.0
    cpu = 0.0


@contextmanager
def clock() -> Iterator[Clock]:
    """Measure the block."""
    measured = Clock()
    wall, cpu = time.perf_counter(), time.process_time()
    yield measured
    measured.seconds = time.perf_counter() - wall
    measured.cpu = time.process_time() - cpu


def answers(ask: Callable[[str], int], texts: list[str]) -> list[Answer]:
    """Ask each of `texts`; `ask` answers the number of hits."""
    found = []
    for text in texts:
        started = time.perf_counter()
        hits = ask(text)
        found.append(Answer((time.perf_counter() - started) * 1000, hits))
    return found


def alone(module: str, function: str, *arguments: Any) -> dict[str, Any]:
    """What `function` of the module here answers, run in a new process, and the memory it took.

    The parent never imports the module, so a package that is missing is missed only there.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_run, module, function, arguments).result()


def _run(module: str, function: str, arguments: tuple[Any, ...]) -> dict[str, Any]:
    loaded = importlib.import_module(f"{__package__}.{module}")
    answer: dict[str, Any] = getattr(loaded, function)(*arguments)
    return answer | {"memory": _status("VmRSS"), "peak_memory": peak_memory()}


def peak_memory() -> float:
    """The most memory this process has held, in megabytes; mapped files count when touched.

    Linux's ru_maxrss begins with what the parent held when it started us; VmHWM does not.
    """
    kibibytes = _status("VmHWM")
    if kibibytes:
        return kibibytes
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGA


def _status(name: str) -> float:
    """A line of Linux's /proc/self/status in megabytes; 0 elsewhere."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024 / _MEGA
    return 0.0


def megabytes(folder: Path) -> float:
    """The size of all files below `folder`."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / _MEGA


def say(text: str) -> None:
    """A line of progress, on stderr."""
    sys.stderr.write(f"{text}\n")
