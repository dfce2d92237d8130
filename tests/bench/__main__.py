"""`python -m tests.bench NAME [--json]`: run one benchmark and print its figures."""

import argparse
import importlib
import json

from tests.bench.figure import Figure, printed

NAMES = ["exchange", "fleet", "ingest", "memory", "screen", "start", "store"]
"""Benchmarks there are; each is a module here with `measure() -> list[Figure]`."""


def main() -> int:
    """Run what is asked for; 1 when a promise is missed."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument("name", choices=NAMES)
    asked.add_argument("--json", action="store_true", help="one JSON object")
    chosen = asked.parse_args()
    figures: list[Figure] = importlib.import_module(f"tests.bench.{chosen.name}").measure()
    if chosen.json:
        print(json.dumps({chosen.name: [each.told() for each in figures]}))  # noqa: T201
    else:
        print(printed(figures))  # noqa: T201
    return 0 if all(each.good for each in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
