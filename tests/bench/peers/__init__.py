"""Everything that is measured, each with the settings that its manual advises for a collection of news; docs/PERFORMANCE.md names
them."""

from . import groonga, lucene, pfind, recoll, ripgrep, sphinx, sqlite, xapian

ALL = {peer.name: peer for peer in (
    pfind.Pfind, pfind.PfindRecognizing, pfind.PfindThroughXapian, xapian.Scriptindex, xapian.Omindex, recoll.Recoll, sqlite.Fts5, lucene.Lucene,
    sphinx.Sphinx, groonga.Groonga, ripgrep.Ripgrep)}
