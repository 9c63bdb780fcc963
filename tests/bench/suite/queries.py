"""The queries of a benchmark: drawn from the articles of a collection, the same for the same articles."""

import dataclasses
import datetime
import json
import random
import re

COUNT = 200
# Of ten queries. `date` is words that must all occur, in a period.
KINDS = ("word", "and", "and", "and", "or", "or", "or", "phrase", "phrase", "date")
# What the table tells apart, and how it names it.
GROUPS = {"word": "one word", "all": "all of several", "any": "any of several", "phrase": "phrase", "period": "within a period"}
PLAIN_WORD = re.compile(r"[a-z]{3,}")
SENTENCE_END = re.compile(r"[.,;:!?\"')]+$")
# Left out by one peer or another, which would then answer another query.
STOP_WORDS = frozenset("""a about after all also am an and any are as at be because been before being below between both but by can
    could did do does down during each for from further had has have having he her here him his how i if in into is it its just may me
    more most my near no nor not of off on once only or other our out over own said same she should so some such than that the their
    them then there these they this those through to too under until up very was we were what when where which while who whom why
    will with would you your reuter""".split())


@dataclasses.dataclass(frozen=True)
class Query:
    """Words in small letters that all must occur (`and`), of which any may (`or`), or that stand side by side (`phrase`);
    in a period where `first` and `last` (days, YYYY-MM-DD, both within) are not empty."""
    kind: str
    words: tuple
    first: str = ""
    last: str = ""

    @property
    def group(self):
        """What it is among GROUPS."""
        if self.first:
            return "period"
        return "word" if len(self.words) == 1 else {"and": "all", "or": "any"}.get(self.kind, self.kind)

    def line(self):
        return "\t".join((self.kind, " ".join(self.words), self.first, self.last))

    @staticmethod
    def of_line(line):
        kind, words, first, last = line.rstrip("\n").split("\t")
        return Query(kind, tuple(words.split()), first, last)


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [Query.of_line(line) for line in lines]


def runs_of_plain_words(text):
    """Runs of words side by side that every peer takes for the same words: letters alone, with nothing between but a blank.
    Stop words and punctuation end a run."""
    runs, run = [], []
    for token in text.split():
        bare = SENTENCE_END.sub("", token).lower()
        if PLAIN_WORD.fullmatch(bare) and bare not in STOP_WORDS:
            run.append(bare)
            if bare == token.lower():
                continue
        if run:
            runs.append(run)
        run = []
    return runs + [run] if run else runs


class Sample:
    """Articles drawn from a file of JSON lines by their place in the file, so that its size does not matter."""

    def __init__(self, file, chance):
        self.file = file
        self.size = self.file.seek(0, 2)
        self.chance = chance

    def article(self):
        self.file.seek(self.chance.randrange(self.size))
        self.file.readline()  # the rest of a line
        line = self.file.readline()
        if not line:
            self.file.seek(0)
            line = self.file.readline()
        return json.loads(line)


def draw(path, count=COUNT, seed=1):
    """`count` queries. The words of one come from one article, so that it finds something; a word occurs the likelier the
    more articles have it."""
    chance = random.Random(seed)
    queries = []
    with open(path, "rb") as file:
        sample = Sample(file, chance)
        while len(queries) < count:
            query = query_from(sample.article(), KINDS[len(queries) % len(KINDS)], chance)
            if query:
                queries.append(query)
    return queries


def query_from(article, kind, chance):
    runs = runs_of_plain_words(article["text"])
    words = sorted({word for run in runs for word in run})
    if len(words) < 4:
        return None
    if kind == "phrase":
        length = chance.choice((2, 2, 3))
        long_runs = [run for run in runs if len(run) >= length and len(set(run)) == len(run)]
        if not long_runs:
            return None
        run = chance.choice(long_runs)
        begin = chance.randrange(len(run) - length + 1)
        return Query("phrase", tuple(run[begin:begin + length]))
    if kind == "date":
        return period_around(article, tuple(chance.sample(words, chance.choice((1, 2)))), chance)
    if kind == "word":
        return Query("and", (chance.choice(words),))
    return Query(kind, tuple(chance.sample(words, chance.choice((2, 3, 4)))))


def period_around(article, words, chance):
    """A week to a quarter around the article's day; nothing where it has none."""
    if "date" not in article:
        return None
    day = datetime.date.fromisoformat(article["date"][:10])
    days = chance.choice((7, 30, 90))
    first = day - datetime.timedelta(chance.randrange(days))
    return Query("and", words, first.isoformat(), (first + datetime.timedelta(days)).isoformat())
