"""Tests of what scripts/bench is made of: drawing queries, forms of collections, measuring, the table."""

import contextlib
import fcntl
import json
import os
import pathlib
import sys
import tempfile
import types
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import peers  # noqa: E402
from peers.peer import joined  # noqa: E402
from suite import collections, measure, queries, run, table, updates  # noqa: E402

ARTICLES = [{"id": str(i + 1), "title": f"Headline {i}", "date": f"2020-{i % 12 + 1:02}-15", "companies": [f"c{i % 3}", "c7"],
             "text": f"Quarterly patent royalties number{i} rose sharply, said the licensing office.\n\n"
                     "Chip makers signed another cross-licence covering wireless standards and tablets."} for i in range(40)]


class Articles(unittest.TestCase):
    """A collection in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.collection = collections.Collection("40", folder.name, None, None)
        path = self.collection.folder / "articles.jsonl"
        path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))


class DrawnQueries(Articles):
    def test_the_same_articles_give_the_same_queries(self):
        path = self.collection.json_lines()
        self.assertEqual(queries.draw(path), queries.draw(path))
        self.assertNotEqual(queries.draw(path), queries.draw(path, seed=2))

    def test_there_are_as_many_of_each_kind_as_wanted(self):
        drawn = queries.draw(self.collection.json_lines())
        self.assertEqual(len(drawn), 200)
        kinds = [query.kind for query in drawn]
        self.assertEqual((kinds.count("and"), kinds.count("or"), kinds.count("phrase")), (100, 60, 40))
        self.assertEqual(sum(bool(query.first) for query in drawn), 20)

    def test_every_query_finds_the_article_it_was_drawn_from(self):
        for query in queries.draw(self.collection.json_lines()):
            self.assertTrue(any(self.finds(query, article) for article in ARTICLES), query)

    @staticmethod
    def finds(query, article):
        text = article["text"].lower()
        within = not query.first or query.first <= article["date"] <= query.last
        if query.kind == "phrase":
            return within and " ".join(query.words) in text
        found = [word in text for word in query.words]
        return within and (any(found) if query.kind == "or" else all(found))

    def test_words_are_those_that_all_take_for_one(self):
        runs = queries.runs_of_plain_words("Chip makers signed another cross-licence, the 5G Nokia's deal. Done")
        self.assertEqual(runs, [["chip", "makers", "signed", "another"], ["deal"], ["done"]])

    def test_queries_are_told_apart_by_what_they_ask(self):
        self.assertEqual([queries.Query(*query).group for query in (
            ("and", ("a",)), ("and", ("a", "b")), ("or", ("a", "b")), ("phrase", ("a", "b")), ("and", ("a",), "2020-01-01", "2020-02-01"))],
            list(queries.GROUPS))

    def test_a_line_holds_a_whole_query(self):
        for query in queries.draw(self.collection.json_lines()):
            self.assertEqual(queries.Query.of_line(query.line() + "\n"), query)

    def test_a_query_is_written_as_a_person_would(self):
        self.assertEqual(joined(queries.Query("or", ("a", "b")), " AND "), "a OR b")
        self.assertEqual(joined(queries.Query("and", ("a", "b")), " AND "), "a AND b")
        self.assertEqual(joined(queries.Query("phrase", ("a", "b")), " AND "), '"a b"')


class Forms(Articles):
    def test_tab_separated_articles_have_five_fields_and_seconds(self):
        lines = self.collection.tab_separated().read_text().splitlines()
        self.assertEqual(len(lines), 40)
        fields = lines[1].split("\t")
        self.assertEqual((fields[0], fields[1], fields[3], fields[4]), ("2", "Headline 1", "1581724800", "1,7"))

    def test_pages_are_as_old_as_their_articles(self):
        page = self.collection.pages() / "0000" / "2.html"
        self.assertEqual(os.stat(page).st_mtime, 1581724800)
        self.assertIn("<title>Headline 1</title>", page.read_text())

    def test_what_was_left_half_made_is_made_again(self):
        def fail(path):
            path.write_text("half")
            raise RuntimeError
        with self.assertRaises(RuntimeError):
            self.collection.made("thing", fail)
        self.assertEqual(self.collection.made("thing", lambda path: path.write_text("whole")).read_text(), "whole")

    def test_facts_count_articles_and_companies(self):
        facts = self.collection.facts()
        self.assertEqual((facts["articles"], facts["companies"]), (40, 4))

    def test_a_record_of_scriptindex_keeps_its_paragraphs(self):
        record = peers.xapian.record(ARTICLES[0])
        self.assertIn("\n=\n=Chip makers", record[2])
        self.assertEqual(record[-1], "")


@unittest.skipUnless("PFIND_TESTS_PROGRAMS" in os.environ, "PFIND_TESTS_PROGRAMS names no build")
class WholeRun(Articles):
    """A benchmark of pfind alone, which needs no package."""

    def setUp(self):
        super().setUp()
        for name, value in (("PROGRAMS", pathlib.Path(os.environ["PFIND_TESTS_PROGRAMS"])), ("prepare_programs", lambda wanted: None)):
            self.addCleanup(setattr, run, name, getattr(run, name))
            setattr(run, name, value)
        self.cache = self.collection.folder.parent
        # The articles lie where it keeps those it has generated.
        arguments = ["--size=40", "--rounds=1", "--passes=1", f"--cache={self.cache}", f"--articles={self.collection.json_lines()}"]
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            self.assertEqual(run.main([*arguments, "pfind", "pfind-all"]), 0)
        self.result = json.loads((self.cache / "results.json").read_text())["results"]["40"]

    def test_every_figure_is_measured_and_shown(self):
        shown = (self.cache / "results.md").read_text()
        for name, label, _ in table.FIGURES:
            self.assertGreater(self.result["figures"]["pfind"][name], 0, name)
            self.assertIn(f"| {label} |", shown)

    def test_numbers_of_results_are_those_of_a_scan(self):
        drawn = queries.read(self.collection.queries())
        scanned = [sum(DrawnQueries.finds(query, article) for article in ARTICLES) for query in drawn]
        self.assertEqual(self.result["totals"]["pfind"], scanned)
        self.assertEqual(self.result["totals"]["pfind-all"], scanned)


class Measuring(unittest.TestCase):
    def test_a_program_costs_processor_time_and_memory(self):
        cost = measure.run([sys.executable, "-c", "x = bytearray(100_000_000); sum(range(3_000_000))"])
        self.assertGreater(cost.peak_bytes, 90e6)
        self.assertGreater(cost.cpu_seconds, 0)

    def test_a_program_that_fails_is_an_error_with_its_last_words(self):
        with self.assertRaisesRegex(measure.BenchError, "status 3: broken"):
            measure.run([sys.executable, "-c", "import sys; print('broken', file=sys.stderr); sys.exit(3)"])

    def test_a_driver_that_ends_is_an_error(self):
        driver = measure.Driver([sys.executable, "-c", ""])
        with self.assertRaises(measure.BenchError):
            driver.answers("top")
        driver.close()


class Dropping(unittest.TestCase):
    def test_one_that_fails_drops_out_and_the_others_go_on(self):
        def work(contestant):
            done.append(contestant.name)
            if contestant.name == "b":
                raise measure.BenchError("no more")
        done = []
        contestants = run.Contestants("40", [types.SimpleNamespace(name=name) for name in "abc"], measure.Turns(None))
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            contestants.each("index", work)
            contestants.each("index", work)
        self.assertEqual(done, ["a", "b", "c", "a", "c"])

    def test_a_lock_is_left_to_others_after_its_time(self):
        with tempfile.NamedTemporaryFile() as lock:
            turns = measure.Turns(lock.name, hold=0, rest=0)
            turns.take()
            with open(lock.name) as other, self.assertRaises(BlockingIOError):
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            turns.leave()
            with open(lock.name) as other:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstructionCounts(unittest.TestCase):
    """What scripts/count-instructions makes of counts."""

    def setUp(self):
        script = pathlib.Path(__file__).resolve().parents[2] / "scripts/count-instructions"
        self.counting = types.ModuleType("count_instructions")
        self.counting.__file__ = str(script)
        exec(compile(script.read_text(), script, "exec"), self.counting.__dict__)
        self.accepted = {stage: 1000 for stage in self.counting.STAGES}

    def compared(self, **changed):
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
            return self.counting.compare(self.accepted, {**self.accepted, **changed})

    def test_a_rise_beyond_the_tolerance_is_told(self):
        self.assertEqual(self.compared(analyzer=1041), ["analyzer"])

    def test_a_small_rise_and_any_fall_are_not(self):
        self.assertEqual(self.compared(analyzer=1039, recognizer=500), [])

    def test_every_stage_has_an_accepted_count(self):
        known, wanted = self.counting.expected()
        self.assertRegex(known, r"^\d+\.\d+\.\d+ ")
        self.assertEqual(set(wanted), set(self.counting.STAGES))


class Table(unittest.TestCase):
    def test_figures_of_a_group_are_those_of_its_queries(self):
        figures = run.group_figures("top", {"cpu_us": [1000, 9000, 3000]}, ["any", "word", "any"])
        self.assertEqual(figures, {"top_any_p50_cpu_ms": 1.0, "top_any_p95_cpu_ms": 3.0, "top_word_p50_cpu_ms": 9.0,
                                   "top_word_p95_cpu_ms": 9.0})
        self.assertIn("| top ten, any of several, p95 ms | 3.00 |", table.render({"pfind": figures}, rows=table.BY_GROUP))

    def test_percentiles_are_values_that_occur(self):
        self.assertEqual(table.percentile([5, 1, 4, 2, 3], 50), 3)
        self.assertEqual(table.percentile(range(1, 201), 95), 190)
        self.assertEqual(table.percentile([7], 95), 7)

    def test_medians_are_taken_figure_by_figure(self):
        self.assertEqual(table.medians([{"a": 1, "b": 5}, {"a": 9}, {"a": 2}]), {"a": 2, "b": 5})

    def test_a_ratio_is_what_pfind_takes_of_what_the_peer_takes(self):
        text = table.render({"pfind": {"index_seconds": 2.0}, "other": {"index_seconds": 8.0}, "third": {}})
        self.assertEqual(text.splitlines(), ["| | pfind | other | third |", "|---|---:|---:|---:|",
                                             "| index, s | 2.0 | 8.0 (0.25) | – |"])

    def test_disagreements_count_queries_with_other_numbers_of_results(self):
        apart = table.disagreements({"pfind": [10, 20, None], "other": [10, 10, 3]})
        self.assertEqual(apart, {"other": (2, 1, 0.25)})

    def test_every_query_kind_is_among_those_asked_by_command(self):
        asked = {queries.KINDS[i % len(queries.KINDS)] for i in range(0, queries.COUNT, run.COMMAND_STEP)}
        self.assertEqual(asked, set(queries.KINDS))


class Updates(Articles):
    """What scripts/bench-update does to a folder."""

    def setUp(self):
        super().setUp()
        for name, value in (("PORTION", 2), ("FOLDER", 4)):
            self.addCleanup(setattr, updates, name, getattr(updates, name))
            setattr(updates, name, value)
        self.files = updates.Files(self.collection, 10)

    def contents(self):
        return {str(path.relative_to(self.files.folder)): path.read_text() for path in self.files.folder.rglob("*.json")}

    def test_a_folder_begins_with_an_article_in_each_file(self):
        self.assertEqual(sorted(self.contents())[3:6], ["00000/003.json", "00001/000.json", "00001/001.json"])
        self.assertEqual(len(set(self.contents().values())), 10)

    def test_each_kind_of_change_concerns_its_files_alone(self):
        before = self.contents()
        self.files.new()
        self.assertEqual(set(self.contents()) - set(before), {"00003/000.json", "00003/001.json"})
        before = self.contents()
        self.files.changed()
        self.assertEqual(set(self.contents()), set(before))
        self.assertEqual(len(set(self.contents().items()) - set(before.items())), 2)
        self.assertEqual(len(set(self.contents().values())), 12)
        before = self.contents()
        self.files.removed()
        self.assertEqual(len(set(before) - set(self.contents())), 2)
        self.assertLess(self.contents().items(), before.items())

    def test_no_file_was_written_just_now(self):
        self.assertLess(max(path.stat().st_mtime for path in self.files.paths), updates.LONG_AGO + 100)

    def test_the_table_shows_medians(self):
        costs = [measure.Cost(seconds, seconds / 2, 0) for seconds in (1, 3, 2)]
        options = types.SimpleNamespace(rounds=3, programs=["pindex"])
        lines = updates.table({20: {"pindex": dict.fromkeys(updates.KINDS, costs)}}, options).splitlines()
        self.assertEqual(lines[-1], "| removed | 2.00 (1.00) |")
        self.assertEqual(len(lines), 8)


if __name__ == "__main__":
    unittest.main()
