"""Claims that are none: the page's own words; and names that meant another state in the year told beside them."""

from __future__ import annotations

import datetime

import pytest

from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document
from verbale.parse.parser import OWN_MODEL
from verbale.review.claims.deals import Deals
from verbale.review.claims.find import is_of_the_page
from verbale.review.claims.reading import Reader

needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")


@pytest.mark.parametrize(
    "text",
    [
        "Page 14 of 31 - Chile and Peru after 1883",
        "France and Siam, 1893-1907 | 212",
        "212 | France and Siam, 1893-1907",
        "Copyright 2004 Institute for Baltic Studies.",
        "© Norwegian Historical Society 1999",
        "Printed in the Netherlands.",
        "First published in Great Britain in 1974.",
        "Downloaded from archive.example.org by a guest on 9 June 2021.",
        "Revue of Andean History, Vol. 8, No. 2 (1979), pp. 30-52",
        "ISSN: 1234-5678",
        "Translated by Maria Sundqvist",
        "Received 3 May 1988; accepted 9 September 1988.",
        "(Notes omitted; from a report to the Danish parliament.)",
    ],
)
def test_the_words_of_a_page_are_no_claims(text: str) -> None:
    assert is_of_the_page(text)


@pytest.mark.parametrize(
    "text",
    [
        "Received by the Shah in 1888, the British envoy signed the agreement.",
        "Printed in Vienna, the treaty was published in 1879.",
        "Published in 1917 by Russia, the secret treaties embarrassed France and Britain.",
        "Sweden and Denmark signed the convention in 1905 (it was never ratified).",
        "Chile took Tacna in 1880.",
        "Volume 4 of the treaty series has the pact of 1939.",
        "A month later the text on shipping, number 48, met with one negative vote, from Lima.",
        "Resolution no. 12 of 1931 found Siam and Japan on opposite sides.",
        "The copyright treaty of 1891 bound the United States and Britain.",
        "Page after page of the Treaty of 1839 speaks of Belgium.",
        "Translated by a Greek dragoman, the Treaty of 1774 gave Russia a claim which the Porte denied.",
    ],
)
def test_sentences_that_begin_like_a_footer_state_something(text: str) -> None:
    assert not is_of_the_page(text)


def _reader(text: str) -> Reader:
    return Reader(prepare(Document("note", text, (Block(0, len(text), "paragraph"),)), today=datetime.date(2026, 1, 1)))


@needs_model
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Belgrade was bound to Prague in 1922 and to Bucharest in 1923.", {"YUG", "CSK", "ROU"}),
        ("Prague was an ally of Paris in 1926, and of Moscow in 1936.", {"CSK", "FRA", "RUS"}),
        ("Prague joined with Budapest in 1999 and with Riga in 2004.", {"CZE", "HUN", "LVA"}),
        ("Belgrade recognised Bonn in 1951 and broke with it in 1957.", {"YUG", "DEU"}),
    ],
)
def test_a_capital_among_several_years_is_that_of_the_state_of_the_nearest(text: str, codes: set[str]) -> None:
    assert {one.code for one in _reader(text).states(text)} == codes


@needs_model
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("France sold gas turbines for Peruvian corvettes in 1975.", "engines"),
        ("Germany supplied engines for Indian tanks in 1986.", "engines"),
        ("Canada delivered aircraft engines to Peru in 1961.", "engines"),
        ("Italy delivered tank turrets to Peru in 1990.", "turrets"),
        ("Italy sold four frigates to Peru in 1974.", "frigates"),
        ("Peru ordered tanks from France in 1949.", "tanks"),
    ],
)
def test_what_is_built_into_arms_is_what_was_dealt_in(text: str, kind: str) -> None:
    deal = Deals(_reader(text)).find(text)
    assert deal is not None
    assert deal.kind == kind
