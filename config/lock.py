"""Pins what pyproject.toml asks for, with hashes: ``make lock``. Names and versions only: no
address of a package index is written."""

import subprocess
import sys
from pathlib import Path

GROUPS = {
    "run": [],
    "test": ["test"],
    "lint": ["test", "lint"],
    "browser": ["test", "browser"],
    "bench": ["test", "bench"],
}
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--quiet",
    "--upgrade",
]


def main(folder: Path) -> None:
    """Write one file of pins for each set of groups; those for running bind all the others."""
    for name, groups in GROUPS.items():
        command = ["uv", "pip", "compile", *OPTIONS, "pyproject.toml"]
        command += [f"--group={group}" for group in groups]
        if groups:
            command += ["--constraint", str(folder / "run.txt")]
        command += ["--output-file", str(folder / f"{name}.txt")]
        subprocess.run([sys.executable, "-m", *command], check=True)  # noqa: S603


if __name__ == "__main__":
    main(Path(sys.argv[1]))
