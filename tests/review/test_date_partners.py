"""Tests of partners of an act that did not exist: on parses made by hand, and on the trained model."""

from __future__ import annotations

import pytest
from tests.coding.conftest import build_sentence, document_of
from tests.review.test_arithmetic import parsed
from tests.review.test_review_room import TODAY

from verbale.parse.parser import OWN_MODEL
from verbale.review import Manuscript
from verbale.review.checks.date_partners import find_partners
from verbale.review.chronicle import chronicle_of

SENT = """NATO PROPN 2 compound NNP
envoys NOUN 3 nsubj NNS
went VERB 0 root VBD
home ADV 3 advmod
in ADP 6 case
{year} NUM 3 obl CD
. PUNCT 3 punct"""
SIGNED = """A DET 2 det
treaty NOUN 6 nsubj:pass
with ADP 4 case
Czechoslovakia PROPN 2 nmod NNP
was AUX 6 aux:pass
signed VERB 0 root VBN
in ADP 8 case
{year} NUM 6 obl CD
. PUNCT 6 punct"""


def built(lines: str) -> Manuscript:
    sentences = [build_sentence(lines)]
    return Manuscript(document_of(sentences), sentences, today=TODAY)


def messages(manuscript: Manuscript) -> list[str]:
    return [slip.message for slip in find_partners(manuscript, chronicle_of(manuscript))]


@pytest.mark.parametrize(
    ("lines", "there", "not_there", "message"),
    [
        (SENT, 1956, 1939, "In 1939 there was no NATO (it existed since 1949)."),
        (SIGNED, 1935, 1905, "In 1905 there was no Czechoslovakia (it existed 1918–1992)."),
    ],
)
def test_partners_of_parses_made_by_hand(lines: str, there: int, not_there: int, message: str) -> None:
    assert messages(built(lines.format(year=there))) == []
    assert messages(built(lines.format(year=not_there))) == [message]


needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "The Baghdad Pact, later the Central Treaty Organization, was joined by Pakistan in 1955.",
        "The archives of the League of Nations were opened in 1969.",
        "Five powers formed a contact group in 1977.",
        "He fought in what would become South Sudan in 1898.",
    ],
)
def test_names_of_another_time_are_left_alone(text: str) -> None:
    assert messages(parsed(text)) == []


@needs_model
def test_a_short_name_means_the_body_that_the_text_named() -> None:
    text = "The Economic Community of West African States met in Lagos. In {} the Community sent observers to the border."
    assert messages(parsed(text.format(1981))) == []
    message = "In 1971 there was no Economic Community of West African States (it existed since 1975)."
    assert messages(parsed(text.format(1971))) == [message]
