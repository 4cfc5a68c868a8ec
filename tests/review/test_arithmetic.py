"""The parts of the arithmetic checks: numbers, durations, dates and marks as read, and the ways of telling a slip."""

from __future__ import annotations

import pytest
from tests.review.test_review_room import TODAY, manuscript

from verbale.core import Block, Document
from verbale.parse import load_parser, split
from verbale.review import Manuscript, review
from verbale.review.citations import without_citations
from verbale.review.dates import find_dates, find_moments
from verbale.review.durations import YEAR, find_durations
from verbale.review.marking import closed_up, mark
from verbale.review.numbers import ORDINAL_YEARS
from verbale.review.quantities import find_quantities, read_fraction, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three hundred and twenty-eight", 328),
        ("2.5 million", 2_500_000),
        ("half a dozen", 6),
        ("one and a half million", 1_500_000),
        ("1,390", 1_390),
        ("two hundred thousand and five", 200_005),
        ("two million one hundred and ten thousand", 2_110_000),
    ],
)
def test_numbers_are_read_in_figures_and_words(text: str, value: float) -> None:
    assert read_number(text) == value
    (found,) = find_quantities(f"It had {text} of them.")
    assert (found.value, found.kind) == (value, "count")


def test_words_that_are_no_number_are_refused() -> None:
    with pytest.raises(ValueError, match="many"):
        read_number("many")
    with pytest.raises(ValueError, match="a lot"):
        read_fraction("a lot")


def test_numbers_in_names_are_none_and_kinds_are_told_apart() -> None:
    text = "Resolution 1737, Article 5 and the S-300: 62 per cent, $40 million, two thirds and twelve."
    assert [each.kind for each in find_quantities(text)] == ["percent", "money", "fraction", "count"]


@pytest.mark.parametrize(
    ("text", "years", "about"),
    [
        ("a decade-long siege", 10, ""),
        ("for nearly ten years", 10, "less"),
        ("half a century later", 50, ""),
        ("a quarter of a century", 25, ""),
        ("a third of a century", 100 / 3, ""),
        ("two thirds of a century", 200 / 3, ""),
        ("more than three decades", 30, "more"),
        ("some twenty years", 20, "about"),
        ("two and a half years", 2.5, ""),
        ("within a year", 1, "within"),
        ("thirty-odd years", 30, "about"),
    ],
)
def test_durations_are_read_in_every_form(text: str, years: float, about: str) -> None:
    (found,) = find_durations(text)
    assert found.days / YEAR == pytest.approx(years)
    assert found.about == about


def test_a_name_is_no_duration() -> None:
    assert find_durations("The Hundred Years War began.") == ()


def test_dates_without_a_year_take_that_of_their_neighbour() -> None:
    dates = find_moments("from 28 December to 3 January 1950")
    assert [(date.year, date.month, date.day) for date in dates] == [(1949, 12, 28), (1950, 1, 3)]
    assert find_moments("on 3 March") == ()
    assert [date.year for date in find_moments("on 3 March", 1907)] == [1907]


def test_a_day_alone_is_one_of_the_month_told_last() -> None:
    (told,) = find_moments("on 23 July 1914")
    assert [(date.month, date.day) for date in find_moments("War came on the 28th.", 1914, told)] == [(7, 28)]
    assert find_moments("It was over on the 3rd.", 1914, told) == ()
    assert find_moments("the art of the 17th and 18th centuries", 1914, told) == ()


def test_jubilees_of_hundreds_are_read() -> None:
    years = {"hundred and fiftieth": 150, "two hundred and fiftieth": 250, "six hundredth": 600}
    assert {name: ORDINAL_YEARS[name] for name in years} == years


def test_years_before_our_era_count_down() -> None:
    assert [date.year for date in find_dates("He reigned from 1279 to 1213 BCE.")] == [-1279, -1213]


def test_marks_keep_every_offset() -> None:
    text = "On 3 May 1950, ten years later, 40 per cent of the twelve states left."
    marked = mark(text)
    assert len(marked.marks) == len(text)
    assert (len(marked.dates), len(marked.durations), len(marked.quantities)) == (1, 1, 2)
    assert marked.value(text.index("twelve")) == 12


