"""pfind itself: with companies given as ids, as the peers have them, and with everything that pindex does."""

import subprocess

from suite import measure

from .peer import Peer, joined


class Pfind(Peer):
    """Entities are not recognized; the companies of an article come from a field, like those of the peers."""
    name = "pfind"

    builder = "bulk"

    def write_index(self):
        return measure.run([self.programs / "tests/bench/index_given", self.collection.json_lines(), self.index, self.builder])

    def driver(self):
        return measure.Driver([self.programs / "tests/bench/pfind_queries", self.index, self.collection.queries()])

    def command(self, query):
        period = [f"--after={query.first}", f"--before={query.last}"] if query.first else []
        return [self.programs / "searcher/pfind", f"--index={self.index}", *period, joined(query, " ")]

    def version(self):
        shown = subprocess.run([self.programs / "searcher/pfind", "--version"], capture_output=True, text=True, check=True)
        return shown.stdout.split()[-1]


class PfindRecognizing(Pfind):
    """`pindex` as it is."""
    name = "pfind-all"

    def write_index(self):
        return measure.run([self.programs / "indexer/pindex", "--quiet", f"--index={self.index}",
                            self.collection.json_lines()])


class PfindThroughXapian(Pfind):
    """Likewise, but the index is written by Xapian alone (--builder xapian); it holds the same, and is not asked."""
    name = "pfind-xapian"
    builder = "xapian"

    def driver(self):
        return None

    def command(self, query):
        return None
