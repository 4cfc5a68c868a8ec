"""The findings of a review as a SARIF 2.1.0 log, which editors and code hosts show."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final
from urllib.parse import quote

from verbale.core import Document, Evidence, Finding, Verdict
from verbale.report.findings import ReviewData, claim_facts, json_text
from verbale.report.grounds import ground_words
from verbale.report.visible import visible

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
# What the specification (3.27.9) calls what a verdict says. Whatever is no "fail" has the level "none".
KINDS: Final[Mapping[Verdict, str]] = {
    "supported": "pass",
    "contradicted": "fail",
    "partly": "fail",
    "not covered": "open",
    "uncheckable": "notApplicable",
}
# Grounds that the message tells; the properties have all.
MAX_GROUNDS: Final = 6
# A quote of fewer words is known by those around it, too: "brazen" may stand in a text many times.
_KNOWN_ALONE: Final = 5
_AROUND: Final = 3
_LINE_END: Final = re.compile("\r\n|\r|\n")
# What stands for standard input where a file should be named; no reader of SARIF takes "-" for it.
_STANDARD_INPUT: Final = "stdin"


def review_sarif(data: ReviewData) -> str:
    """Return the findings as a SARIF 2.1.0 log.

    Lines and columns are those of the file where its text was given (`data.file`), else of the text as kept; columns count
    Unicode code points. Each result has the offsets in the text as kept among its properties, and a claim its verdict. A
    fingerprint is made of the check and of the words, so that it stays where another part of the text is changed.
    """
    places = _Places(data)
    index = {info.check: number for number, info in enumerate(data.checks)}
    prints = _fingerprints(data)
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
        # "\r" alone ends a line for editors, which the default of the format does not know.
        "newlineSequences": ["\r\n", "\r", "\n"],
        "artifacts": [
            {"location": _artifact(data.document), "roles": ["analysisTarget"], "contents": {"text": places.text}},
        ],
        "results": [
            {
                "ruleId": finding.check,
                **({"ruleIndex": index[finding.check]} if finding.check in index else {}),
                "kind": _kind(finding),
                "level": finding.severity if _kind(finding) == "fail" else "none",
                "message": {"text": _message(finding)},
                "locations": [{"physicalLocation": places.location(finding.evidence)}],
                "relatedLocations": [
                    {"id": number, "physicalLocation": places.location(evidence)}
                    for number, evidence in enumerate(finding.rests_on, start=1)
                ],
                "partialFingerprints": {"verbale/v2": prints[number]},
                "properties": {
                    "start": finding.evidence.start,
                    "end": finding.evidence.end,
                    **(claim_facts(finding) if finding.claim else {}),
                },
            }
            for number, finding in enumerate(data.findings)
        ],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _kind(finding: Finding) -> str:
    return "fail" if finding.verdict is None else KINDS[finding.verdict]


def _message(finding: Finding) -> str:
    """Return what a finding says with the rows and passages of a verdict, a line each; nothing in it is invisible."""
    lines = [finding.message, *(ground_words(ground) for ground in finding.grounds[:MAX_GROUNDS])]
    if len(finding.grounds) > MAX_GROUNDS:
        lines.append(f"There are {len(finding.grounds) - MAX_GROUNDS} more.")
    return "\n".join(map(visible, lines))


def _fingerprints(data: ReviewData) -> list[str]:
    """Return what each finding is known by: a hash of its check and words, and which of those with the same hash it is."""
    text, seen, found = data.document.text, Counter[str](), []
    for finding in data.findings:
        start, end = finding.evidence.start, finding.evidence.end
        words = finding.evidence.quote.split()
        told = [finding.check, " ".join(words)]
        if finding.claim is not None:
            told += [finding.claim.kind, finding.claim.parts.get("act", "")]
        if len(words) < _KNOWN_ALONE:
            told.append(" ".join(text[max(0, start - 100) : start].rpartition("\n")[2].split()[-_AROUND:]))
            told.append(" ".join(text[end : end + 100].partition("\n")[0].split()[:_AROUND]))
        known = hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()[:16]
        seen[known] += 1
        found.append(f"{known}:{seen[known]}")
    return found


class _Places:
    """Where the words of the text as kept stand in the file, by lines and columns."""

    def __init__(self, data: ReviewData) -> None:
        self._document, self._file = data.document, data.file
        self.text = data.document.text if data.file is None else data.file.text
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def location(self, evidence: Evidence) -> dict[str, Any]:
        """Return a physical location; without a region where the words do not stand in the file as they are kept."""
        artifact = {**_artifact(self._document), "index": 0}
        span = (evidence.start, evidence.end)
        if self._file is not None:
            found = self._file.span(evidence.start, evidence.end)
            if found is None:
                return {"artifactLocation": artifact}
            span = found
        start, end = span
        first, last = bisect_right(self._lines, start), bisect_right(self._lines, max(start, end - 1))
        region = {
            "startLine": first,
            "startColumn": start - self._lines[first - 1] + 1,
            "endLine": last,
            "endColumn": end - self._lines[last - 1] + 1,
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": self.text[start:end]},
        }
        return {"artifactLocation": artifact, "region": region}


def _artifact(document: Document) -> dict[str, Any]:
    """Return where the manuscript is: a relative path as it was named, an absolute one as a URI of its file."""
    path = document.path or document.name
    if path == "-":
        return {"uri": _STANDARD_INPUT, "description": {"text": "Standard input"}}
    windows = PureWindowsPath(path)
    pure: PurePath = windows if windows.drive else PurePosixPath(path)
    uri = quote(pure.as_posix().encode("utf-8", "replace"), safe="/.-_~:" if windows.drive else "/.-_~")
    return {"uri": f"file://{'/' if windows.drive else ''}{uri}" if pure.is_absolute() else uri}
