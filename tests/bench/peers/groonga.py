"""Groonga: columns, and an index of words built once the articles are loaded."""

import json
import sys

from suite import collections, measure

from .peer import HERE, Peer

SCHEMA = """plugin_register token_filters/stem
table_create Companies TABLE_HASH_KEY UInt32
table_create Articles TABLE_NO_KEY
column_create Articles title COLUMN_SCALAR ShortText
column_create Articles body COLUMN_SCALAR Text
column_create Articles date COLUMN_SCALAR UInt32
column_create Articles companies COLUMN_VECTOR Companies
load --table Articles
[
"""
INDEX = """]
table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram --normalizer NormalizerAuto --token_filters TokenFilterStem
column_create Words articles COLUMN_INDEX|WITH_POSITION|WITH_SECTION Articles title,body
"""


class Groonga(Peer):
    name = "groonga"
    packages = ("groonga-bin", "groonga-token-filter-stem")

    def script(self):
        def make(path):
            with open(path, "w", encoding="utf-8") as out:
                out.write(SCHEMA)
                before = ""
                for article in self.collection.articles():
                    out.write(before + json.dumps({
                        "title": collections.one_line(article["title"]), "body": collections.one_line(article["text"]),
                        "date": collections.seconds(article), "companies": [int(c) for c in collections.companies(article)]}))
                    before = ",\n"
                out.write("\n" + INDEX)
        return self.collection.made("articles.grn", make)

    def prepare(self):
        self.script()

    def write_index(self):
        self.index.mkdir()
        return measure.run(["groonga", "-n", self.index / "db"], input_path=self.script())

    def driver(self):
        return measure.Driver([sys.executable, HERE / "drivers/groonga.py", self.index / "db", self.collection.queries()])

    def command(self, query):
        sys.path.insert(0, str(HERE / "drivers"))
        import groonga
        return ["groonga", self.index / "db", groonga.select(query, "top")]
