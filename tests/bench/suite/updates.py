"""What scripts/bench-update does: an index is brought up to date with a folder of which little or nothing has changed."""

import argparse
import itertools
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

from . import collections, measure
from .measure import BenchError, say
from .run import PROGRAMS, ROOT, machine

TARGETS = ("pindex", "generate_articles")
PORTION = 100  # files that are new, changed or removed
SPARE = 5000  # articles beyond those that the folder begins with
FOLDER = 1000  # files in a folder
LONG_AGO = 1_500_000_000  # seconds since 1970: pindex looks a second time at what was changed just now
KINDS = ("unchanged", "new", "changed", "removed")


def main(arguments):
    options = parse(arguments)
    try:
        subprocess.run([ROOT / "scripts/quietly", "Building release", "cmake", "--build", "--preset", "release", "--target", *TARGETS],
                       cwd=ROOT, check=True)
        costs = {size: bench_size(size, options) for size in options.sizes}
        print(table(costs, options), flush=True)
        return 0
    except BenchError as error:
        print(f"bench-update: {error}", file=sys.stderr)
        return 1


def parse(arguments):
    parser = argparse.ArgumentParser(prog="scripts/bench-update", description="Measures what it takes to keep an index up to date.")
    parser.add_argument("--size", dest="sizes", action="append", type=int, metavar="N",
                        help="files in the folder, an article each; several times; 20000 and 200000 where not given")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="every kind of run is measured so often (5)")
    parser.add_argument("--pindex", dest="programs", action="append", type=pathlib.Path, metavar="PROGRAM",
                        help="what is measured (build/release/indexer/pindex); several take turns")
    parser.add_argument("--articles", type=pathlib.Path, default=ROOT.parent / "shared/data/reuters21578.jsonl.gz", metavar="FILE",
                        help="articles that others are generated from, as pindex reads them (%(default)s)")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "build/bench", metavar="DIR",
                        help="where folder and index are made and left (%(default)s)")
    options = parser.parse_args(arguments)
    options.sizes = options.sizes or [20_000, 200_000]
    options.programs = options.programs or [PROGRAMS / "indexer/pindex"]
    if min(options.sizes) < 10 * PORTION:
        parser.error(f"--size: at least {10 * PORTION}")
    if 2 * PORTION * options.rounds * len(options.programs) > SPARE:
        parser.error(f"--rounds: at most {SPARE // (2 * PORTION)}, all programs together")
    if not options.articles.exists():
        parser.error(f"{options.articles} does not exist; name articles to learn from with --articles")
    return options


def bench_size(size, options):
    """The costs of every run by program and kind."""
    collection = collections.Collection(str(size + SPARE), options.cache.resolve(), PROGRAMS / "tests/bench/generate_articles",
                                        options.articles.resolve())
    say(f"{size:,} files")
    files = Files(collection, size)
    index = collection.folder / "index"
    shutil.rmtree(index, ignore_errors=True)
    update(options.programs[0], index, files.folder)
    costs = {program: {kind: [] for kind in KINDS} for program in options.programs}
    for number, program in itertools.product(range(options.rounds), options.programs):
        for kind in KINDS:
            getattr(files, kind)()
            costs[program][kind].append(update(program, index, files.folder))
        say(f"{size:,} files: round {number + 1} of {options.rounds}, {program}")
    return costs


def update(program, index, folder):
    os.sync()  # what was written before is not the program's to wait for
    return measure.run([program, "--quiet", "--index", index, folder])


class Files:
    """A folder of articles, one in a file, and what becomes of it."""

    def __init__(self, collection, size):
        self.folder = collection.folder / "files"
        self.lines = lines_of(collection.json_lines())
        self.written = 0
        shutil.rmtree(self.folder, ignore_errors=True)
        self.paths = []
        self.add(size)

    def unchanged(self):
        pass

    def new(self):
        self.add(PORTION)

    def changed(self):
        for path in self.some():
            self.write(path)

    def removed(self):
        gone = set(self.some())
        for path in gone:
            path.unlink()
        self.paths = [path for path in self.paths if path not in gone]

    def some(self):
        """Files from all over the folder, others each time."""
        step = len(self.paths) // PORTION
        return self.paths[self.written % step::step][:PORTION]

    def add(self, count):
        """In folders that were not there: what is new is in the folder of its day."""
        first = int(self.paths[-1].parent.name) + 1 if self.paths else 0
        for number in range(count):
            path = self.folder / f"{first + number // FOLDER:05}" / f"{number % FOLDER:03}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            self.write(path)
            self.paths.append(path)

    def write(self, path):
        path.write_bytes(next(self.lines))
        self.written += 1
        os.utime(path, (LONG_AGO + self.written,) * 2)


def lines_of(path):
    with open(path, "rb") as lines:
        yield from lines


def table(costs, options):
    lines = [f"Machine: {machine()}. Medians of {options.rounds} rounds; seconds of time and, in parentheses, of processor time.", "",
             f"| of N files, {PORTION} are | " + " | ".join(f"{size:,}" for size in costs) + " |",
             "|---|" + "---:|" * len(costs)]
    for program in options.programs:
        if len(options.programs) > 1:
            lines.append(f"| **{program}** |" + " |" * len(costs))
        for kind in KINDS:
            cells = [cell(of_size[program][kind]) for of_size in costs.values()]
            lines.append(f"| {'(all unchanged)' if kind == 'unchanged' else kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def cell(costs):
    seconds = statistics.median(cost.seconds for cost in costs)
    cpu_seconds = statistics.median(cost.cpu_seconds for cost in costs)
    return f"{seconds:.2f} ({cpu_seconds:.2f})"
