"""Recoll: a file per article, as on a desktop. It takes no companies, so none can be counted."""

from suite import measure

from .peer import HERE, Peer, joined

CONFIGURATION = """topdirs = {pages}
idxflushmb = 100
noaspell = 1
indexStoreDocText = 1
loglevel = 2
thrQSizes = 2 2 2
thrTCounts = 2 2 1
"""


class Recoll(Peer):
    name = "recoll"
    packages = ("recollcmd", "python3-recoll")
    modes = ("top", "snippets")
    largest = 50000

    def prepare(self):
        self.collection.pages()

    def write_index(self):
        self.index.mkdir()
        (self.index / "recoll.conf").write_text(CONFIGURATION.format(pages=self.collection.pages()))
        return measure.run(["recollindex", "-c", self.index], env={"HOME": str(self.index)})

    def driver(self):
        # Debian's module is of Debian's Python.
        return measure.Driver(["/usr/bin/python3", HERE / "drivers/recoll_queries.py", self.index, self.collection.queries()],
                              env={"HOME": str(self.index)})

    def command(self, query):
        period = f" date:{query.first}/{query.last}" if query.first else ""
        return ["recollq", "-c", self.index, "-n", "10", joined(query, " ") + period]
