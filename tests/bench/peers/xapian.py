"""Xapian's own indexers: scriptindex for records, omindex for files."""

from suite import collections, measure

from .peer import HERE, Peer, joined


class Scriptindex(Peer):
    name = "scriptindex"
    packages = ("xapian-omega", "xapian-tools", "libxapian-dev")

    def dump(self):
        return self.collection.lines_of("articles.scriptindex", record)

    def prepare(self):
        self.dump()

    def write_index(self):
        return measure.run(["scriptindex", "--stemmer=english", self.index, HERE / "articles.scriptindex", self.dump()])

    def driver(self):
        return measure.Driver([self.programs / "tests/bench/xapian_queries", self.index, self.collection.queries(), self.name])

    def command(self, query):
        if query.first:
            return None  # quest knows no periods
        return ["quest", f"--db={self.index}", "--msize=10", joined(query, " AND ")]


def record(article):
    """The lines of an article in the form that scriptindex reads."""
    body = article["text"].replace("\n", "\n=")
    return [f"id={article['id']}", f"title={collections.one_line(article['title'])}", f"text={body}",
            f"date={collections.seconds(article)}", f"companies={' '.join(collections.companies(article))}", ""]


class Omindex(Peer):
    """Reads a file per article. It takes no companies, so none can be counted."""
    name = "omindex"
    packages = ("xapian-omega", "libxapian-dev")
    modes = ("top", "snippets")
    largest = 50000

    def prepare(self):
        self.collection.pages()

    def write_index(self):
        return measure.run(["omindex", "--db", self.index, "--url=/", "--stemmer=english", self.collection.pages()])

    def driver(self):
        return measure.Driver([self.programs / "tests/bench/xapian_queries", self.index, self.collection.queries(), self.name])

    def command(self, query):
        if query.first:
            return None
        return ["quest", f"--db={self.index}", "--msize=10", joined(query, " AND ")]
