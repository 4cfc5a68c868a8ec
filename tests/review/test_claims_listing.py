"""Which claims are listed, with which words: whole spans, none twice, and kinds by what the words say."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest

from verbale.app.flows import review_records
from verbale.app.flows.reviewing import prepare
from verbale.core import Block, Document, Finding
from verbale.parse.parser import OWN_MODEL
from verbale.review import Holdings, KnownDataset, find_statements, review
from verbale.review.claims.clauses import clauses
from verbale.review.claims.spans import whole_span

TODAY = datetime.date(2026, 6, 1)
needs_model = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")
KNOWN = {
    name: KnownDataset(name, name, 1950, 2030) for name in ("sipri-transfers", "un-votes", "un-council-votes", "un-vetoes")
}


def order(**values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "source": "FRA", "supplier": "France", "target": "PER", "recipient": "Peru", "year": 1980, "year_uncertain": False,
        "ordered": 10, "weapon": "X-20B2", "description": "fighter aircraft", "delivered": 10, "delivered_uncertain": False,
        "delivery_years": [1984], "comments": None, "tiv_unit": 20.0, "line": 7,
    }  # fmt: skip
    return row | values


def claims(text: str, *rows: dict[str, Any]) -> list[Finding]:
    manuscript = prepare(Document("note", text, (Block(0, len(text)),)), today=TODAY)
    holdings = Holdings({"sipri-transfers": rows}, {"sipri-transfers": "2025"}, KNOWN)
    return review(manuscript, only=["claim"], statements=find_statements(manuscript), holdings=holdings)


def span(text: str, part: str) -> str:
    start = text.index(part)
    found = whole_span(text, (start, start + len(part)), (0, len(text)))
    return text[slice(*found)]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        # half words
        ("Peru bought S-300s in 1999.", "Peru bought S", "Peru bought S-300s"),
        ("The raid on Iran’s port ended.", "The raid on Iran", "The raid on Iran’s"),
        ("It sank 1.5 million tons.", "It sank 1", "It sank 1.5"),
        ("The Anglo-Persian war began.", "Persian war", "Anglo-Persian war"),
        ("It was lost by 60% of them.", "It was lost by 60", "It was lost by 60%"),
        ("Chile took Tacna¹ in 1880.", "Chile took Tacna", "Chile took Tacna"),
        # brackets
        ("In the Lower War (1604–1613), they fled.", "In the Lower War (1604–1613", "In the Lower War (1604–1613)"),
        ("They struck bases (one near Basra).", "They struck bases (one near", "They struck bases (one near Basra)"),
        ("Bases (one near Basra) were struck.", "one near Basra) were struck", "(one near Basra) were struck"),
        ("The siege (of it (the old)) was over.", "The siege (of it (the", "The siege (of it (the old))"),
        # citations, left out as a whole or taken as a whole
        ("They left the pact in 1853 [12, 14].", "They left the pact in 1853 [12", "They left the pact in 1853"),
        ("They left it in 1853 (Figes 2010, ch. 5).", "They left it in 1853 (Figes 2010", "They left it in 1853"),
        ("They left it in 1853 (see Rao, Pacts, 9).", "They left it in 1853 (see Rao", "They left it in 1853"),
        ("They left it (Figes 2010) in May.", "They left it (Figes 2010) in May", "They left it (Figes 2010) in May"),
        # quotations
        ("It was “an act of war” to him.", "It was “an act", "It was “an act of war”"),
        ('It was "an act of war" to him.', 'It was "an act', 'It was "an act of war"'),
        ('"Peru", he said, "fled in May" once.', 'Peru", he said, "fled', '"Peru", he said, "fled in May"'),
        # edges
        ("In May, Peru left, and so did Chile.", ", Peru left,", "Peru left"),
        # what has no other end stays
        ("The list a) has Peru, b) has Chile.", "a) has Peru", "a) has Peru"),
        ("“It was a long paragraph of Peru.", "“It was a long paragraph", "“It was a long paragraph"),
    ],
)
def test_the_words_of_a_claim_are_whole(text: str, part: str, whole: str) -> None:
    assert span(text, part) == whole


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "In 1980 Peru ordered ten X-20B2 aircraft from France, and they arrived in 1984.",
        "Ten X-20B2 fighters, ordered by Peru in 1980, were delivered by France in 1984.",
        "Egypt and Syria attacked Israel in October 1973.",
        "Sweden called on Denmark and Norway to open the strait in 1931.",
        "Resolution 1803, of 3 March 2008, passed by 14 votes to none, with Indonesia abstaining.",
        "In November 1977 China abstained when the council adopted resolution 418.",
        "Treaties with Chile, Peru, Brazil and Bolivia were signed by Argentina in 1902.",
    ],
)
def test_no_claim_stands_twice(text: str) -> None:
    found = claims(text, order())
    assert found
    counts = Counter((one.evidence.start, one.evidence.end, one.claim.kind, one.verdict) for one in found if one.claim)
    assert max(counts.values()) == 1


@needs_model
def test_what_is_joined_keeps_the_parts_and_the_grounds_of_all() -> None:
    (found,) = claims("Egypt and Syria attacked Israel in October 1973.")
    assert found.claim is not None
    assert set(found.claim.parts["actors"].split(", ")) == {"EGY", "SYR", "ISR"}
    assert found.verdict == "supported"
    assert "Egypt" in found.message
    assert "Syria" in found.message
    assert len({(one.dataset, one.line, one.text) for one in found.grounds}) == len(found.grounds)


@needs_model
def test_what_differs_in_its_verdict_stays_apart() -> None:
    found = claims("The last X-20B2 fighters, ordered by Peru from France in 1980, came in 1991.", order())
    assert {one.verdict for one in found} >= {"contradicted"}
    assert len({(one.evidence.start, one.evidence.end, one.claim.kind, one.verdict) for one in found if one.claim}) == len(
        found
    )


def kinds(text: str) -> set[str]:
    return {one.claim.kind for one in claims(text) if one.claim}


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "In the First World War Bulgaria attacked Serbia in October 1915.",
        "Japan defeated China in the First Sino-Japanese War of 1894.",
        "The Soviet Union signed an agreement with Germany during the First Five-Year Plan in 1931.",
        "Portugal sided with Germany in the First World War.",
        "One of the largest fleets of the time, that of Spain, attacked Peru in 1866.",
        "Among the largest buyers, Sweden ordered tanks from Britain in 1950.",
        "On the first of September 1939 Germany attacked Poland.",
        "In the last days of May 1940 Germany attacked Belgium.",
        "In the first month of 1863 Russia attacked Poland.",
        "In the last eighty years Japan has attacked nobody in Russia since 1945.",
        "Last year's winner, France, attacked Spain in 1823 at the First Consul's old fort.",
    ],
)
def test_a_name_or_a_date_makes_no_superlative(text: str) -> None:
    assert "superlative" not in kinds(text)


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Japan was the first state to attack Russia in 1904.",
        "The first war of Chile with Peru began in 1836.",
        "The largest supplier of Peru was France between 1970 and 1980.",
        "In 1904 Japan attacked Russia for the first time.",
    ],
)
def test_a_first_and_a_largest_stay_superlatives(text: str) -> None:
    assert "superlative" in kinds(text)


@needs_model
def test_the_shared_article_has_whole_spans_and_none_twice() -> None:
    article = Path(__file__).parents[3] / "shared" / "articles" / "iran-russia-part1.txt"
    if not article.is_file():
        pytest.skip("needs the shared article")
    text = article.read_text(encoding="utf-8")
    found = claims(text)
    for one in found:
        quote = one.evidence.quote
        assert quote.count("(") == quote.count(")"), quote
        assert quote.count("“") == quote.count("”"), quote
    counts = Counter((one.evidence.start, one.evidence.end, one.claim.kind, one.verdict) for one in found if one.claim)
    assert max(counts.values()) == 1


def could(text: str) -> str:
    (found,) = claims(text)
    return found.message


@needs_model
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russia vetoed a draft of the Security Council on Syria in February 2012.", {"un-council-votes", "un-vetoes"}),
        ("China voted against the Security Council text on Zimbabwe in July 2008.", {"un-council-votes", "un-vetoes"}),
        ("In July 2008 China cast a veto against sanctions on Zimbabwe.", {"un-council-votes", "un-vetoes"}),
        ("In 1975 Brazil voted in the General Assembly for the resolution on Zionism and dams.", {"un-votes"}),
    ],
)  # fmt: skip
def test_what_could_tell_of_a_vote_is_the_record_of_that_body(text: str, names: set[str]) -> None:
    told = could(text)
    assert {name for name in KNOWN if f"(`{name}`" in told} == names


@needs_model
def test_a_record_that_goes_on_has_no_last_year() -> None:
    told = could("Russia vetoed a draft resolution of the Security Council on Syria in February 2012.")
    assert "since 1950" in told or "from 1950" in told
    assert "2030" not in told


@needs_model
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Britain and Russia signed the Treaty of Berlin in Vienna in 1878.", "place: Berlin"),
        ("The Molotov-Ribbentrop Pact was signed in Berlin in August 1939 by Germany and the Soviet Union.", "place: Moscow"),
        ("Egypt and Israel signed their peace treaty in Cairo on 26 March 1979.", "place: Washington"),
        ("On 18 May 1881 Germany, Austria-Hungary and Italy concluded the Triple Alliance at Vienna.", "date: 1882-05-20"),
        ("The Treaty of Turkmenchay was signed in 1828 by Spain and Persia.", "parties: RUS, IRN"),
    ],
)
def test_what_differs_is_named(text: str, value: str) -> None:
    differs = {
        part for one in claims(text) if one.verdict in ("partly", "contradicted") for g in one.grounds for part in g.differs
    }
    assert value in differs


@needs_model
def test_a_claim_names_those_who_act_in_it_and_no_others() -> None:
    text = "Peru and Chile met in May. France watched Bolivia and Brazil. Spain and Portugal signed a treaty in Paris in 1856."
    found = [one.claim.parts["actors"] for one in claims(text) if one.claim and "1856" in one.claim.parts.get("years", "")]
    assert found == ["ESP, PRT"]


def test_words_that_describe_arms_name_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    models = ["Rapier", "Skyguard", "S-300 System", "Patrol boat", "Hornet Fighter"]
    described = ["SAM system", "fire control radar", "SAM system", "patrol craft", "fighter aircraft"]
    table = ibis.memtable(pa.table({"weapon": models, "description": described}))
    monkeypatch.setattr("verbale.records.installed", lambda **_: ("sipri-transfers",))
    monkeypatch.setattr("verbale.records.table", lambda *_, **__: table)
    assert review_records.designations(None, folder=tmp_path) == {"Rapier", "Skyguard", "Hornet"}


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Paraguay has fought two inter-state wars.",
        "In the Seven Weeks' War Italy was allied with Austria.",
        "The Soviet Union on August 8 declared war on Japan in 1945.",
    ],
)
def test_no_words_stand_twice_but_for_their_full_stop(text: str) -> None:
    ends = [(one.evidence.start, one.evidence.quote.rstrip("."), one.verdict) for one in claims(text)]
    assert len(ends) == len(set(ends))
    assert sum(verdict == "not covered" for *_, verdict in ends) in (0, len(ends))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "In 1921 contracts went to Sweden, Denmark, and the Netherlands, while Belgian firms were excluded.",
            ["In 1921 contracts went to Sweden, Denmark, and the Netherlands, while Belgian firms were excluded."],
        ),
        (
            "The peace led to the loss of Finland, Bothnia, and other parts of the North, but also imposed a tax on Sweden.",
            ["The peace led to the loss of Finland, Bothnia, and other parts of the North, but also imposed a tax on Sweden."],
        ),
        (
            "Peru signed the treaty in 1873, and Chile, which had watched for long, attacked Bolivia in 1879.",
            ["Peru signed the treaty in 1873", "Chile, which had watched for long, attacked Bolivia in 1879."],
        ),
        (
            "Peru signed the treaty in 1873, and in 1879, while Argentina waited, Chile attacked Bolivia.",
            ["Peru signed the treaty in 1873", "in 1879, while Argentina waited, Chile attacked Bolivia."],
        ),
        ("Peru signed in 1921, but Chile left the pact in 1923.", ["Peru signed in 1921", "Chile left the pact in 1923."]),
    ],
)
def test_a_sentence_falls_into_statements_and_not_into_its_lists(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in clauses(text)] == parts


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "In 1955 Turkey and Iraq signed the Baghdad Pact (Jansson 2001).",
        "In 1955 Turkey and Iraq signed the Baghdad Pact (Jansson 2001: 12; Okafor and Lind 1998).",
        "Turkey and Iraq (see Jansson 2001, 44) signed the Baghdad Pact in 1955.",
    ],
)
def test_the_year_of_a_cited_book_is_none_of_the_claim(text: str) -> None:
    years = {one.claim.parts.get("years", "") for one in claims(text) if one.claim}
    assert years == {"1955"}


VISITS = {name: KnownDataset(name, name, 1870, 2030) for name in ("us-travels", "us-visits", "icews-events")}


@needs_model
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The foreign ministers of Peru and Chile met at Tacna in 1999.", {"icews-events"}),
        ("The foreign ministers of Peru and the United States met at Tacna in 1999.", set(VISITS)),
        ("The towers of the old harbour were painted in the colours of the Hansa.", set()),
    ],
)
def test_a_record_of_one_state_is_not_named_for_others(text: str, named: set[str]) -> None:
    manuscript = prepare(Document("note", text, (Block(0, len(text)),)), today=TODAY)
    found = review(manuscript, only=["claim"], statements=find_statements(manuscript), holdings=Holdings(known=VISITS))
    assert {name for one in found for name in VISITS if name in one.message} == named
