"""The findings of a review for programs and for quick reading: JSON, and a Markdown summary."""

from __future__ import annotations

import calendar
import datetime
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from verbale.core import CheckInfo, Document, Evidence, Finding, Severity
from verbale.core.wording import TYPE_WORDS, count, listed, with_article
from verbale.report.grounds import ground_facts, ground_words
from verbale.report.visible import escaped_json, visible

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
# A quote in the summary is for recognising the place; the whole stands in the JSON.
MAX_QUOTE: Final = 160
# Rows and passages of a verdict in the summary; the JSON has all.
MAX_GROUNDS: Final = 3
# So many of a quote's letters and figures must stand at their places in the file; a page may write some as entities.
_ALIKE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Balance:
    """What a manuscript tells of a pair of states beside what other documents and records hold of the same years.

    `held` and `omitted` are rows of the measure `coverage` by their `kind`: the first row of `held` is the manuscript's own;
    `omitted` are the strongest acts of the side that the manuscript tells less of. `datasets` names the dataset of a holding,
    `names` the states by their codes.
    """

    pair: tuple[str, str]
    held: Sequence[Mapping[str, Any]]
    omitted: Sequence[Mapping[str, Any]]
    datasets: Mapping[str, str]
    warnings: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of the manuscript's file as an editor shows it, and where each character of the text as kept stands in it."""

    text: str
    places: Sequence[int]
    kept: str

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of the text as kept stands in the file, None where the file has other words there."""
        if not start < end <= len(self.places):
            return None
        letters = [at for at in range(start, end) if self.kept[at].isalnum()]
        alike = sum(self.text[self.places[at]] == self.kept[at] for at in letters)
        if not letters or alike < _ALIKE * len(letters):
            return None
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True, slots=True)
class ReviewData:
    """A manuscript, what was found in it, the checks that looked, and the balance of its account if there is one.

    `file` is there where the manuscript is a text that editors open; then lines are those of the file.
    """

    document: Document
    findings: tuple[Finding, ...]
    checks: tuple[CheckInfo, ...]
    version: str = ""
    balance: Balance | None = None
    file: FileText | None = None


def review_json(data: ReviewData) -> str:
    """Return the findings as JSON: `check`, `severity`, `start`, `end`, `quote`, `message`, and `evidence` that they rest on.

    Offsets are characters (Unicode code points) of the document's text as kept, which stands in `document.text`, end exclusive.
    The same manuscript gives the same bytes.
    """
    return json_text(review_facts(data))


def review_facts(data: ReviewData) -> dict[str, Any]:
    """Return what `review_json` writes, as plain objects."""
    document = data.document
    return {
        "verbale": data.version,
        "document": {
            "document_id": document.document_id,
            "name": document.name,
            "title": document.title,
            "characters": len(document.text),
            "text": document.text,
        },
        "summary": {
            "findings": len(data.findings),
            **{f"{severity}s": number for severity, number in by_severity(data).items()},
            "by_check": {info.check: number for info, number in by_check(data)},
        },
        "checks": [
            {"check": info.check, "severity": info.severity, "title": info.title, "reason": info.reason} for info in data.checks
        ],
        "findings": [_finding(finding) for finding in data.findings],
        "balance": None if data.balance is None else _balance(data.balance),
    }


def json_text(facts: Mapping[str, Any]) -> str:
    """Return facts as JSON that UTF-8 can hold, with characters that nobody sees as escapes."""
    return writable(escaped_json(json.dumps(facts, ensure_ascii=False, indent=2))) + "\n"


def review_markdown(data: ReviewData) -> str:
    """Return a summary in Markdown: counts, then each finding with its line and words, the gravest checks first."""
    document = data.document
    parts = [f"# Review: {_escaped(document.title or document.name)}", "", summary_sentence(data), ""]
    found = [(info, number) for info, number in by_check(data) if number]
    if found:
        parts += ["| check | severity | findings |", "|---|---|---:|"]
        parts += [f"| {info.title} (`{info.check}`) | {info.severity} | {number} |" for info, number in found]
    lines = _line_numbers(data)
    for info, _ in found:
        parts += ["", f"## {info.title}", "", f"{info.reason} (`{info.check}`, {info.severity})", ""]
        for finding in data.findings:
            if finding.check == info.check:
                words = _escaped(shortened(finding.evidence.quote))
                parts.append(f"- Line {lines(finding.evidence)}: “{words}”: {_escaped(finding.message)}")
                parts += [f"  - {_escaped(ground_words(ground))}" for ground in finding.grounds[:MAX_GROUNDS]]
    if data.balance is not None:
        parts += ["", "## Balance of the account", "", *(f"- {_escaped(line)}" for line in balance_lines(data.balance))]
        if data.balance.omitted:
            parts += ["", "Left out, of the side that the manuscript tells less of, the strongest of each record first:", ""]
            parts += [f"- {_escaped(line)}" for line in omitted_lines(data.balance)]
    quiet = [info.title.lower() for info, number in by_check(data) if not number]
    if quiet:
        parts += ["", f"Nothing was found for: {'; '.join(quiet)}."]
    return writable("\n".join(parts)) + "\n"


def by_severity(data: ReviewData) -> dict[Severity, int]:
    """Return how many findings there are of each severity, the gravest first."""
    counts = Counter(finding.severity for finding in data.findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def by_check(data: ReviewData) -> list[tuple[CheckInfo, int]]:
    """Return every check that looked with the number of its findings, in the order of the checks."""
    counts = Counter(finding.check for finding in data.findings)
    return [(info, counts[info.check]) for info in data.checks]


def summary_sentence(data: ReviewData) -> str:
    """Say in a sentence what was found."""
    if not data.findings:
        return f"Nothing was found by {count(len(data.checks), 'check')}."
    kinds = [count(number, severity) for severity, number in by_severity(data).items() if number]
    return f"{count(len(data.findings), 'finding')}: {listed(kinds)}."


def shortened(text: str) -> str:
    """Return a quote in one line, with its middle left out where it is long."""
    line = " ".join(text.split())
    half = MAX_QUOTE // 2 - 2
    return line if len(line) <= MAX_QUOTE else f"{line[:half].rstrip()} … {line[-half:].lstrip()}"


def _finding(finding: Finding) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "check": finding.check,
        "severity": finding.severity,
        "start": finding.evidence.start,
        "end": finding.evidence.end,
        "quote": finding.evidence.quote,
        "message": finding.message,
        "evidence": [{"start": each.start, "end": each.end, "quote": each.quote} for each in finding.rests_on],
    }
    return facts | (claim_facts(finding) if finding.claim else {})


def claim_facts(finding: Finding) -> dict[str, Any]:
    """Return what only a claim has; its evidence are rows of datasets and passages of other documents."""
    claim = finding.claim
    return {
        "kind": claim.kind if claim else "",
        "parts": dict(claim.parts) if claim else {},
        "verdict": finding.verdict,
        "confidence": finding.confidence,
        "matched": finding.matched,
        "evidence": [ground_facts(ground) for ground in finding.grounds],
    }


def balance_lines(balance: Balance) -> list[str]:
    """Return the balance in sentences: what the manuscript tells, what each holding has, and how acts are counted."""
    own, *others = balance.held
    of = f"{with_article(balance.pair[0])} and {with_article(balance.pair[1])}"
    lines = [
        f"Of {of} the manuscript tells {count(own['cooperation'], 'act')} of cooperation and {own['conflict']} of conflict, "
        f"{own['first_year']}–{own['last_year']}."
    ]
    told = [row for row in others if row["cooperation"] + row["conflict"]]
    lines += [f"In the same years, {_holding(balance, row)} has {_acts(row)}. {_silence(row)}" for row in told]
    if any(row["holding"] in _HOLDINGS for row in told):
        lines.append(
            "In a record, an alliance, a war and a dispute count as one act each, and so does a year of deliveries of arms."
        )
    return lines


def _acts(row: Mapping[str, Any]) -> str:
    parts = [f"{count(row[side], 'act')} of {side}" for side in ("cooperation", "conflict") if row[side]]
    return listed(parts) if len(parts) > 1 else f"{parts[0]} and none of {'conflict' if row['cooperation'] else 'cooperation'}"


def _silence(row: Mapping[str, Any]) -> str:
    years, silent = row["years"], row["silent_years"]
    if not silent:
        return (
            f"The manuscript tells of some act in {'that year' if years == 1 else f'each of the {years} years of these acts'}."
        )
    if silent == years:
        when = "that year" if years == 1 else f"any of the {years} years of these acts"
        return f"The manuscript tells nothing of {when}."
    return f"The manuscript tells nothing of {silent} of the {years} years of these acts."


def omitted_lines(balance: Balance) -> list[str]:
    """Return the acts that the manuscript leaves out, a line each, with the lines or ids of what they rest on."""
    found: dict[str, list[str]] = {}
    for row in balance.omitted:
        lines = [str(line) for name in row if name.endswith("_lines") for line in row[name] or ()]
        source = f"line{'s' if len(lines) > 1 else ''} {listed(lines[:3])}" if lines else ""
        source = source or f"event {', '.join((row['event_ids'] or [])[:1])}"
        told = f"{_when(row)}: {_what(balance, row)}, {row['side']}{_size(row)}; {_holding(balance, row)}"
        if source not in found.setdefault(told, []):
            found[told].append(source)
    return [f"{told}, {'; '.join(sources)}" for told, sources in found.items()]


def _when(row: Mapping[str, Any]) -> str:
    """Return the time of an act: the year of one that lasts just a year, else its days."""
    start, end = row["start"], row["end"]
    if not start:
        return "undated"
    if end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    return " to ".join(dict.fromkeys(f"{day.day} {calendar.month_name[day.month]} {day.year}" for day in (start, end) if day))


def _what(balance: Balance, row: Mapping[str, Any]) -> str:
    """Return an act in words: states by their names, a type of event by its noun, what has a number as one of its list."""
    names = {code: with_article(name) for code, name in balance.names.items()}
    what = str(row["what"])
    if between := re.fullmatch(r"(\w+),? ([A-Z]{3})>([A-Z]{3})", what):
        kind, giver, taker = between[1], names.get(between[2], between[2]), names.get(between[3], between[3])
        if kind == "arms":
            return f"arms from {giver} to {taker}"
        return f"{dict[str, str](TYPE_WORDS.items()).get(kind, kind)}, {giver} towards {taker}"
    return re.sub(r"^(alliance|dispute|war) (?=\d+$)", r"\1 no. ", what)


def _size(row: Mapping[str, Any]) -> str:
    if row["size"] is None or row["scale"] in ("war", "alliance"):
        return ""
    known = _SIZES.get(row["scale"])
    return f", {known.format(row['size'])}" if known else f", {row['size']:g} ({row['scale']})"


# What a holding is called, by the kind of its record; and how large its acts are.
_HOLDINGS: Final = {
    "wars": "the record of wars",
    "disputes": "the record of militarised disputes",
    "alliances": "the record of alliances",
    "transfers": "the record of arms transfers",
}
_SIZES: Final = {
    "trend-indicator value, millions": "trend-indicator value {:,.0f} million",
    "hostility level, 1 to 5": "hostility level {:g} of 5",
    "Goldstein value": "Goldstein value {:g}",
}


def _holding(balance: Balance, row: Mapping[str, Any]) -> str:
    dataset = balance.datasets.get(row["holding"])
    called = _HOLDINGS.get(row["holding"], f"the {row['holding']} of the ledger")
    return f"{called} ({dataset})" if dataset else called


def _balance(balance: Balance) -> dict[str, Any]:
    rows = [
        {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in row.items()}
        for row in (*balance.held, *balance.omitted)
    ]
    return {"pair": list(balance.pair), "datasets": dict(balance.datasets), "rows": rows, "warnings": list(balance.warnings)}


def _line_numbers(data: ReviewData) -> Callable[[Evidence], int]:
    """Return what tells the line in which words begin: in the file where its text was given, else in the text as kept."""
    file, text = data.file, data.document.text if data.file is None else data.file.text
    lines = [0, *(match.end() for match in re.finditer("\r\n|\r|\n", text))]
    return lambda words: bisect_right(lines, words.start if file is None else file.places[words.start])


def _escaped(text: str) -> str:
    """Return text in one line in which nothing is Markdown or HTML, and nothing invisible."""
    line = " ".join(visible(text).split())
    return re.sub(r"([\\`*_\[\]#|~$])", r"\\\1", line).replace("&", "&amp;").replace("<", "&lt;")


def writable(text: str) -> str:
    """Return text that UTF-8 can hold: a lone surrogate of a broken manuscript becomes a mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
