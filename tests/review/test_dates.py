"""What dates rule out: years beside ages, the order of acts, lives that a text gives, governments and towns of other years."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.review.test_chronicle import needs_parser, read

from verbale.core import VerbaleError
from verbale.review import review
from verbale.review.era_words import load_era_words
from verbale.review.order_words import order_words
from verbale.review.words import DATA

pytestmark = needs_parser


def found(text: str) -> list[str]:
    """Return the messages of date-conflict."""
    return [finding.message for finding in review(read(text), only=["date-conflict"])]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("The trade of the fifteenth century, above all the charter of 1612, is well known.", "1612"),
        ("In the late eighteenth century, when the shogunate fell in 1868, the ports were opened.", "1868"),
        ("The nineteenth century opened badly: in 1709 the fleet was lost.", "1709"),
        ("He served there throughout the 1920s, from 1934 to 1938.", "1934"),
        ("The seventeenth century left one lasting instrument, the convention of Asten (1754).", "1754"),
        ("The second decade of the twentieth century began with the agreement of 1931.", "1931"),
        ("The nineteenth century's last congress, held in 1912, was the largest.", "1912"),
        ("The line was drawn in the last quarter of the nineteenth century, in 1831, by two surveyors.", "1831"),
    ],
)
def test_a_year_outside_its_age(text: str, year: str) -> None:
    assert [message.startswith(f"{year} does not lie") for message in found(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "The trade of the fifteenth century, above all the charter of 1412, is well known.",
        "In the nineteenth century the treaty of 1648 was still quoted.",
        "The 1970s, unlike 1985 and 1987, saw no exchange of prisoners.",
        "From the 1950s, when oil was found, until the agreement of 1971 the border was quiet.",
        "Neutral since 1917, by the 1930s the state traded with all.",
        "The question, open since the sixteenth century, was settled in 1640.",
        "The eighteenth century ended, for diplomats, in 1815.",
    ],
)
def test_an_age_may_be_told_of_with_other_years(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was ratified in March 1851, seven months before it was signed in October 1850.",
        "The embargo was lifted in 1972, three years after it was imposed in 1974.",
        "The refugees returned to the valley in 1997, having fled it in 1999.",
        "The note of 3 July 1911 was answered on 28 June 1911.",
        "The amendment of 1922 revised the law of 1927.",
        "Under the arbitration agreement of 1911, the judges had met in 1908 at Bern.",
        "He took over the mission in 1953 and led it until 1949.",
        "The occupation lasted until 1946. It had begun in 1948.",
        "The war, which broke out in 1884, ended with the peace of 1881.",
        "The truce came into being in 1949. Three years later, in 1946, it broke down.",
        "The coup took place on 15 July 1974. Five days earlier, on 20 July, the paratroops had landed.",
        "The request reached Paris on 12 May 1920. The French reply was dated 4 May 1920.",
        "The bridge was opened to traffic in May 1991. Work on the bridge began in March 1993.",
        "The revolt, begun in 1857, was crushed in 1853.",
    ],
)
def test_an_order_that_grammar_rules_out(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was ratified in October 1851, seven months after it was signed in March 1851.",
        "The note of 28 June 1911 was answered on 3 July 1911.",
        "In 1927 the powers proposed the conference of 1932.",
        "In 1938 the Olympic Games of 1940 were cancelled.",
        "The president's letter of 4 June 1961 answered that of 2 June 1961.",
        "The note of 3 May reached London on 5 May 1855. On 1 May the ambassador had answered an earlier note.",
        "The first truce lasted until 1946. It was in 1949 that a second began, which lasted until 1952.",
        "He served in Rome until 1911. In 1912 he was appointed to Vienna and served there until 1914.",
        "The trade agreement was renewed in 1931 and again in 1934. It had been concluded in 1927.",
        "Congress revised in 1924 the quotas, to which it gave the population of 1920 as a basis.",
    ],
)
def test_an_order_that_may_be(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Anna Velasco (1811-1869) was the daughter of a printer. Velasco wrote her best letters to the office in 1873.",
        "Ludwig Karsten (b. 1902) took part in the siege of 1898 as an engineer.",
        "The envoy Carlo Dessi (1740–1795) kept a diary. According to his diary, he met the consul in 1801.",
        "Baron Felix von Arn (1788 - 1841) wrote the first draft. In 1846 von Arn came back to Frankfurt.",
        "Born in 1899, Elena Marku joined the delegation to the peace conference of 1878 as its interpreter.",
        "Marie Dornier was born in Lille in 1921. In 1929 she was appointed consul at Rabat.",
        "Karl Renn (1902–1987) fought in that war. In 1901 Renn was wounded at the river.",
        "In the autumn of 1964 Nehru assured the envoy that the border was quiet.",
        "Stalin and Mao met in Moscow in December 1953.",
        "The Soviet delegation walked out of the chamber in 1995.",
        "The Israeli cabinet rejected the plan in April 1931.",
        "In 1928 the Kaiser ordered the fleet to Morocco.",
        "He was consul in Stalingrad in 1904.",
        "The talks were held in Constantinople in May 1985.",
    ],
)
def test_nobody_acts_outside_his_life_nor_under_a_name_of_other_years(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Anna Velasco (1811-1869) was the daughter of a printer. Velasco's letters were published in 1873 by her son.",
        "Lord Ashby (1840–1849) governed the islands. In 1852 Ashby sat in the upper house.",
        "Jan Smeets, born in 1899, quoted the treaty of 1839 whenever he could.",
        "The negotiator, Ignaz Peel, died of typhus in 1822. His son Karl Peel signed the articles in November 1824.",
        "The Carter Center sent observers in 2025.",
        "Nehru received the envoy in April 1964.",
        "In 1995 former Soviet officials walked out of the chamber.",
        "The Soviet ambassador of 1972 published his memoirs in 1995.",
        "The Ottoman archives were opened in 1935. Ottoman debts were settled by Turkey in 1935.",
        "The congress met in St Petersburg in 1878 and again in 1998.",
        "In 1925 the Tsar's jewels were sold.",
        "Louis XIV (1638–1715) came to the throne in 1643.",
    ],
)
def test_what_remains_of_somebody_and_what_bears_a_name_again(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The council adopted a resolution in 1966 and another in 1968. The resolution of 1968 went further.",
        "The loan of 1898 was repaid in 1904. The loan of 1906 was never repaid.",
        "The first round of talks opened in March 1989. The second began in May 1990. The talks of May 1990 were shorter.",
    ],
)
def test_things_that_their_dates_tell_apart_are_not_dated_twice(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("file", "load", "line", "message"),
    [
        ("orders.csv", order_words, "moods,gay", r"orders.csv, line \d+, field list: 'moods' is not allowed"),
        ("eras.csv", load_era_words, "river,Rhine,1800,", r"eras.csv, line \d+, field kind: 'river' is not allowed"),
        ("eras.csv", load_era_words, "town,Nowhere,about 900,", r"eras.csv, line \d+, field start: 'about 900' is not allowed"),
        ("eras.csv", load_era_words, "office,Kaiser,1804,1918", r"eras.csv, line \d+, field words: 'Kaiser' stands already"),
    ],
)
def test_a_slip_in_the_words_is_named(tmp_path: Path, file: str, load: Callable[..., object], line: str, message: str) -> None:
    shutil.copy(DATA / file, tmp_path / file)
    with (tmp_path / file).open("a", encoding="utf-8") as out:
        out.write(line + "\n")
    with pytest.raises(VerbaleError, match=message):
        load(folder=tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty of Asten was signed on 4 May 1721. The garrison left. The treaty of 1723 was kept for decades.",
        "The judges of the tribunal gave their award on 3 June 1902. Both sides paid. Nobody now contests the 1912 award.",
        "The three ministers signed the Declaration of Lund in June 2008. Trade grew. The promise of the Declaration of "
        "June 2009 was kept.",
        "The congress met at Carlstad with Danish mediators. The treaty was signed on 9 March 1694. Nobody doubted "
        "what had been accepted at Carlstad in 1684.",
        "The Orsova charter, which the towns sealed on 11 April 1391, bound them all. Little is known of it. The charter "
        "of April 1392 promised them help.",
    ],
)
def test_a_thing_called_by_another_date_than_its_own(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The Treaty of Asten was signed on 4 May 1721. The garrison left. The treaty of 1721 was kept for decades.",
        "The treaty of 1721 ended the war. A second treaty followed. The treaty of 1723 opened the ports.",
        "The Treaty of Asten was signed in 1721, and the Treaty of Holm in 1723. The treaty of 1723 opened the ports.",
        "The judges gave their award on 3 June 1902. Both sides paid. The 1912 election was fought on other things.",
        "The congress met at Carlstad in 1684 and again in 1694. Nobody doubted what had been accepted at Carlstad in 1694.",
        "The Lindau Agreement was signed in 1902. The Antarctic Treaty of 1904 had other parties.",
    ],
)
def test_things_may_be_called_by_dates_of_their_own(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The league was renewed in May 1605, three years after its birth, and again in June 1611.",
        "The treaty with Lund was signed in March 1719, that with Holm in May 1720. Only Asten was left. "
        "The treaty was signed on 4 September 1721.",
        "The Asten Treaty, signed on 3 May 1921, was short. The Senate approved the Asten Treaty on 4 March 1922.",
        "Augustus II gave up the crown in 1706.",
    ],
)
def test_dates_of_other_acts_and_persons_are_no_conflict(text: str) -> None:
    assert found(text) == []
