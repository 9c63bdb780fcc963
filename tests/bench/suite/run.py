"""What scripts/bench does: builds every collection's indexes and asks them, round by round, each contestant in turn."""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import subprocess
import sys

import peers

from . import collections, measure, queries, table
from .measure import BenchError, say

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAMS = ROOT / "build/release"
TARGETS = ("pindex", "pfind", "generate_articles", "index_given", "pfind_queries", "xapian_queries")
COMMAND_STEP = 11  # every eleventh query is also asked by a command line: one of each kind in turn


def main(arguments):
    options = parse(arguments)
    try:
        wanted = [peers.ALL[name] for name in options.peers]
        prepare_programs(wanted)
        turns = measure.Turns(options.share)
        results = {}
        for size in options.sizes:
            results[size] = bench_collection(size, wanted, options, turns)
            turns.leave()
            write(results, wanted, options)
        return 0
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1


def parse(arguments):
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures pfind beside what people would take instead.")
    parser.add_argument("peers", nargs="*", metavar="PEER", help="of " + ", ".join(peers.ALL) + "; all where none is named")
    parser.add_argument("--size", dest="sizes", action="append", metavar="SIZE",
                        help="reuters, or a number of articles to generate; several times; reuters and 20000 where not given")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="indexes are built and commands run so often (3)")
    parser.add_argument("--passes", type=int, default=5, metavar="N", help="all queries are asked so often in one process (5)")
    parser.add_argument("--keep", action="store_true", help="measure queries on the indexes that an earlier run left")
    parser.add_argument("--articles", type=pathlib.Path, default=ROOT.parent / "shared/data/reuters21578.jsonl.gz", metavar="PATH",
                        help="file or folder of articles that `reuters` is and that others are generated from, as pindex reads them "
                             "(%(default)s); what was generated before stays, so name another --cache too")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "build/bench", metavar="DIR",
                        help="where collections and indexes are kept (%(default)s)")
    parser.add_argument("--output", type=pathlib.Path, metavar="FILE", help="the table; JSON beside it (DIR/results.md)")
    parser.add_argument("--share", type=pathlib.Path, metavar="LOCK",
                        help="where other heavy jobs run: a lock file held while something is measured, for minutes at a time")
    options = parser.parse_args(arguments)
    for peer in options.peers:
        if peer not in peers.ALL:
            parser.error(f"there is no peer called {peer}; there are {', '.join(peers.ALL)}")
    options.peers = options.peers or list(peers.ALL)
    options.sizes = options.sizes or ["reuters", "20000"]
    for size in options.sizes:
        if size != "reuters" and not size.isdigit():
            parser.error(f"--size {size}: neither reuters nor a number of articles")
    if not options.articles.exists():
        parser.error(f"{options.articles} does not exist; name articles to learn from with --articles")
    options.output = options.output or options.cache / "results.md"
    options.articles = options.articles.resolve()
    options.cache = options.cache.resolve()
    return options


def prepare_programs(wanted):
    packages = sorted({package for peer in wanted for package in peer.packages})
    if packages:
        subprocess.run([ROOT / "scripts/install-packages", "--only", *packages], check=True)
    if not (PROGRAMS / "build.ninja").exists():
        subprocess.run([ROOT / "scripts/quietly", "Configuring release", "cmake", "--preset", "release"], cwd=ROOT, check=True)
    subprocess.run([ROOT / "scripts/quietly", "Building release", "cmake", "--build", "--preset", "release", "--target", *TARGETS],
                   cwd=ROOT, check=True)


def bench_collection(size, wanted, options, turns):
    collection = collections.Collection(size, options.cache, PROGRAMS / "tests/bench/generate_articles", options.articles)
    say(f"{size}: articles, queries")
    facts = collection.facts()
    collection.queries()
    contestants = Contestants(size, [peer(collection, PROGRAMS) for peer in wanted
                                     if not peer.largest or facts["articles"] <= peer.largest], turns)
    for contestant in contestants.here:
        contestant.prepare()
    build_indexes(contestants, options)
    asked = queries.read(collection.queries())
    totals = ask_all(contestants, options, [query.group for query in asked])
    run_commands(contestants, options, asked[::COMMAND_STEP])
    return {"facts": facts, "figures": {name: table.medians(one) for name, one in contestants.rounds.items()},
            "rounds": contestants.rounds, "totals": totals}


class Contestants:
    """Those that still take part: one that fails is named and left out, the others go on."""

    def __init__(self, size, contestants, turns):
        self.size, self.turns = size, turns
        self.here = list(contestants)
        self.rounds = {contestant.name: [] for contestant in contestants}

    def each(self, what, work):
        """Calls `work(contestant)` for each in turn."""
        for contestant in list(self.here):
            self.turns.take()
            try:
                work(contestant)
            except BenchError as error:
                say(f"{self.size}: {what}: {contestant.name} drops out: {error}")
                self.here.remove(contestant)


