"""The verdicts of a review as schema.org ClaimReview, in JSON-LD."""

from __future__ import annotations

import datetime
import re
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from verbale.core import VERDICTS, Document, Finding, Ground, Verdict
from verbale.core.wording import sentence
from verbale.report.findings import ReviewData, json_text
from verbale.report.grounds import ground_words

# What each verdict counts on the scale of 1 (false) to 5 (true) that readers of ClaimReview use. The other two verdicts are
# no judgement of the claim, so they carry their name and no figure.
RATINGS: Final[dict[Verdict, int]] = {"supported": 5, "partly": 3, "contradicted": 1}


def review_claims(data: ReviewData, *, day: datetime.date | None = None, url: str = "") -> str:
    """Return the verdicts as JSON-LD, a schema.org `ClaimReview` for each in the order of the text.

    `reviewRating` has the verdict as `alternateName`, and a figure of 1 to 5 where the claim was judged. `url` is where the
    page of the review stands: each verdict names its note there, and without it the note of the page that holds the JSON-LD.
    `day` is the day of the review; without one no date is told, so that the same manuscript gives the same text on any day. A
    text without claims gives an empty `@graph`.
    """
    verdicts = [(number, finding) for number, finding in enumerate(data.findings, start=1) if finding.verdict is not None]
    facts = {
        "@context": "https://schema.org",
        "@graph": [
            _claim_review(data, finding, claim, f"{url.partition('#')[0]}#n{number}", day)
            for claim, (number, finding) in enumerate(verdicts, start=1)
        ],
    }
    return json_text(facts)


def _claim_review(data: ReviewData, finding: Finding, number: int, url: str, day: datetime.date | None) -> dict[str, Any]:
    document, evidence = data.document, finding.evidence
    claim: dict[str, Any] = {"@type": "Claim", "text": evidence.quote, "appearance": _appearance(document)}
    if document.author:
        claim["author"] = {"@type": "Person", "name": document.author}
    if document.date:
        claim["datePublished"] = document.date
    maker = {"@type": "Organization", "name": f"Verbale {data.version}".strip()}
    return {
        "@type": "ClaimReview",
        "@id": f"urn:verbale:{document.document_id}:claim-{number}",
        "url": url,
        "claimReviewed": evidence.quote,
        **({"datePublished": day.isoformat()} if day else {}),
        "author": maker,
        "itemReviewed": claim,
        "reviewRating": _rating(finding),
        "reviewBody": finding.message,
        "isBasedOn": [_work(ground) for ground in finding.grounds],
        # Where the claim stands in the text as kept: characters, end exclusive.
        "identifier": [
            {"@type": "PropertyValue", "name": name, "value": value}
            for name, value in (("start", evidence.start), ("end", evidence.end))
        ],
        **({"reviewAspect": finding.claim.kind} if finding.claim else {}),
    }


def _appearance(document: Document) -> dict[str, Any]:
    """Return the work in which a claim stands: the manuscript, by its file's name alone; who published it as a page is told."""
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": document.title or document.name,
        "identifier": document.document_id,
        "url": quote(PurePath(document.path).name.encode("utf-8", "replace")) if document.path not in (None, "-") else "",
    }
    if document.source and re.fullmatch(r"https?://\S+", document.source):
        work["url"] = document.source
    elif document.source:
        work["publisher"] = {"@type": "Organization", "name": document.source}
    return {name: value for name, value in work.items() if value}


def _rating(finding: Finding) -> dict[str, Any]:
    assert finding.verdict in VERDICTS  # noqa: S101 - only findings with a verdict come here
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": finding.verdict}
    if finding.verdict in RATINGS:
        rating |= {"ratingValue": RATINGS[finding.verdict], "bestRating": 5, "worstRating": 1}
    how = finding.matched.rstrip(".")
    told = [f"Matched {how}." if how.startswith("by ") else f"{sentence(how)}."] if how else []
    told += [f"Confidence {finding.confidence:.2f} of 1."] if finding.confidence is not None else []
    return rating | ({"ratingExplanation": " ".join(told)} if told else {})


def _work(ground: Ground) -> dict[str, Any]:
    if ground.dataset:
        work: dict[str, Any] = {"@type": "Dataset", "name": ground.dataset}
        if ground.edition:
            work["version"] = ground.edition
        if ground.line is not None:
            work["position"] = ground.line
    else:
        work = {"@type": "CreativeWork", "name": ground.document}
        if ground.passage is not None:
            work["identifier"] = ground.passage.document_id
    return work | {"text": ground.text, "description": ground_words(ground)}
