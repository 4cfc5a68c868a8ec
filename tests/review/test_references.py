"""What a text goes on about: the readings that a sentence leaves open, and votes and travels that refer back."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.review.test_claims import claims

from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document, VerbaleError
from verbale.parse.parser import OWN_MODEL
from verbale.review.claims.reading import Reader
from verbale.review.references import Named, References, load_references, subject_of

needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")


def named(text: str, *states: tuple[str, str]) -> list[Named]:
    return [Named(text.index(word), text.index(word) + len(word), code, "name", word) for word, code in states]


def noted(*sentences: tuple[str, tuple[tuple[str, str], ...]]) -> References:
    references = References(main=("PER",))
    for text, states in sentences:
        references.note(text, named(text, *states))
    return references


@pytest.mark.parametrize(
    ("text", "means", "choices"),
    [
        ("It voted for the resolution.", "state", (("CHL",), ("PER",))),
        ("Both countries signed it in 1904.", "pair", (("CHL", "BOL"), ("PER", "BRA"))),
        ("The president went there in 1904.", "land", (("BOL",), ("CHL",), ("PER",))),
    ],
)
def test_references_have_the_likeliest_choice_first(text: str, means: str, choices: tuple[tuple[str, ...], ...]) -> None:
    references = noted(
        ("Peru bought it from Brazil.", (("Peru", "PER"), ("Brazil", "BRA"))),
        ("Chile fought with Bolivia.", (("Chile", "CHL"), ("Bolivia", "BOL"))),
    )
    (first, *_) = references.find(text, [])
    assert (first.means, first.choices) == (means, choices)


def test_after_a_contrast_the_topic_goes_on() -> None:
    text = "Chile, in contrast, voted for it."
    references = noted(("Peru abstained.", (("Peru", "PER"),)), (text, (("Chile", "CHL"),)))
    assert references.contrasted
    (one,) = references.find("In 1904 it had abstained.", [])
    assert one.choices[0] == ("PER",)


def test_the_subject_is_what_no_preposition_leads_in() -> None:
    text = "From Brazil the guns came to Peru, and Chile protested."
    assert subject_of(text, named(text, ("Brazil", "BRA"), ("Peru", "PER"), ("Chile", "CHL"))) == "CHL"


def test_a_slip_in_the_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "claim_references.csv").write_text("means,pattern\nstate,(\n", encoding="utf-8")
    with pytest.raises(VerbaleError, match="a regular expression"):
        load_references.__wrapped__(folder=tmp_path)


def test_readings_of_a_sentence() -> None:
    text = "Peru and Chile met. It abstained."
    manuscript = prepare(Document("note", text, (Block(0, len(text), "paragraph"),)), today=datetime.date(2026, 6, 1))
    reader = Reader(manuscript)
    reader.remember("Peru and Chile met.")
    reader.read("It abstained.", 0)
    assert reader.actors("It abstained.") == ((0, 2, "PER"),)


@needs_model
@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        # two voters in one sentence are two claims, each with its own words
        (
            "China abstained on Resolution 1973 and the United States voted against it.",
            {"China abstained on Resolution 1973": "supported", "the United States voted against it": "contradicted"},
        ),
        (
            "On Resolution 1973, in 2011, France voted yes and China no.",
            {"France voted yes": "supported", "China no": "contradicted"},
        ),
        ("Brazil and Turkey abstained on Resolution 1929.", {"Brazil and Turkey abstained": "contradicted"}),
        ("The Council adopted Resolution 1973 in 2011. India abstained.", {"India abstained.": "supported"}),
        ("Resolution 1929 was adopted unanimously.", {"Resolution 1929 was adopted unanimously.": "contradicted"}),
        ("All five permanent members voted for Resolution 1929.", {"All five permanent members voted": "supported"}),
    ],
)
def test_every_voter_is_a_claim_of_its_own(text: str, verdicts: dict[str, str]) -> None:
    found = {finding.evidence.quote: finding.verdict for finding in claims(text)}
    for words, verdict in verdicts.items():
        assert [one for quote, one in found.items() if words in quote] == [verdict], found


@needs_model
def test_a_report_is_no_prediction_and_not_covered() -> None:
    (finding,) = claims("According to some accounts, officers believed in 1994 that Peru would not fight for the valley.")
    assert (finding.claim.kind if finding.claim else "", finding.verdict) == ("attribution", "not covered")
