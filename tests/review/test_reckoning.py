"""Results told sentences after their numbers: what the numbers count, what can be made of them, and what is left alone."""

from __future__ import annotations

import pytest
from tests.review.test_review_room import manuscript

from verbale.review import review
from verbale.review.marking import mark
from verbale.review.quantities import find_quantities
from verbale.review.reckoning import figures, like, results, stem


def test_a_number_is_of_what_stands_behind_it() -> None:
    found = figures(mark("In 545 the city bought 30 heavy guns, and 12 of them were lost in 1563.", 1900))
    assert [each.value for each in found] == [30, 12]
    assert found[0].stems == {stem("heavy"), stem("guns")}
    assert not found[1].stems
    assert like(*found)


def test_a_verb_behind_a_number_is_not_what_it_counts() -> None:
    (grazed,) = figures(mark("A further 160 grazed by the river.", 1900))
    (men,) = figures(mark("They met nine armed men.", 1900))
    assert not grazed.stems
    assert stem("man") not in grazed.stems
    assert stem("armed") in men.stems


def test_results_are_sums_and_differences() -> None:
    assert results([40, 25]) == {15, 25, 40, 65}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from some 780 to some 1,270 million", [780e6, 1270e6]),
        ("between 3 and 4 billion", [3e9, 4e9]),
        ("from 12,000 to 3 million", [12_000, 3e6]),
        ("from 40 to 60 men", [40, 60]),
    ],
)
def test_a_range_shares_the_scale_of_its_end(text: str, values: list[float]) -> None:
    assert [each.value for each in find_quantities(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "The guild sent two embassies. One was of 14 masters, the other of 9. Together the two embassies had 25 masters.",
        "The office needs 36 signatures. By Monday it had 21. So nineteen were still missing.",
        "The seller asked for 900 crowns. The buyer offered 620. They were 340 crowns apart.",
        "The hall had 80 seats. By noon 55 were taken, which left 35 seats free.",
        "The pact needs 30 ratifications. So far 22 states have ratified it. Another eleven are needed.",
        "The island had one school. A second was opened in May. The number of schools thus tripled.",
        "In 1880 the league had 12 members. In 1900 it had 36. Its membership had doubled in twenty years.",
        "The choir has 40 singers. Twenty-two were born in Riga and thirteen in Tartu.",
        "The choir has 40 singers. Twenty-two came from Riga and thirteen from Tartu.",
        "The senate has 31 members. Of these, 15 voted for war. More than half of the senate thus wanted it.",
        "She was obeyed in both of her provinces, and in Thrace as well. She thus ruled five provinces.",
        "Spain had 48 per cent of the trade, France 27, Genoa 16 and Venice 14, together 100 per cent.",
        "Of the 96 ships of the league, Lübeck sent 41 and Danzig 23, together seventy, and the others the rest.",
        "Sixty carts set out. Seventeen broke down, and the rest, forty-eight in number, reached the camp.",
    ],
)
def test_a_result_is_wrong_where_no_numbers_before_it_give_it(text: str) -> None:
    assert [each.check for each in review(manuscript(text), only=["count-arithmetic"])] == ["count-arithmetic"]


@pytest.mark.parametrize(
    "text",
    [
        "The guild sent two embassies. One was of 14 masters, the other of 9. Together the two embassies had 23 masters.",
        "The guild sent two embassies. One was of 14 masters, the other of 9. Together the two embassies had 31 servants.",
        "The office needs 36 signatures. By Monday it had 21. So fifteen were still missing.",
        "It got 68 votes to 32. With a hundred senators voting, sixty-seven were needed.",
        "The seller asked for 900 crowns. The buyer offered 620. They lived 340 miles apart.",
        "He asked for 40 guns. The fort could spare 25. Six of these broke, and he was twenty-one guns short.",
        "The island had one school. A second was opened in May. The number of schools thus doubled.",
        "Turkey sent 60 delegates and Greece 40. The price of a room in the town doubled.",
        "The choir has 40 singers. Twenty-two came from Riga and thirteen from Tartu. The rest were guests.",
        "The choir has 40 singers. Twenty-two were over fifty and thirteen had sung in an opera.",
        "The house has 31 members. Of these, 15 voted for it, 9 against, 7 not. Thus more than half of the votes were for it.",
        "She was obeyed in both of her provinces, and in Thrace as well. She thus ruled three provinces.",
        "Spain had 48 per cent of the trade, France 27, Genoa 16 and Venice 9, together 100 per cent.",
        "Of the 96 ships of the league, Lübeck sent 41 and Danzig 23, together sixty-four, and the others the rest.",
        "One court needed seven judges and found them within a year; the other needed five and took twice as long.",
        "Output is to grow from some 780 to some 1,270 million barrels a year, an addition of 490 million.",
    ],
)
def test_a_result_that_some_numbers_give_is_let_stand(text: str) -> None:
    assert review(manuscript(text), only=["count-arithmetic"]) == []


def test_pages_told_in_the_head_of_a_review_add_up() -> None:
    head = "Ann Lee, The Harbour. Aldine Press, 2001. 310 pp. John Roe, The Hill. Aldine Press, 2002. 240 pp."
    for pages, expected in ((550, 0), (570, 1)):
        text = f"One book is about a harbour, the other about a hill. Together they run to {pages} pages."
        assert len(review(manuscript(head, text), only=["count-arithmetic"])) == expected


def test_an_empty_text_has_no_counts() -> None:
    assert review(manuscript("# Heading"), only=["count-arithmetic"]) == []
