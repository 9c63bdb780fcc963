"""ripgrep: no index, a scan of the articles, one per line. Words as written, without stems; periods it does not know."""

import shlex

from suite import measure

from .peer import Peer


class Ripgrep(Peer):
    name = "ripgrep"
    packages = ("ripgrep",)

    def prepare(self):
        self.collection.tab_separated()

    def build(self):
        return None

    def index_bytes(self):
        return 0

    def command(self, query):
        if query.first:
            return None
        search = "rg --ignore-case --word-regexp --fixed-strings --no-line-number"
        articles = shlex.quote(str(self.collection.tab_separated()))
        if query.kind == "and":
            first, *others = query.words
            return ["sh", "-c", " | ".join([f"{search} {first} {articles}"] + [f"{search} {word}" for word in others])]
        patterns = [" ".join(query.words)] if query.kind == "phrase" else query.words
        return ["rg", *search.split()[1:], *(f"--regexp={pattern}" for pattern in patterns), self.collection.tab_separated()]