DURATIONS = [
    "The treaty of 1815 was renewed in 1850, twenty-five years later.",
    "He ruled for twelve years, from 1801 to 1809.",
    "The port was closed in 1904. It was opened again in 1911. It had been shut for ten years.",
    "The subsidies were stopped in 1904. They were paid again in 1907, after a gap of almost seven years.",
    "The patrols began in 1904. They were called off in 1907. Nine years of quarrels, and nothing was settled.",
    "The siege began in 1904. It took all of nine years before the fort was taken in 1908.",
    "The envoy left on 3 March 1870. Twelve days later, on 25 March 1870, he was back.",
    "Ems was signed in 1712 and Orb in 1740. The forty years between them were quiet.",
    "The ports were closed in 1639. The squadron dropped anchor in 1853. A century and a half of seclusion was over.",
    "The league was formed in December 1508 and fell apart in February 1510. Nearly four years was all that it lasted.",
    "Sukarno declared independence on 17 August 1945. The Dutch gave in on 27 December 1949. Seven years had passed.",
    "On 3 June 1875 the mission left Yangon. On 9 September it was back in Calcutta, barely six weeks after it had set out.",
    "From the ultimatum of 23 July to the declaration of war on 28 July 1914 eleven days went by.",
    "Kruger became president in 1883. His eleven years in office ended with his flight in 1900.",
    "The embassy was closed in December 1961. The Soviet embassy, shut for thirty-eight years, reopened in 1990.",
    "The union came into being in 1834. When it celebrated its fiftieth anniversary, in 1874, Austria was still outside.",
    "The truce began on 3 May 1805. It was broken in May of the next year, three years later.",
]
COUNTS = [
    "The four signatories were Britain, France and Italy.",
    "The note went to both Britain, France and Italy.",
    "The five offices that the duke gave up were the mint, the customs and the post.",
    "The four were the duties on wool, wine and timber.",
    "Five ports closed: Emden and Bremen in 1804, Danzig in 1805 and Riga in 1807.",
    "He kept three great agencies, at Antwerp, Cadiz, Genoa and Marseille.",
    "He came with a suite of 60: forty guards, twelve grooms and three priests.",
    "Norway paid 41 per cent, Denmark 30, Sweden 28 and Finland 11.",
    "Two thirds of the land went to the duke, and the remaining half to the city.",
    "The motion was carried by 210 votes to 120, out of 350 cast.",
    "Of the hundred senators, 68 voted for it, 32 voted against and five stayed away.",
    "It passed by 52 votes to 48, a majority of six.",
    "In the north 75 per cent voted for Denmark and 35 per cent for Germany and the rest abstained.",
    "Five of the twelve ships, or 60 per cent, were lost.",
    "Trade doubled from 20 million to 30 million francs.",
    "Four considerations moved the cabinet: the cost of the navy, the strength of the squadron, and the wish to stay out.",
    "First, the toll was raised. Second, the port was closed. Fourth, the envoy was sent home.",
    "The conference set up four committees. The first dealt with debts, the second with borders. The third drew up the act.",
    "The mission consisted of nine men: a colonel, two captains, four surveyors and a doctor.",
    "Both sons, Bohemond, Roger and Guy, took the cross.",
    "The Triple Alliance of Chile and Peru was renewed in November.",
    "Its council has fifteen seats. Five are permanent and nine go by election.",
    "Of its 200 ships, a quarter, or 40, flew the Greek flag.",
    "Each of the six provinces sent four deputies, twenty-eight in all.",
    "The company paid 5 per cent on a loan of two million francs, which came to 50,000 francs a year.",
    "Of 500 voters 300 were for the union and 150 against it. The remaining 80 stayed at home.",
    "They were worth 90 million in 1928 and 30 million in 1932. They had been halved.",
    "The term would be lengthened from six months to nine, that is to say doubled.",
    "The duke governed four towns, in Ghent, Bruges and Lille, from afar.",
    "Two drafts went before the treaty: the note of May 1841, for a year; the accord of 1842, for three; and the act of 1843.",
    "The edict brought back two of them (Ghent, Bruges and Lille) and promised more.",
    "It made one league of four cantons, Uri and Schwyz, under a single captain.",
    "The report foresaw 3,500 sailors, 240 clerks and 1,100 porters, in all some 5,900 people.",
]
DATES = [
    "The council ratified in 1905 the treaty signed in 1907.",
    "The treaty of Basel was signed in 1795. When the treaty of Basel was concluded, in 1797, the war was over.",
    "The strike ended in 1820 after it had begun in 1823.",
    "In 1935 the United Nations adopted a plan.",
    "Magellan was killed in 1521. In 1526 Magellan pleaded for peace.",
    "The company was founded late in the nineteenth century, in 1923.",
    "The census was taken on 1999-13-02.",
    "The Baltic League was founded in 1871. The founding of the Baltic League in 1873 changed little.",
]
CLEAN = [
    "The treaty of 1815 was renewed in 1850, thirty-five years later, and again in 1890.",
    "He ruled for nearly ten years, from 1801 to 1810.",
    "The three signatories were Britain, France and Italy.",
    "The three offices that the duke gave up were the mint, the customs and the post.",
    "The four men were old, tired and hungry.",
    "Four ports closed: Emden and Bremen in 1804, Danzig in 1805 and Riga in 1807.",
    "He came with a suite of 55: forty guards, twelve grooms and three priests.",
    "Norway paid 31 per cent, Denmark 30, Sweden 28 and Finland 11.",
    "Two thirds of the land went to the duke, and the remaining third to the city.",
    "The motion was carried by 210 votes to 120, out of 330 cast.",
    "He cited four grounds: usage, consent, estoppel and equity. First, the court took up usage. Second, consent.",
    "The subsidies were stopped in 1904. They were paid again in 1907, after a gap of three years.",
    "Of the hundred senators, 68 voted for it and 32 against.",
    "It passed by 52 votes to 48, a majority of four.",
    "Five of the twelve ships, or about 42 per cent, were lost.",
    "The treaty was signed in 1905 and ratified in 1907, after the war of 1904.",
    "In 1975 Jimmy Carter was little known. He visited Panama in 1994.",
    "The company was founded late in the nineteenth century, in 1897.",
    "Magellan was killed in 1521. In 1526 his friends pleaded for peace.",
    "The envoy left Lisbon in 1514 and reached Gondar in 1520. His servant, who had spent five years in Goa, spoke for him.",
    "The ambassador came in 1901. He lived there for twelve years, came back in 1913 and died in 1949.",
    "After three years of drought the herders moved south. In 1974 the border was closed, and in 1983 it was opened again.",
    "The railway reached the coast in 1901; the second took eight years to build and was finished in 1914.",
    "The convention of 1856 was kept. The undertaking held for fifty-nine years. In 1915 the works began again.",
    "He had served in Peking for nine years when he was moved to Tokyo in 1895; he left Japan in 1900.",
    "The three powers, Britain and France on one side and Russia on the other, could not agree.",
    "He had three aims: to keep the port and the fort, to win time, and to divide his enemies.",
    "They submitted it to five arbitrators: two named on one side, two on the other, and a Russian in the chair.",
    "Twenty per cent of the loan went to arms, 30 per cent to railways, and the rest to old debts.",
    "There were two exceptions. The first was Siam. The second was Ethiopia, which had beaten an army.",
    "Of its 193 members 141 voted in favour and five against; 35 abstained.",
    "It passed by 40 votes to 3 with 8 abstentions, Siam, Persia and Nepal being the three.",
    "The pact was signed on 12 March 1904 by six cities: Ghent, Bruges, Lille, Ypres, Douai and Arras.",
    "Three cities signed two pacts each, namely Ghent, Bruges and Lille.",
    "The charter ends in ten rules. They include the five rules (the old oath) which the guilds had sworn.",
    "One declined; the other eleven accepted, so that with the hosts there were fourteen.",
    "The report foresaw 3,500 sailors, 240 clerks and 1,100 porters, in all some 4,800 people.",
]


