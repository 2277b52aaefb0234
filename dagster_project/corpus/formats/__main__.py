"""The process in which a file becomes a text, see `convert_apart`: it limits itself, and answers in JSON."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from dagster_project.corpus.formats import ConversionError, convert


def main(suffix: str, seconds: int, memory: int) -> None:
    """Read a file from the standard input, and write its text, or why it is refused, to the standard output."""
    data = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    statistics = Path("/proc/self/statm")  # not on macOS, where the limit on addresses is not kept, either
    if statistics.exists():
        own = int(statistics.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (own + memory, own + memory))
    try:
        told = asdict(convert(data, suffix))
    except ConversionError as error:
        told = {"refused": str(error)}
    except MemoryError:
        much = f"it needs more than {memory / 1e9:.1f} GB of memory to be read"
        told = {"refused": f"{much}: save the part that holds the plan anew, or give its text"}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
