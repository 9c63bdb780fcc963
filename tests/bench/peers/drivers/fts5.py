"""fts5.py INDEX QUERIES: answers queries with SQLite's library."""

import sqlite3
import sys

from answering import answer_all, day_number


def match(query):
    """The words in FTS5's own syntax, and the condition on the date with its values."""
    if query.kind == "phrase":
        words = f'"{" ".join(query.words)}"'
    else:
        words = (" OR " if query.kind == "or" else " AND ").join(query.words)
    if not query.first:
        return "articles MATCH ?", [words]
    # The dates one by one for the articles found, rather than all of a period.
    condition = ("articles MATCH ? AND (SELECT date FROM dates WHERE article = articles.rowid) >= ? "
                 "AND (SELECT date FROM dates WHERE article = articles.rowid) < ?")
    return condition, [words, day_number(query.first), day_number(query.last, 1)]


def top(query, columns="title, body"):
    condition, values = match(query)
    return f"SELECT {columns} FROM articles WHERE {condition} ORDER BY rank LIMIT 10", values


def ask(database, query, mode):
    columns = "title, snippet(articles, 1, '[', ']', '...', 50)" if mode == "snippets" else "title, body"
    database.execute(*top(query, columns)).fetchall()
    if mode != "counts":
        return None
    condition, values = match(query)
    total = database.execute(f"SELECT count(*) FROM articles WHERE {condition}", values).fetchone()[0]
    database.execute("SELECT company, count(*) AS articles FROM mentions WHERE article IN "
                     f"(SELECT rowid FROM articles WHERE {condition}) GROUP BY company ORDER BY articles DESC, company LIMIT 10",
                     values).fetchall()
    return total


if __name__ == "__main__":
    opened = sqlite3.connect(sys.argv[1])
    opened.execute("PRAGMA cache_size = -262144")
    opened.execute("PRAGMA mmap_size = 8589934592")
    answer_all(sys.argv[2], lambda query, mode: ask(opened, query, mode))