def parsed(text: str) -> Manuscript:
    """Return a paragraph as a manuscript whose sentences have their trees."""
    made = manuscript(text)
    sentences = load_parser(estimates=False).parse(made.sentences)
    return Manuscript(made.document, tuple(sentences), today=TODAY)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        *(("duration-arithmetic", text) for text in DURATIONS),
        *(("count-arithmetic", text) for text in COUNTS),
        *(("date-conflict", text) for text in DATES),
    ],
)
def test_a_slip_is_found_in_each_way_of_telling_it(check: str, text: str) -> None:
    assert [each.check for each in review(parsed(text), only=[check])] == [check]


def test_days_of_a_text_without_years_are_compared_and_told_without_one() -> None:
    text = "The queen signed the warrant on 3 March. Nineteen days later, on 15 March, she tried to recall it."
    (found,) = review(parsed(text), only=["duration-arithmetic"])
    assert "from 3 March to 15 March it is twelve days" in found.message


@pytest.mark.parametrize("text", CLEAN)
def test_right_arithmetic_is_left_alone(text: str) -> None:
    assert review(parsed(text), only=["duration-arithmetic", "count-arithmetic", "date-conflict"]) == []


def test_totals_of_a_table_are_added_up() -> None:
    rows = "| A | 12 |\n| B | 14 |\n| Total | {} |"
    decimals = "| A | 2.5 |\n| B | 2.0 |\n| C | 4.5 |\n| D | 4.0 |\n| Total | {} |"
    cases = [(rows, "27", 1), (rows, "26", 0), (decimals, "14.0", 1), (decimals, "13.0", 0), (decimals, "13.1", 0)]
    for table, total, expected in cases:
        text = table.format(total)
        document = Document("test", text, (Block(0, len(text), "table"),))
        found = review(Manuscript(document, split(document), today=TODAY), only=["count-arithmetic"])
        assert len(found) == expected


