"""The results: medians, ratios, one table for people."""

import statistics

from . import queries

# Name of a figure, its unit, how a value is written, of which the peers have less the better.
FIGURES = (
    ("index_seconds", "index, s", "{:.1f}"),
    ("index_cpu_seconds", "index, CPU s", "{:.1f}"),
    ("index_peak_mb", "index, peak MB", "{:.0f}"),
    ("index_mb", "index size, MB", "{:.0f}"),
) + tuple((f"{mode}_p{percent}_{unit}", f"{label}, p{percent} {shown}", form)
          for mode, label, form in (("top", "top ten", "{:.2f}"), ("counts", "with counts", "{:.2f}"),
                                    ("snippets", "with snippets", "{:.2f}"), ("command", "whole command", "{:.0f}"))
          for unit, shown in (("ms", "ms"), ("cpu_ms", "CPU ms"))
          for percent in (50, 95))


BY_GROUP = tuple((f"{mode}_{group}_p{percent}_cpu_ms", f"{label}, {shown}, p{percent} ms", "{:.2f}")
                 for mode, label in (("top", "top ten"), ("counts", "with counts"))
                 for group, shown in queries.GROUPS.items() for percent in (50, 95))


def percentile(values, percent):
    """The smallest value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def medians(rounds):
    """Of rounds, each {figure: value}, the median of every figure."""
    names = dict.fromkeys(name for one in rounds for name in one)
    return {name: statistics.median(one[name] for one in rounds if name in one) for name in names}


def ratio(own, other):
    """How many times as much pfind takes: below 1 it takes less."""
    return own / other if other else float("inf")


def render(figures, base="pfind", rows=FIGURES):
    """A Markdown table of {contestant: {figure: value}}: a row per figure that any has, a column per contestant; behind each value
    of another the ratio base/other."""
    contestants = list(figures)
    lines = ["| | " + " | ".join(contestants) + " |", "|---|" + "---:|" * len(contestants)]
    for name, label, form in rows:
        if not any(name in figures[contestant] for contestant in contestants):
            continue
        cells = []
        for contestant in contestants:
            value, own = figures[contestant].get(name), figures.get(base, {}).get(name)
            if value is None:
                cells.append("–")
            elif contestant == base or own is None:
                cells.append(form.format(value))
            else:
                cells.append(f"{form.format(value)} ({ratio(own, value):.2f})")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def disagreements(totals, base="pfind"):
    """How far the contestants find the same: {contestant: (queries compared, those with the same number of results, the
    mean of |difference| / base's number)}."""
    result = {}
    for contestant, numbers in totals.items():
        if contestant == base or base not in totals:
            continue
        pairs = [(own, other) for own, other in zip(totals[base], numbers) if own is not None and other is not None]
        if pairs:
            apart = [abs(own - other) / max(own, 1) for own, other in pairs]
            result[contestant] = (len(pairs), sum(own == other for own, other in pairs), statistics.mean(apart))
    return result
