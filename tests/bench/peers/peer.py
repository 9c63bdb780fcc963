"""What a contestant can be asked."""

import pathlib
import shutil
import subprocess

from suite import measure

HERE = pathlib.Path(__file__).resolve().parent


class Peer:
    """One contestant on one collection. `programs`: the build directory of this project."""
    name = ""
    packages = ()       # Debian's
    modes = ("top", "counts", "snippets")  # that its driver answers
    largest = None      # articles; with more it takes too long to wait for

    def __init__(self, collection, programs):
        self.collection = collection
        self.programs = pathlib.Path(programs)
        self.index = collection.folder / f"{self.name}.index"

    def prepare(self):
        """Makes what it reads. Not measured."""

    def build(self):
        """Makes the index anew; its measure.Cost."""
        if self.index.is_dir():
            shutil.rmtree(self.index)
        self.index.unlink(missing_ok=True)
        return self.write_index()

    def write_index(self):
        raise NotImplementedError

    def index_bytes(self):
        return measure.bytes_below(self.index)

    def driver(self):
        """A measure.Driver for the queries of the collection, or nothing."""
        return None

    def command(self, query):
        """The command line by which a person asks a query, or nothing where there is none."""
        return None

    def version(self):
        return package_versions(self.packages)


def package_versions(packages):
    if not packages:
        return ""
    shown = subprocess.run(["dpkg-query", "--show", "--showformat=${Version}\n", packages[0]], capture_output=True, text=True)
    return shown.stdout.strip()


def joined(query, conjunction):
    """The words of a query in the most common syntax: `a AND b`, `a OR b`, `"a b"`."""
    if query.kind == "phrase":
        return f'"{" ".join(query.words)}"'
    return (" OR " if query.kind == "or" else conjunction).join(query.words)