@pytest.mark.parametrize(
    ("head", "said", "found"), [("Years", "11", 0), ("Years", "12", 0), ("Years", "17", 1), ("Ships", "17", 0)]
)
def test_a_column_of_times_is_held_against_the_dates_of_its_rows(head: str, said: str, found: int) -> None:
    rows = f"| Line | Begun | Opened | {head} |\n|---|---|---|---|\n| North | 1862 | 1870 | 8 |\n| South | 1868 | 1873 | 5 |"
    text = f"{rows}\n| East | 1871 | 1882 | {said} |"
    tested = Manuscript(Document("test", text, (Block(0, len(text), "table"),)), (), today=TODAY)
    slips = review(tested, only=["duration-arithmetic"])
    assert [each.evidence.quote for each in slips] == [said] * found


def _with_table(told: str, *, before: bool) -> Manuscript:
    """Return a paragraph beside a table of ships as a manuscript."""
    table = "| Port | Ships |\n|---|---|\n| Ghent | 12 |\n| Bruges | 14 |\n| Lille | 16 |\n| **Total** | 42 |"
    parts = [told, table] if before else [table, told]
    text = "\n\n".join(parts)
    first = len(parts[0])
    one, other = (0, first), (first + 2, len(text))
    paragraph, rows = (one, other) if before else (other, one)
    blocks = tuple(sorted((Block(*paragraph, "paragraph"), Block(*rows, "table")), key=lambda block: block.start))
    document = Document("test", text, blocks)
    return Manuscript(document, split(document), today=TODAY)


@pytest.mark.parametrize(
    ("told", "before", "expected"),
    [
        ("The table gives the four ports that sent ships.", True, 1),
        ("The table gives the three ports that sent ships.", True, 0),
        ("Table 1 lists the two figures that matter.", True, 0),
        ("Ghent and Bruges between them sent 28 ships, and Lille the remaining sixteen.", False, 1),
        ("Ghent and Bruges between them sent 26 ships, and Lille the remaining sixteen.", False, 0),
        ("The captains had between them 28 wives.", False, 0),
        ("Ghent and Lille made up 38 of them, while Bruges and Lille came to 30.", False, 1),
        ("Ghent and Lille made up 28 of them, while Bruges and Lille came to 30.", False, 0),
        ("Lille alone has more than half of the ships.", False, 1),
        ("Lille alone sent more than a third of the ships.", False, 0),
        ("Ghent alone has 40 per cent of the ships.", False, 1),
        ("Ghent alone has 29 per cent of the ships.", False, 0),
    ],
)
def test_numbers_told_of_a_table_are_those_of_its_rows(told: str, before: bool, expected: int) -> None:
    assert len(review(_with_table(told, before=before), only=["count-arithmetic"])) == expected


