"""Running programs and taking what they cost."""

import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib
import subprocess
import sys
import time


class BenchError(Exception):
    """Something that cannot be measured, in one line."""


@dataclasses.dataclass
class Cost:
    """What a program took from its start to its end, with all that it started and waited for."""
    seconds: float
    cpu_seconds: float
    peak_bytes: int


def run(command, input_path=None, allowed=(0,), env=None):
    """Runs a program, its output dropped, and gives its Cost. Raises BenchError where it fails."""
    with open(input_path or os.devnull, "rb") as stdin, open(os.devnull, "wb") as nowhere:
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=stdin, stdout=nowhere, stderr=subprocess.PIPE,
                                   env={**os.environ, **(env or {})})
        with process.stderr:
            errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        last = errors.decode(errors="replace").strip().splitlines()[-1:]
        raise BenchError(f"{command[0]} failed with status {process.returncode}: {' '.join(last)}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def bytes_below(path):
    """What a file or folder takes on disk."""
    path = pathlib.Path(path)
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_blocks * 512 for file in files)


class Driver:
    """A program that answers queries in one process: reads `MODE` a line and answers with one line of JSON for all queries, in
    their order: {"us": [microseconds], "cpu_us": [of processor time], "totals": [results, or null]}."""

    def __init__(self, command, env=None):
        self.name = command[0]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env={**os.environ, **(env or {})})

    def answers(self, mode):
        try:
            self.process.stdin.write(mode + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # its last words tell
        line = self.process.stdout.readline()
        if not line:
            raise BenchError(f"{self.name} ended while it answered queries ({mode})")
        return json.loads(line)

    def close(self):
        with self.process, contextlib.suppress(BrokenPipeError):  # it may have ended by itself
            self.process.stdin.close()


class Turns:
    """Where others use the machine too: a lock held while something is measured, for some minutes, then left to others for
    some."""

    def __init__(self, path, hold=240, rest=180):
        self.path, self.hold, self.rest = path, hold, rest
        self.file = None
        self.since = 0

    def take(self):
        """Before each thing measured."""
        if self.path is None:
            return
        if self.file is not None and time.monotonic() - self.since > self.hold / 2:
            self.leave()
            time.sleep(self.rest)
        if self.file is None:
            self.file = open(self.path, "w")
            fcntl.flock(self.file, fcntl.LOCK_EX)
            self.since = time.monotonic()

    def leave(self):
        if self.file is not None:
            self.file.close()
            self.file = None


def say(line):
    print(f"bench: {line}", file=sys.stderr, flush=True)
