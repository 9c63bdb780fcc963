"""What the drivers written in Python share: the protocol of suite.measure.Driver."""

import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from suite import queries as drawn  # noqa: E402


def process_microseconds(pid):
    """Processor time of all threads that a process has."""
    total = 0
    for thread in pathlib.Path(f"/proc/{pid}/task").iterdir():
        total += int((thread / "schedstat").read_text().split()[0])
    return total / 1000


def answer_all(queries_path, ask, server=None):
    """Answers modes from standard input. `ask(query, mode)`: its number of results, None where unknown. `server`: the process
    that does the work, where it is another one; its time is counted beside this one's."""
    queries = drawn.read(queries_path)

    def spent():
        return time.process_time() * 1e6 + (process_microseconds(server) if server else 0)

    for mode in sys.stdin:
        took, cpu_took, totals = [], [], []
        for query in queries:
            before = spent()
            start = time.perf_counter()
            totals.append(ask(query, mode.strip()))
            took.append((time.perf_counter() - start) * 1e6)
            cpu_took.append(spent() - before)
        print(json.dumps({"us": took, "cpu_us": cpu_took, "totals": totals}), flush=True)


def day_number(day, days_after=0):
    """Seconds since 1970 at the beginning of a day."""
    import calendar
    return calendar.timegm(time.strptime(day, "%Y-%m-%d")) + days_after * 86400