def build_indexes(contestants, options):
    def build(contestant):
        if options.keep and contestant.index.exists():
            return
        cost = contestant.build()
        if cost is None:
            return
        say(f"{contestants.size}: index, {contestant.name} {cost.seconds:.1f} s")
        contestants.rounds[contestant.name].append({
            "index_seconds": cost.seconds, "index_cpu_seconds": cost.cpu_seconds, "index_peak_mb": cost.peak_bytes / 1e6,
            "index_mb": contestant.index_bytes() / 1e6})
    for _ in range(options.rounds):
        contestants.each("index", build)


def ask_all(contestants, options, groups):
    """Asks all queries, which are of these groups, in one process per contestant, a pass of each in turn; the first passes only warm up. Gives the numbers of
    results by contestant."""
    totals = {}
    with contextlib.ExitStack() as open_drivers:
        drivers = {}

        def start(contestant):
            driver = contestant.driver()
            if driver:
                open_drivers.callback(driver.close)
                drivers[contestant.name] = driver

        contestants.each("queries", start)
        for number in range(options.passes + 1):
            for mode in ("top", "counts", "snippets"):
                def ask(contestant):
                    if contestant.name not in drivers or mode not in contestant.modes:
                        return
                    answers = drivers[contestant.name].answers(mode)
                    if any(total is not None for total in answers["totals"]):
                        totals[contestant.name] = answers["totals"]
                    if number > 0:
                        contestants.rounds[contestant.name].append(
                            query_figures(mode, answers) | group_figures(mode, answers, groups))
                contestants.each(f"queries, {mode}", ask)
            say(f"{contestants.size}: queries, pass {number} of {options.passes}")
    return totals


def query_figures(mode, answers):
    figures = {}
    for kind, name in (("us", "ms"), ("cpu_us", "cpu_ms")):
        milliseconds = [microseconds / 1000 for microseconds in answers[kind]]
        for percent in (50, 95):
            figures[f"{mode}_p{percent}_{name}"] = table.percentile(milliseconds, percent)
    return figures


def group_figures(mode, answers, groups):
    """Of processor time alone."""
    return {f"{mode}_{group}_p{percent}_cpu_ms": table.percentile(
                [micros / 1000 for micros, of in zip(answers["cpu_us"], groups) if of == group], percent)
            for group in set(groups) for percent in (50, 95)}


def run_commands(contestants, options, asked):
    """Asks queries by command lines: what a person waits for, the start of the program included."""
    for number in range(options.rounds):
        costs = {}
        for query in asked:
            def ask(contestant):
                command = contestant.command(query)
                if command:
                    costs.setdefault(contestant.name, []).append(measure.run(command, allowed=(0, 1)))
            contestants.each("commands", ask)
        for name, taken in costs.items():
            contestants.rounds[name].append(query_figures("command", {
                "us": [cost.seconds * 1e6 for cost in taken], "cpu_us": [cost.cpu_seconds * 1e6 for cost in taken]}))
        say(f"{contestants.size}: commands, round {number + 1} of {options.rounds}")


def machine():
    model = next((line.split(":")[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} processors, {memory:.0f} GB memory, {platform.system()} {platform.release()}"


def write(results, wanted, options):
    versions = {peer.name: peer(_NOWHERE, PROGRAMS).version() for peer in wanted}
    facts = {"machine": machine(), "load": os.getloadavg(), "versions": versions, "rounds": options.rounds,
             "passes": options.passes}
    lines = [f"Machine: {facts['machine']}. Load when finished: {facts['load'][0]:.1f}.",
             "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".",
             f"Medians of {options.rounds} builds and {options.passes} passes; in parentheses pfind's value divided by the peer's.",
             ""]
    for size, result in results.items():
        lines += [f"## {size}: {result['facts']['articles']:,} articles, {result['facts']['text_bytes'] / 1e6:.0f} MB of text", "",
                  table.render(result["figures"]), "Processor time of queries, kind by kind:", "",
                  table.render(result["figures"], rows=table.BY_GROUP)]
        for name, (compared, same, apart) in table.disagreements(result["totals"]).items():
            lines.append(f"- {name} finds the same number of articles as pfind for {same} of {compared} queries; on average it differs "
                         f"by {apart:.1%}.")
        lines.append("")
    text = "\n".join(lines)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text)
    options.output.with_suffix(".json").write_text(json.dumps({**facts, "results": results}, indent=1) + "\n")
    print(text, flush=True)


class _Nowhere:
    """A collection for peers that are only asked what they are."""
    folder = pathlib.Path(os.devnull)


_NOWHERE = _Nowhere()
