"""The findings of a review for programs and for quick reading: JSON, SARIF 2.1.0, and a Markdown summary."""

from __future__ import annotations

import datetime
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from verbale.core import CheckInfo, Document, Evidence, Finding, Severity
from verbale.core.wording import count, listed
from verbale.report.grounds import ground_facts
from verbale.report.wording import with_article

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "note")
SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
# A quote in the summary is for recognising the place; the whole stands in the JSON.
MAX_QUOTE: Final = 160


@dataclass(frozen=True, slots=True)
class Balance:
    """What a manuscript tells of a pair of states beside what other documents and records hold of the same years.

    `held` and `omitted` are rows of the measure `coverage` by their `kind`: the first row of `held` is the manuscript's own;
    `omitted` are the strongest acts of the side that the manuscript tells less of. `datasets` names the dataset of a holding.
    """

    pair: tuple[str, str]
    held: Sequence[Mapping[str, Any]]
    omitted: Sequence[Mapping[str, Any]]
    datasets: Mapping[str, str]
    warnings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ReviewData:
    """A manuscript, what was found in it, the checks that looked, and the balance of its account if there is one."""

    document: Document
    findings: tuple[Finding, ...]
    checks: tuple[CheckInfo, ...]
    version: str = ""
    balance: Balance | None = None