def _after_figure(told: str) -> Manuscript:
    """Return a paragraph after a figure whose cells are blocks: a row of years above one of values."""
    cells = ["1900", "1910", "1920", "12", "30", "48"]
    text = "\n\n".join([*cells, told])
    starts = [sum(len(each) + 2 for each in cells[:at]) for at in range(len(cells) + 1)]
    blocks = [Block(start, start + len(cell), "table") for start, cell in zip(starts, cells, strict=False)]
    document = Document("test", text, (*blocks, Block(starts[-1], len(text), "paragraph")))
    return Manuscript(document, split(document), today=TODAY)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("From 1900 to 1910 the catch more than tripled.", 1),
        ("From 1900 to 1910 the catch more than doubled.", 0),
        ("Between 1900 and 1920 the catch quadrupled.", 0),
        ("Between 1900 and 1920 the catch doubled.", 1),
        ("From 1905 to 1920 the catch trebled.", 0),
    ],
)
def test_growth_is_that_of_the_figure_before_it(told: str, expected: int) -> None:
    assert len(review(_after_figure(told), only=["count-arithmetic"])) == expected


def test_a_row_of_shares_has_its_per_cent_behind_the_last() -> None:
    found = find_quantities("That is 55, 35 and 10 per cent of 400, and 44, or 11 per cent.")
    assert [each.kind for each in found] == ["percent", "percent", "percent", "count", "count", "percent"]


def _voting(rows: list[str]) -> Manuscript:
    """Return a table of votes, a row for each session, as a manuscript."""
    text = "\n".join(["| Session | For | Against | Absent |", "|---|---|---|---|", *rows])
    document = Document("test", text, (Block(0, len(text), "table"),))
    return Manuscript(document, split(document), today=TODAY)


def test_one_row_that_adds_up_to_another_sum_than_all_others_is_told() -> None:
    rows = ["| May | 30 | 10 | 5 |", "| June | 28 | 14 | 3 |", "| July | 25 | 20 | 0 |", "| August | 33 | 11 | 1 |"]
    assert review(_voting(rows), only=["count-arithmetic"]) == []
    found = review(_voting([*rows, "| October | 30 | 12 | 6 |"]), only=["count-arithmetic"])
    assert [finding.message for finding in found] == ["The row adds up to 48, not 45."]
    assert (
        review(_voting(["| May | 30 | 10 | 5 |", "| June | 28 | 9 | 3 |", "| July | 21 | 20 | 0 |"]), only=["count-arithmetic"])
        == []
    )


def test_a_list_of_points_is_of_what_is_counted_first() -> None:
    text = "The region saw seven coups in four countries:"
    points = ["Mali in May", "Mali in June", "Chad in July", "Niger in May", "Niger in June", "Togo in May"]
    parts = [text, *points]
    starts = [sum(len(each) + 2 for each in parts[:at]) for at in range(len(parts))]
    spans = [(at, at + len(part)) for at, part in zip(starts, parts, strict=True)]
    blocks = [Block(*spans[0], "paragraph"), *(Block(*span, "list_item") for span in spans[1:])]
    document = Document("test", "\n\n".join(parts), tuple(blocks))
    (found,) = review(Manuscript(document, split(document), today=TODAY), only=["count-arithmetic"])
    assert found.evidence.quote == "seven coups"


def test_a_rate_is_no_span_of_time() -> None:
    marked = mark("It paid 40 pounds a year for six years.", 1900)
    assert "a year" in marked.with_articles()
    assert "six years" not in marked.with_articles()


def test_a_stop_behind_a_citation_closes_its_clause() -> None:
    papers = manuscript(
        "Egypt got 55 tons and Sudan 18, or 70 tons in all [1]. It rained.", "# References", "[1] A. Bell, Rivers, London 1990."
    )
    first = papers.prose[0]
    closed = closed_up(without_citations(papers, first))
    assert closed.endswith("in all.")
    assert without_citations(papers, first).startswith(closed[:-1])
    assert [finding.check for finding in review(papers, only=["count-arithmetic"])] == ["count-arithmetic"]
