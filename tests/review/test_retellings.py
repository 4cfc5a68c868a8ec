"""Times in every wording, happenings that a text tells again in other words, and who acts after the end that it tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.review.test_chronicle import found, needs_parser

from verbale.core import VerbaleError
from verbale.review.dates import WrittenDate
from verbale.review.moments import Moment, day_number, find_times, of_date, without_cited_years
from verbale.review.pairs import one_figure
from verbale.review.retelling_scorer import load_scorer
from verbale.review.retellings import load_kindred
from verbale.review.time_words import load_time_words
from verbale.review.words import DATA

LAST = of_date(WrittenDate(0, 0, 1890, 1, 20))


def times(text: str, *, last: Moment | None = None, early: bool = False) -> list[tuple[str, int, int]]:
    """Return the words of each time with its first and last month, counted from the year 0."""
    return [
        (text[each.start : each.end], each.first // 31, each.last // 31) for each in find_times(text, last=last, early=early)
    ]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("They met in the autumn of 1688.", "the autumn of 1688", (1688, 8), (1688, 12)),
        ("It fell in the last days of the year 1902.", "the last days of the year 1902", (1902, 12), (1902, 12)),
        ("It was sold early in the spring of 1763.", "early in the spring of 1763", (1763, 2), (1763, 4)),
        ("It had run since the middle of March 1951.", "middle of March 1951", (1951, 3), (1951, 3)),
        ("They left a fortnight after Easter 1916.", "a fortnight after Easter 1916", (1916, 3), (1916, 5)),
        ("In the second half of 1944 it rained.", "the second half of 1944", (1944, 6), (1944, 12)),
        ("It was the fashion of the late 1780s.", "late 1780s", (1785, 7), (1789, 12)),
    ],
)
def test_a_time_is_read_as_exactly_as_it_is_written(
    text: str, words: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    assert times(text) == [(words, day_number(*first) // 31, day_number(*last) // 31)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("In that February it froze.", (1890, 2), (1890, 2)),
        ("The following spring it thawed.", (1890, 2), (1890, 6)),
        ("The year before, nobody came.", (1889, 1), (1889, 12)),
        ("They spoke in the summer of that year.", (1890, 5), (1890, 9)),
        ("At Christmas they signed.", (1890, 12), (1890, 12)),
    ],
)
def test_a_time_may_lean_on_the_one_told_before(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert [(one, other) for _, one, other in times(text, last=LAST)] == [(day_number(*first) // 31, day_number(*last) // 31)]
    assert times(text) == []


def test_three_figures_are_a_year_only_in_a_text_of_such_years() -> None:
    text = "In 567 the envoy came with 300 men in 45 ships."
    assert times(text) == []
    assert [words for words, _, _ in times(text, early=True)] == ["567"]


def test_a_bracket_that_cites_is_no_date() -> None:
    text = "He died young (Khaldun, in Levtzion and Hopkins 1981, 335), in the treaty year (1856)."
    assert [words for words, _, _ in times(without_cited_years(text))] == ["1856"]


@pytest.mark.parametrize(("one", "other", "told"), [(1689, 1698, True), (1846, 1856, True), (1907, 1921, False)])
def test_a_slip_of_one_figure(one: int, other: int, told: bool) -> None:
    assert one_figure(one, other) is told


@needs_parser
@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (
            (
                "The envoys met at Pilsen on 3 June 1656. The peace was sealed at Danzig on 9 July 1657, and towns swore "
                "to it. In 1661 the towns built a mole. The king died in 1670, and his son sold the mole.",
                "The settlement with the towns, concluded in the autumn of 1658, was their last.",
            ),
            "autumn of 1658",
        ),
        (
            (
                "Eight states of the equator signed a declaration at Quito on 3 May 1926. In 1930 a bureau was opened. "
                "In 1935 it was closed.",
                "When the states of the equator issued their declaration, in the first weeks of 1928, nobody listened.",
            ),
            "first weeks of 1928",
        ),
    ],
)
def test_a_happening_told_again_in_other_words_with_another_date(paragraphs: tuple[str, ...], words: str) -> None:
    assert any(words in message for message in found(*paragraphs))


@needs_parser
@pytest.mark.parametrize(
    "paragraphs",
    [
        ("The treaty with Chile was signed in 1904. In 1907 a treaty with Peru was signed, and in 1909 both were printed.",),
        ("The first mission sailed in May 1851.", "The second mission, which sailed in May 1852, was lost."),
        ("The act of 1934 closed the ports. In 1936 the town burned.", "The act of 1939 opened them again."),
        ("Peru signed the convention in 1889.", "Bolivia, which had signed in 1890, ratified it at once."),
        (
            "Talks began in June 1921. They were broken off in August 1921.",
            "The talks that had begun in June 1921 were forgotten.",
        ),
    ],
)
def test_two_happenings_of_one_kind_are_no_conflict(paragraphs: tuple[str, ...]) -> None:
    assert found(*paragraphs) == []


@needs_parser
@pytest.mark.parametrize(
    ("paragraphs", "told"),
    [
        (("Captain Orr died in February 1874, and told the Admiralty in the summer of that year that he was well.",), True),
        (
            (
                "General Rojas was killed on 3 May 1901.",
                "In June 1902 the ports opened. There Rojas met the consuls.",
            ),
            True,
        ),
        (
            (
                "General Rojas was killed on 3 May 1901.",
                "In June 1902 the ports opened. There his widow met the consuls.",
            ),
            False,
        ),
        (("Captain Orr died on 3 May 1874.", "In 1875, as the papers of Orr show, the fleet had sailed too late."), False),
    ],
)
def test_the_dead_do_nothing_whatever_gives_the_time(paragraphs: tuple[str, ...], told: bool) -> None:
    assert any("die" in message for message in found(*paragraphs)) is told


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("times.csv", "season,monsoon,June,0930", r"times.csv, line \d+, field first: 'June' is not allowed"),
        ("times.csv", "weather,rain,0,0", r"times.csv, line \d+, field kind: 'weather' is not allowed"),
        ("kindred.csv", "rain,mood,rain|drizzle", r"kindred.csv, line \d+, field kind: 'mood' is not allowed"),
        ("retellings.csv", "charm,0,1,0.5", r"retellings.csv, line \d+, field fact: 'charm' is not allowed"),
        ("retellings.csv", "start,0,1,much", r"retellings.csv, line \d+, field (?:fact|weight)"),
    ],
)
def test_a_slip_in_a_table_is_named_by_file_line_and_field(tmp_path: Path, file: str, line: str, message: str) -> None:
    load = {"times.csv": load_time_words, "kindred.csv": load_kindred, "retellings.csv": load_scorer}[file]
    shutil.copy(DATA / file, tmp_path / file)
    with (tmp_path / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(VerbaleError, match=message):
        load(folder=tmp_path)


@needs_parser
@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        # a city speaks for its state, whatever state of its name is gone
        ("Buenos Aires agreed to the terms in 1971.", False),
        # a year that is left out may be any that was told just before
        (
            "The treaty of Quito was signed on 5 May 1931 and entered into force on 3 June 1932. "
            "Shortly before the signature, on 7 April, rebels had blown up the bridge.",
            False,
        ),
        (
            "The treaty of Quito was signed on 5 May 1931 and entered into force on 3 June 1932. "
            "Shortly before the signature, on 7 August, rebels had blown up the bridge.",
            True,
        ),
        (
            "In 1861 the province proclaimed a republic. The war that followed began on 8 July and ended on 12 May 1865.",
            False,
        ),
        # a day that is set is no time of the setting
        (
            "Mary Oru was elected premier in May 1987. Premier Oru has since named 1 May 1997 as the day of the vote.",
            False,
        ),
        # another sort or title, another treaty
        (
            "The envoys signed a treaty on 3 March 1840. It lapsed in 1842. "
            "The trade treaty signed at Lima in 1847 opened the ports.",
            False,
        ),
        (
            "The Nine-Power Treaty was signed on 3 March 1912. The Five-Power Treaty was signed on 9 May 1913.",
            False,
        ),
    ],
)
def test_what_the_text_tells_apart_is_no_slip(paragraph: str, told: bool) -> None:
    assert bool(found(paragraph)) is told


@needs_parser
@pytest.mark.parametrize(
    ("paragraph", "told"),
    [
        ("The means were those of 1921 to 1950, a series of thirty years.", False),
        ("The means were those of 1921 to 1950, a series of thirty-five years.", True),
        ("The museum was opened in 1950. The city plans a fair for 1990, when the league will be ninety years old.", False),
        ("The league was founded in 1950. The city plans a fair for 1990, when the league will be ninety years old.", True),
        (
            "The union was founded in April 1920. Its head, Ana Rook, who was born in May 1890 and died in March 1970, "
            "was by then twenty-nine years old.",
            False,
        ),
        (
            "The union was founded in April 1920. Its head, Ana Rook, who was born in May 1890 and died in March 1970, "
            "was by then thirty-nine years old.",
            True,
        ),
        (
            "The pact was signed on 9 May 1855, the fortieth anniversary of the battle, and it was ratified in June 1856.",
            False,
        ),
    ],
)
def test_times_and_ages_are_counted_from_what_they_are_told_of(paragraph: str, told: bool) -> None:
    assert bool(found(paragraph)) is told
