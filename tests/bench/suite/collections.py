"""Collections on disk, in the forms that the peers read. Making them is not measured, and each is made once."""

import calendar
import html
import json
import os
import pathlib
import subprocess
import time

from . import queries


class Collection:
    """Articles as JSON lines in a folder of their own, which caches whatever is made of them."""

    def __init__(self, name, folder, generator, source):
        self.name = name
        self.folder = pathlib.Path(folder) / name
        self.generator = generator
        self.source = source
        self.folder.mkdir(parents=True, exist_ok=True)

    def made(self, name, make):
        """The file or folder of that name, made by `make(path)` where it is missing; what was left half made does not count."""
        path = self.folder / name
        if not path.exists():
            half = self.folder / (name + ".new")
            subprocess.run(["rm", "-rf", half], check=True)
            make(half)
            half.rename(path)
        return path

    def json_lines(self):
        def make(path):
            count = "same" if self.name == "reuters" else self.name
            with open(path, "wb") as out:
                subprocess.run([self.generator, self.source, count], stdout=out, stderr=subprocess.DEVNULL, check=True)
        return self.made("articles.jsonl", make)

    def articles(self):
        with open(self.json_lines(), encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)

    def tab_separated(self):
        """id, title, body, seconds since 1970 (0 where unknown), numbers of companies separated by commas; no quoting."""
        return self.lines_of("articles.tsv", lambda a: [
            "\t".join((a["id"], one_line(a["title"]), one_line(a["text"]), str(seconds(a)), ",".join(companies(a))))])

    def lines_of(self, name, lines):
        def make(path):
            with open(path, "w", encoding="utf-8") as out:
                for article in self.articles():
                    out.writelines(line + "\n" for line in lines(article))
        return self.made(name, make)

    def pages(self):
        """A web page per article, in folders of a thousand, modified on the article's day."""
        def make(path):
            for i, article in enumerate(self.articles()):
                folder = path / f"{i // 1000:04}"
                folder.mkdir(parents=True, exist_ok=True)
                page = folder / f"{article['id']}.html"
                body = "</p>\n<p>".join(html.escape(part) for part in article["text"].split("\n\n"))
                page.write_text('<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
                                f"<title>{html.escape(article['title'])}</title></head>\n<body><p>{body}</p></body></html>\n")
                os.utime(page, (seconds(article),) * 2)
        return self.made("pages", make)

    def queries(self):
        def make(path):
            path.write_text("".join(query.line() + "\n" for query in queries.draw(self.json_lines())))
        return self.made("queries.tsv", make)

    def facts(self):
        """Number of articles, bytes of their titles and texts, number of companies."""
        def make(path):
            count = size = 0
            named = set()
            for article in self.articles():
                count += 1
                named.update(article["companies"])
                size += len(article["title"].encode()) + len(article["text"].encode())
            path.write_text(json.dumps({"articles": count, "text_bytes": size, "companies": len(named)}))
        return json.loads(self.made("facts.json", make).read_text())


def one_line(text):
    return " ".join(text.split())


def seconds(article):
    if "date" not in article:
        return 0
    return calendar.timegm(time.strptime(article["date"][:10], "%Y-%m-%d"))


def companies(article):
    return [company[1:] for company in article["companies"]]
