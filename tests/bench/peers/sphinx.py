"""Sphinx: `indexer` builds, `searchd` answers over a socket."""

import sys

from suite import measure

from .peer import HERE, Peer

CONFIGURATION = """
source articles
{{
  type = tsvpipe
  tsvpipe_command = cat {articles}
  tsvpipe_field_string = title
  tsvpipe_field_string = body
  tsvpipe_attr_uint = date
  tsvpipe_attr_multi = company
}}
index articles
{{
  source = articles
  path = {index}/articles
  morphology = stem_en
  min_word_len = 1
}}
indexer
{{
  mem_limit = 1024M
}}
searchd
{{
  listen = {index}/socket:mysql41
  log = {index}/log
  pid_file = {index}/pid
  workers = threads
  binlog_path =
}}
"""


class Sphinx(Peer):
    name = "sphinx"
    packages = ("sphinxsearch",)

    def configuration(self):
        path = self.collection.folder / "sphinx.conf"
        path.write_text(CONFIGURATION.format(articles=self.collection.tab_separated(), index=self.index))
        return path

    def prepare(self):
        self.configuration()

    def write_index(self):
        self.index.mkdir()
        return measure.run(["indexer", "--config", self.configuration(), "--all", "--quiet"])

    def driver(self):
        return measure.Driver([sys.executable, HERE / "drivers/sphinx.py", self.configuration(), self.index / "socket",
                               self.collection.queries(), str(max(1000, self.collection.facts()["companies"]))])
