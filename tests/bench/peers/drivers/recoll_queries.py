"""recoll_queries.py INDEX QUERIES: answers queries with Recoll's Python module."""

import sys

from answering import answer_all
from recoll import recoll


def main(index, queries_path):
    database = recoll.connect(confdir=index)

    def ask(query, mode):
        words = f'"{" ".join(query.words)}"' if query.kind == "phrase" else (
            " OR " if query.kind == "or" else " ").join(query.words)
        if query.first:
            words += f" date:{query.first}/{query.last}"
        asked = database.query()
        asked.execute(words, stemming=1, stemlang="english", fetchtext=mode == "top")
        for found in asked.fetchmany(10):
            assert found.title is not None
            if mode == "snippets":
                asked.makedocabstract(found)
        return asked.rowcount

    answer_all(queries_path, ask)


if __name__ == "__main__":
    main(*sys.argv[1:])
