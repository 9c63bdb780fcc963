"""SQLite FTS5: the full-text index, and beside it tables of dates and companies."""

import sys

from suite import collections, measure

from .peer import HERE, Peer, joined

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -262144;
CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize = 'porter unicode61');
CREATE TABLE dates(article INTEGER PRIMARY KEY, date INTEGER);
CREATE TABLE mentions(article INTEGER, company INTEGER, PRIMARY KEY(article, company)) WITHOUT ROWID;
.mode ascii
.separator "\\t" "\\n"
.import {texts} articles
.import {dates} dates
.import {mentions} mentions
"""


class Fts5(Peer):
    name = "fts5"
    packages = ("sqlite3",)

    def script(self):
        texts = self.collection.lines_of("fts5-texts.tsv", lambda a: [
            collections.one_line(a["title"]) + "\t" + collections.one_line(a["text"])])
        dates = self.collection.lines_of("fts5-dates.tsv", lambda a: [f"{a['id']}\t{collections.seconds(a)}"])
        mentions = self.collection.lines_of("fts5-mentions.tsv", lambda a: [
            f"{a['id']}\t{company}" for company in collections.companies(a)])
        path = self.collection.folder / "fts5.sql"
        path.write_text(SCHEMA.format(texts=texts, dates=dates, mentions=mentions))
        return path

    def prepare(self):
        self.script()

    def write_index(self):
        return measure.run(["sqlite3", self.index], input_path=self.script())

    def driver(self):
        return measure.Driver([sys.executable, HERE / "drivers/fts5.py", self.index, self.collection.queries()])

    def command(self, query):
        sys.path.insert(0, str(HERE / "drivers"))
        import fts5
        statement, values = fts5.top(query)
        for value in values:
            statement = statement.replace("?", "'" + str(value).replace("'", "''") + "'", 1)
        return ["sqlite3", self.index, statement]