def review_json(data: ReviewData) -> str:
    """Return the findings as JSON: `check`, `severity`, `start`, `end`, `quote`, `message`, and `evidence` that they rest on.

    Offsets are characters of the document's text as kept, end exclusive. The same manuscript gives the same bytes.
    """
    document = data.document
    facts: dict[str, Any] = {
        "verbale": data.version,
        "document": {
            "document_id": document.document_id,
            "name": document.name,
            "title": document.title,
            "characters": len(document.text),
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
    return writable(json.dumps(facts, ensure_ascii=False, indent=2)) + "\n"


def review_sarif(data: ReviewData) -> str:
    """Return the findings as a SARIF 2.1.0 log, which editors and code hosts show; offsets count Unicode code points."""
    document = data.document
    lines = [0, *(match.end() for match in re.finditer("\n", document.text))]
    uri = _uri(document)
    index = {info.check: number for number, info in enumerate(data.checks)}
    run = {
        "tool": {
            "driver": {
                "name": "Verbale",
                "version": data.version or "0",
                "rules": [
                    {
                        "id": info.check,
                        "name": "".join(part.capitalize() for part in info.check.split("-")),
                        "shortDescription": {"text": info.title},
                        "fullDescription": {"text": info.reason},
                        "defaultConfiguration": {"level": info.severity},
                    }
                    for info in data.checks
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        # The text as kept: for a Word file or a page, lines and offsets are those of the text that was read out of it.
        "artifacts": [{"location": {"uri": uri}, "contents": {"text": document.text}}],
        "results": [
            {
                "ruleId": finding.check,
                **({"ruleIndex": index[finding.check]} if finding.check in index else {}),
                "level": finding.severity,
                "message": {"text": finding.message},
                "locations": [{"physicalLocation": _location(finding.evidence, uri, lines)}],
                "relatedLocations": [
                    {"id": number, "physicalLocation": _location(evidence, uri, lines)}
                    for number, evidence in enumerate(finding.rests_on, start=1)
                ],
                "partialFingerprints": {"verbale/v1": f"{finding.check}:{document.document_id}:{finding.evidence.start}"},
            }
            for finding in data.findings
        ],
    }
    return writable(json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)) + "\n"


def review_markdown(data: ReviewData) -> str:
    """Return a summary in Markdown: counts, then each finding with its line and words, the gravest checks first."""
    document = data.document
    lines = [0, *(match.end() for match in re.finditer("\n", document.text))]
    parts = [f"# Review: {_escaped(document.title or document.name)}", "", summary_sentence(data), ""]
    found = [(info, number) for info, number in by_check(data) if number]
    if found:
        parts += ["| check | severity | findings |", "|---|---|---:|"]
        parts += [f"| {info.title} (`{info.check}`) | {info.severity} | {number} |" for info, number in found]
    for info, _ in found:
        parts += ["", f"## {info.title}", "", f"{info.reason} (`{info.check}`, {info.severity})", ""]
        for finding in data.findings:
            if finding.check == info.check:
                line = bisect_right(lines, finding.evidence.start)
                parts.append(f"- Line {line}: “{_escaped(shortened(finding.evidence.quote))}”: {_escaped(finding.message)}")
    if data.balance is not None:
        parts += ["", "## Balance of the account", "", *(f"- {_escaped(line)}" for line in balance_lines(data.balance))]
        if data.balance.omitted:
            parts += ["", "Left out, the strongest first:", ""]
            parts += [f"- {_escaped(line)}" for line in omitted_lines(data.balance)]
    quiet = [info.title.lower() for info, number in by_check(data) if not number]
    if quiet:
        parts += ["", f"Nothing was found for: {listed(quiet)}."]
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
    return facts | (_claim(finding) if finding.claim else {})


def _claim(finding: Finding) -> dict[str, Any]:
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
    """Return the balance in sentences: what the manuscript tells, what each holding has, then the acts that are left out."""
    own, *others = balance.held
    of = f"{with_article(balance.pair[0])} and {with_article(balance.pair[1])}"
    lines = [
        f"Of {of} the manuscript tells {count(own['cooperation'], 'act')} of cooperation and {own['conflict']} of conflict, "
        f"{own['first_year']}–{own['last_year']}."
    ]
    lines += [
        f"In the same years, {_holding(balance, row)}: {row['cooperation']} of cooperation and {row['conflict']} of conflict; "
        f"of {count(row['years'], 'year')} with such an act, {row['silent_years']} "
        f"{'is' if row['silent_years'] == 1 else 'are'} silent in the manuscript."
        for row in others
        if row["cooperation"] + row["conflict"]
    ]
    return lines


def omitted_lines(balance: Balance) -> list[str]:
    """Return the acts that the manuscript leaves out, a line each, with the lines or ids of what they rest on."""
    lines = []
    for row in balance.omitted:
        years = [row[name].isoformat() for name in ("start", "end") if row[name]]
        when = " to ".join(dict.fromkeys(years)) or "undated"
        when = re.sub(r"^(\d{4})-01-01 to \1-12-31$", r"\1", when)
        found = [str(line) for name in row if name.endswith("_lines") for line in row[name] or ()]
        source = f"line {', '.join(found[:3])}" if found else f"event {', '.join((row['event_ids'] or [])[:1])}"
        size = "" if row["size"] is None or row["scale"] in ("war", "alliance") else f", {row['size']:g} ({row['scale']})"
        lines.append(f"{when}: {row['what']}, {row['side']}{size}; {_holding(balance, row)}, {source}")
    return lines


def _holding(balance: Balance, row: Mapping[str, Any]) -> str:
    dataset = balance.datasets.get(row["holding"])
    return f"{row['holding']} ({dataset})" if dataset else str(row["holding"])


def _balance(balance: Balance) -> dict[str, Any]:
    rows = [
        {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in row.items()}
        for row in (*balance.held, *balance.omitted)
    ]
    return {"pair": list(balance.pair), "datasets": dict(balance.datasets), "rows": rows, "warnings": list(balance.warnings)}


def _location(evidence: Evidence, uri: str, lines: list[int]) -> dict[str, Any]:
    first, last = bisect_right(lines, evidence.start), bisect_right(lines, max(evidence.start, evidence.end - 1))
    region = {
        "charOffset": evidence.start,
        "charLength": evidence.end - evidence.start,
        "startLine": first,
        "startColumn": evidence.start - lines[first - 1] + 1,
        "endLine": last,
        "endColumn": evidence.end - lines[last - 1] + 1,
        "snippet": {"text": evidence.quote},
    }
    return {"artifactLocation": {"uri": uri, "index": 0}, "region": region}


def _uri(document: Document) -> str:
    path = PurePath(document.path or document.name).as_posix()
    return quote(path.encode("utf-8", "replace"), safe="/.-_~")


def _escaped(text: str) -> str:
    """Return text in which nothing is Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]#|~$])", r"\\\1", " ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")


def writable(text: str) -> str:
    """Return text that UTF-8 can hold: a lone surrogate of a broken manuscript becomes a mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
