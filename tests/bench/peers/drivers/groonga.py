"""groonga.py INDEX QUERIES: answers queries with a groonga process that reads commands."""

import json
import subprocess
import sys

from answering import answer_all, day_number


def select(query, mode):
    """The command that asks a query."""
    if query.kind == "phrase":
        words = f'"{" ".join(query.words)}"'
    else:
        words = (" OR " if query.kind == "or" else " ").join(query.words)
    arguments = {"command_version": "2", "match_columns": "Words.articles", "query": words,
                 "output_columns": "title,snippet_html(body)" if mode == "snippets" else "title,body",
                 "sort_keys": "-_score", "limit": "10"}
    if query.first:
        arguments["filter"] = f"date >= {day_number(query.first)} && date < {day_number(query.last, 1)}"
    if mode == "counts":
        arguments |= {"drilldown": "companies", "drilldown_sort_keys": "-_nsubrecs,_key", "drilldown_limit": "10"}
    return "select Articles " + " ".join(f"--{name} {quoted(value)}" for name, value in arguments.items())


def quoted(argument):
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def main(index, queries_path):
    process = subprocess.Popen(["groonga", index], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(query, mode):
        process.stdin.write((select(query, mode) + "\n").encode())
        process.stdin.flush()
        answer = process.stdout.readline()
        status, *body = json.loads(answer)
        if status[0] != 0:
            sys.exit(f"groonga: {status[3]}")
        return body[0][0][0][0]

    answer_all(queries_path, ask, process.pid)
    process.stdin.close()
    process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
