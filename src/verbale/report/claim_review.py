"""The verdicts of a review as schema.org ClaimReview, in JSON-LD."""

from __future__ import annotations

import datetime
import json
from typing import Any, Final

from verbale.core import VERDICTS, Finding, Ground, Verdict
from verbale.report.findings import ReviewData, writable
from verbale.report.grounds import ground_words

# What each verdict counts on the scale of 1 (false) to 5 (true) that readers of ClaimReview use. The other two verdicts are
# no judgement of the claim, so they carry their name and no figure.
RATINGS: Final[dict[Verdict, int]] = {"supported": 5, "partly": 3, "contradicted": 1}


def review_claims(data: ReviewData, *, day: datetime.date) -> str:
    """Return the verdicts as JSON-LD, a schema.org `ClaimReview` for each in the order of the text; `day` is the review's.

    `reviewRating` has the verdict as `alternateName`, and a figure of 1 to 5 where the claim was judged. A text without claims
    gives an empty `@graph`.
    """
    verdicts = [finding for finding in data.findings if finding.verdict is not None]
    facts = {
        "@context": "https://schema.org",
        "@graph": [_claim_review(data, finding, day, number) for number, finding in enumerate(verdicts, start=1)],
    }
    return writable(json.dumps(facts, ensure_ascii=False, indent=2)) + "\n"


def _claim_review(data: ReviewData, finding: Finding, day: datetime.date, number: int) -> dict[str, Any]:
    document, evidence = data.document, finding.evidence
    appearance = {"@type": "CreativeWork", "name": document.title or document.name, "identifier": document.document_id}
    claim: dict[str, Any] = {"@type": "Claim", "text": evidence.quote, "appearance": appearance}
    if document.author:
        claim["author"] = {"@type": "Person", "name": document.author}
    if document.date:
        claim["datePublished"] = document.date
    maker = {"@type": "Organization", "name": f"Verbale {data.version}".strip()}
    return {
        "@type": "ClaimReview",
        "@id": f"urn:verbale:{document.document_id}:claim-{number}",
        "claimReviewed": evidence.quote,
        "datePublished": day.isoformat(),
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


def _rating(finding: Finding) -> dict[str, Any]:
    assert finding.verdict in VERDICTS  # noqa: S101 - only findings with a verdict come here
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": finding.verdict}
    if finding.verdict in RATINGS:
        rating |= {"ratingValue": RATINGS[finding.verdict], "bestRating": 5, "worstRating": 1}
    told = [f"matched {finding.matched}"] if finding.matched else []
    told += [f"confidence {finding.confidence:.2f}"] if finding.confidence is not None else []
    return rating | ({"ratingExplanation": ", ".join(told)} if told else {})


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
