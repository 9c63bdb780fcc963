"""Lucene, by a small program (LuceneBench.java) for its library."""

import functools
import pathlib
import subprocess

from suite import measure

from .peer import HERE, Peer

JARS = ("core", "analyzers-common", "queries", "facet", "highlighter", "memory")


class Lucene(Peer):
    name = "lucene"
    packages = ("liblucene8-java", "default-jdk-headless")

    def java(self, *arguments, options=()):
        classes = self.collection.folder.parent / "lucene-classes"
        jars = [str(next(pathlib.Path("/usr/share/java").glob(f"lucene-{jar}-[0-9]*.jar"))) for jar in JARS]
        path = ":".join([str(classes), *jars])
        compile_driver(str(classes), path)
        return ["java", *options, "-cp", path, "LuceneBench", *arguments]

    def prepare(self):
        self.collection.tab_separated()
        self.java()

    def write_index(self):
        return measure.run(self.java("index", self.index, self.collection.tab_separated(), options=["-Xmx2g"]))

    def driver(self):
        return measure.Driver(self.java("queries", self.index, self.collection.queries(), options=["-Xmx2g"]))

    def command(self, query):
        return self.java("one", self.index, query.line(), options=["-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"])


@functools.cache
def compile_driver(classes, path):
    pathlib.Path(classes).mkdir(parents=True, exist_ok=True)
    compiled = subprocess.run(["javac", "-nowarn", "-d", classes, "-cp", path, HERE / "LuceneBench.java"], capture_output=True,
                              text=True)
    if compiled.returncode:
        raise measure.BenchError(f"cannot compile LuceneBench.java: {compiled.stderr.strip().splitlines()[0]}")
