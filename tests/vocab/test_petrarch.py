"""Dictionaries in PETRARCH's format: every line is used, a comment, or skipped with its number and the reason.

The entries are made up for these tests, in the forms and with the slips that the published dictionaries have.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vocab.project_samples import reasons, vocabulary_of

from verbale.vocab import ActorName, Vocabulary, load_vocabulary
from verbale.vocab.own_rows import Reading
from verbale.vocab.petrarch import PetrarchActors, PetrarchAgents
from verbale.vocab.petrarch.codes import CameoActor, UnreadableError, cameo_actor
from verbale.vocab.petrarch.lines import dictionary_lines
from verbale.vocab.petrarch.spelling import written_names
from verbale.vocab.projects import ProjectFile

FILE = ProjectFile("petrarch-actors", "d.txt", Path("d.txt"))
MANY = 1_000


def meant(vocabulary: Vocabulary, text: str, year: int | None = None) -> ActorName | None:
    mentions = vocabulary.actors.find(text)
    return vocabulary.actors.resolve(mentions[0], year) if mentions else None


def told(vocabulary: Vocabulary, text: str, year: int | None = None) -> tuple[str, str] | None:
    found = meant(vocabulary, text, year)
    return (found.code, found.sector) if found else None


DICTIONARY = """\
# a comment
<!-- another
over two lines -->
ZORVA_KIN_  ; a remark
+PRESIDENT_KIN_   # another
+ZORVA_A._KIN
\t[FRAELI 19200101-310630]
\t[FRAGOV 310630-451231]
    [IGOUNO >19470101]
\t[FRAELI]

ZORVAN_FRONT_(ZVF)_ [PSEREB] # rebels
+ZORVAN_PEOPLE'S_ARMY

+AL-ZORVA_
ZORVAN_UNION_\t[IGOWAFWAS 600101-891231][IGOSAD >900101]\t; two codes on a line
OLD_ZORVO_ [FRAOPP <061231]
ZORVAN_AID <!-- inline --> [NGOHRI]
NO_ZORVO [---]
ZORVO_BANK_ [MNCBUS]
ZORVO_BRIGADE_ [SASREB]
Zorvo van der Zee [NLDMIL]
"""


def test_names_synonyms_and_dated_codes(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_actors=DICTIONARY)
    assert reasons(vocabulary) == []
    for name in ("Zorva Kin", "President Kin", "Zorva A. Kin", "ZORVA KIN"):
        years = (1925, 1931, 1940, 1945, 1946, 1947, 2000)
        private, office, world = ("FRA", "CVL"), ("FRA", "GOV"), ("UNO", "IGO")
        # The years in which offices begin and end are theirs; in the years of none the code without dates counts.
        assert [told(vocabulary, name, year) for year in years] == [private, office, office, office, private, None, None]
    assert world not in {private, office}


def test_bodies_and_their_codes(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_actors=DICTIONARY)
    for name in ("Zorvan Front", "ZVF", "Zorvan People's Army", "Al-Zorva", "al-Zorva"):
        assert told(vocabulary, f"the {name}", 1980) == ("PSE", "REB"), name
    union = [meant(vocabulary, "the Zorvan Union", year) for year in (1970, 2000)]
    assert [(name.code, name.sector, name.entity) for name in union if name] == [
        ("OTH", "IGO", "ECOWAS"),
        ("OTH", "IGO", "SADC"),
    ]
    assert [told(vocabulary, "Old Zorvo", year) for year in (1950, 2006, 2007)] == [("FRA", "OPP"), ("FRA", "OPP"), None]
    for name, sector in (("Zorvan Aid", "NGO"), ("Zorvo Bank", "BUS"), ("Zorvo Brigade", "REB")):
        found = meant(vocabulary, name)
        assert found is not None, name
        assert (found.code, found.sector, found.entity) == ("OTH", sector, name)
    assert not vocabulary.actors.find("No Zorvo")
    assert told(vocabulary, "Zorvo van der Zee") == ("NLD", "MIL")


def test_what_the_package_knows_undated_stays_as_it_is_and_the_null_code_takes_it_out(tmp_path: Path) -> None:
    package = load_vocabulary()
    vocabulary = vocabulary_of(tmp_path, petrarch_actors="SOVIET_UNION_ [RUS]\nFRENCH_ [FRA]\nBERLIN_ [---]\n")
    assert reasons(vocabulary) == []
    assert told(vocabulary, "Soviet Union", 2005) is None
    assert vocabulary.actors.find("the French")[0].names == package.actors.find("the French")[0].names
    assert not vocabulary.actors.find("Berlin")


def test_a_table_of_the_users_goes_before_a_dictionary_and_can_take_out_of_it(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(
        tmp_path,
        petrarch_actors="ZORVIA_ [FRA]\nZORVOLIA_ [FRA]\nZORVULIA_ [FRA]\n",
        actors="code,name,remove\nDEU,Zorvia,\n,Zorvolia,yes\n",
    )
    assert [told(vocabulary, name, 1950) for name in ("Zorvia", "Zorvolia", "Zorvulia")] == [("DEU", ""), None, ("FRA", "")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ZORVO_", "no code that can be used stands with 'Zorvo'"),
        ("ZORVO_ [ZZZGOV]", "ZZZ in the code 'ZZZGOV' is no state or organisation that is known"),
        ("ZORVO_ [WEU]", "the code 'WEU' names a region or nobody in particular, not an actor"),
        ("ZORVO_ [INT]", "the code 'INT' names a region or nobody"),
        ("ZORVO_ [ELI]", "the code 'ELI' is a role without a state or organisation"),
        ("ZORVO_ [USAXYZ]", "no part of the code 'USAXYZ' is a role that PLOVER has a sector for"),
        ("ZORVO_ [USAGO]", "the code 'USAGO' is not made of parts of three letters"),
        ("ZORVO_ []", "the brackets hold no code"),
        ("ZORVO_ [USAGOV 2004017-20061201]", "'2004017' is no date; dates are YYMMDD or YYYYMMDD"),
        ("ZORVO_ [USAGOV 20040231-20061201]", "the calendar has no day '20040231'"),
        ("ZORVO_ [USAGOV 061201-040101]", "the period '061201-040101' ends before it begins"),
        ("ZORVO_ [USAGOV 061201]", "'061201' is no period; write <date, >date or date-date"),
        ("ZORVO_ [USAGOV >]", "'' is no date"),
        ("ZORVO_ [USAGOV 01230101-02000101]", "'01230101' lies outside the years 1000 to 2100"),
        ("ZORVO_ [USA", "what stands outside the brackets is not understood: '[USA'"),
        ("ZORVO_ [USA] minister", "what stands outside the brackets is not understood: 'minister'"),
        ("39649_ [USA]", "'39649' is no name: it holds no word with a capital letter"),
        ("ZORVO_{X} [USA]", "'ZORVO_{X}' is no name: it is too long, or holds signs that no name has"),
        (f"{'Z' * 201} [USA]", "is no name: it is too long"),
        ("ZORVA_ [FRA]\n+ZORVO_ [DEU]", "a synonym has the codes of its record; those that stand behind it are not used"),
        ("+ZORVO_", "no code that can be used stands with 'Zorvo'"),
        ("\t[USAGOV]", "the code belongs to no name that could be used"),
        ("<!-- ZORVO_ [USA]", "the comment <!-- that begins here is never closed, so nothing after it was read"),
    ],
)
def test_a_line_that_cannot_be_used_is_skipped_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_actors="\n" * (2 - line.count("\n")) + line)
    assert {found.partition(": ")[0] for found in reasons(vocabulary)} == {"petrarch-actors.txt, line 3"}
    assert reason in reasons(vocabulary)[0]
    assert "the other lines are used" in reasons(vocabulary)[0]
    assert vocabulary.project is not None
    assert vocabulary.project.files[0].skipped == 1


def test_a_year_that_two_actors_share_is_nobodys(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_actors="ZORVO [FRAGOV 900101-950601] [ITAGOV 950602-991231]\n")
    assert [told(vocabulary, "Zorvo", year) for year in (1994, 1995, 1996)] == [("FRA", "GOV"), None, ("ITA", "GOV")]


def test_a_record_has_no_end_of_codes(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_actors="ZORVO_\n" + "\t[FRA]\n" * 102)
    assert reasons(vocabulary)[0].startswith("petrarch-actors.txt, line 102: the name above has more than 100 codes")
    assert len(reasons(vocabulary)) == 2


def test_a_bad_code_costs_neither_the_other_codes_nor_the_other_records(tmp_path: Path) -> None:
    text = "ZORVO_ [ZZZ] [FRA 900101-991231]\r\n+ZORVO_TWO\r\n\t[BAD]\r\nZORVA_ [DEU]\r\n"
    vocabulary = vocabulary_of(tmp_path, petrarch_actors=text)
    assert [told(vocabulary, name, 1995) for name in ("Zorvo", "Zorvo Two", "Zorva")] == [("FRA", ""), ("FRA", ""), ("DEU", "")]
    assert [reason.partition(": ")[0] for reason in reasons(vocabulary)] == [
        "petrarch-actors.txt, line 1",
        "petrarch-actors.txt, line 3",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_old_files_are_latin_1(tmp_path: Path, encoding: str) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_actors="ZORVÖ_NINO_ [DEUGOV 900101-991231]\n".encode(encoding))
    assert told(vocabulary, "Zorvö Nino", 1995) == ("DEU", "GOV")


@pytest.mark.parametrize(
    ("code", "actor"),
    [
        ("USA", ("USA", "", "")),
        ("usagov", ("USA", "GOV", "")),
        ("USAGOVMIL", ("USA", "GOV", "")),
        ("IRQKURREB", ("IRQ", "REB", "")),
        ("ROMELI", ("ROU", "CVL", "")),
        ("SUN", ("RUS", "", "")),
        ("IGO", ("OTH", "IGO", "")),
        ("IGOUNO", ("UNO", "IGO", "UN")),
        ("IGOUNOREFHCR", ("UNO", "IGO", "UN")),
        ("IGOUNODEVWBK", ("OTH", "IGO", "World Bank")),
        ("IGOEUREEC", ("EUR", "IGO", "EU")),
        ("IGOWSTNAT", ("NATO", "IGO", "NATO")),
        ("EURREB", ("OTH", "REB", "")),  # Europe, not the European Union
        ("NGO", ("OTH", "NGO", "")),
        ("IMGSEAREB", ("OTH", "REB", "")),
    ],
)
def test_cameo_codes(code: str, actor: tuple[str, str, str]) -> None:
    assert cameo_actor(code, load_vocabulary().states) == CameoActor(*actor)


def test_the_null_code_is_nobody_and_any_text_is_a_code_or_refused() -> None:
    assert cameo_actor("---", load_vocabulary().states) is None
    for code in ("ß", "US A", "USA!", "ÄÖÜ", "A" * 300):
        with pytest.raises(UnreadableError, match="is not made of parts of three letters"):
            cameo_actor(code, load_vocabulary().states)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("ZORVA_OF_THE_NORTH_", ["Zorva of the North"]),
        ("UN_ENVOY_ZORVA_II", ["UN Envoy Zorva II"]),
        ("ZORVA_KI-MOR", ["Zorva Ki-Mor", "Zorva Ki-mor"]),
        ("MARIA_DE_LA_ZORVA", ["Maria De La Zorva", "Maria de la Zorva"]),
        ("MR._MCZORVA_O'NINO", ["Mr. McZorva O'Nino"]),
        ("U.N._", ["U.N."]),
        ("ZVF_", ["ZVF"]),
        ("US_", ["US"]),
        ("ZORVAN_ARMY_(COLOMBIA)_", ["Zorvan Army (Colombia)"]),
        ("ZORVAN_ARMY_(MALI)_", ["Zorvan Army (Mali)"]),
        ("THE_ZORVAN_NINO_GROUP_(ZNG)_", ["The Zorvan Nino Group", "the Zorvan Nino Group", "ZNG"]),
        ("Zorva d'Nino_", ["Zorva d'Nino"]),
        ("1984", []),
        ("", []),
    ],
)
def test_names_in_capitals_are_found_as_texts_write_them(name: str, forms: list[str]) -> None:
    assert written_names(name, {"UN"}, {"MALI"}) == forms


AGENTS = """\
!PERSON! = MAN, WOMEN ,PERSON
!RANK! = CHIEF,DEPUTY
ZORV!PERSON! [~AGR]
!RANK!_ZORV_!PERSON! [~COP]
ZORVERY {ZORVERIES_GENERAL} [~COP] # plural
ZORVE {} [~GOVMIL]
ZORV-AGENT[NGO~]
MERCHANT [~---]
SOLDIER [~MIL]
"""


def test_agents_with_plurals_sets_and_roles(tmp_path: Path) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_agents=AGENTS)
    assert reasons(vocabulary) == []
    nouns = {
        "zorvman": ("CVL", False),
        "zorvwomen": ("CVL", False),
        "deputy zorv women": ("COP", True),
        "zorvery": ("COP", True),
        "zorveries general": ("COP", True),
        "zorve": ("GOV", True),
        "zorv agents": ("NGO", False),
    }
    for noun, (sector, acts) in nouns.items():
        agent = vocabulary.agents.get(noun)
        assert agent is not None, noun
        assert (agent.sector, agent.acts_for_state) == (sector, acts), noun
    assert vocabulary.agents.get("merchant") is None
    assert vocabulary.agents.get("soldier") == load_vocabulary().agents.get("soldier")
    assert vocabulary.project is not None
    assert vocabulary.project.files[0].removed == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ZORVER", "'ZORVER' is no agent; write NOUN {PLURAL} [~CODE]"),
        ("ZORVER [~ENV}", "'ZORVER [~ENV}' is no agent"),
        ("ZORVER {X [~ENV]", "is no agent"),
        ("ZORV!FOO! [~COP]", "the set !FOO! is not defined above"),
        ("!FOO = A, B", "'!FOO = A, B' is no set; write !NAME! = WORD, WORD"),
        ("!FOO! = A,,B", "is no set"),
        ("ZORVER [~XYZ]", "no part of the code 'XYZ' is a role"),
        ("ZORVER [~GO]", "the code 'GO' is not made of parts of three letters"),
        ("ZORVER []", "the code '' is not made of parts of three letters"),
        ("1234 [~GOV]", "'1234' is no noun"),
        ("!A! = A,B,C,D,E,F,G,H,I,J\n!A!!A!!A! [~GOV]", "stands for 1,000 nouns; allowed are 500"),
    ],
)
def test_a_line_of_agents_that_cannot_be_used_is_skipped(tmp_path: Path, line: str, reason: str) -> None:
    vocabulary = vocabulary_of(tmp_path, petrarch_agents=f"{line}\nZORVAT [~MIL]\n")
    (found,) = reasons(vocabulary)
    assert found.startswith(f"petrarch-agents.txt, line {line.count(chr(10)) + 1}: ")
    assert reason in found
    assert vocabulary.agents.get("zorvat") is not None


PIECES = st.sampled_from(
    [
        *(
            "ZORVA_",
            "+ZORVA",
            "\t[",
            "[USAGOV",
            "[---]",
            "[IGOUNO]",
            "[FRA 900101-991231]",
            " >010101]",
            "<010101]",
            "]",
            "<!--",
        ),
        *(
            "-->",
            "#",
            ";",
            "{",
            "}",
            "!A!",
            "=",
            "!A! = X, Y",
            "[~GOV]",
            "~",
            "(ZZ)",
            " ",
            "_",
            "-",
            "\n",
            "\r",
            "\x0b",
            "é",
            "İ",
        ),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80))


@given(TEXTS)
def test_every_line_of_actors_is_used_or_empty_or_skipped(text: str) -> None:
    reading, content = Reading(FILE), text.encode("utf-8", "replace")
    actors = PetrarchActors(load_vocabulary().states, ())
    actors.read(reading, content, MANY)
    holding = {line.number for line in dictionary_lines(Reading(FILE), content, MANY)}
    assert holding <= actors.loaded | reading.skipped
    assert actors.loaded <= holding
    assert all(name.name == name.name.strip() and name.code for name in actors.added)


@given(TEXTS)
def test_every_line_of_agents_is_used_or_empty_or_skipped(text: str) -> None:
    reading, content = Reading(FILE), text.encode("utf-8", "replace")
    agents = PetrarchAgents(load_vocabulary().agents)
    agents.read(reading, content, MANY)
    holding = {line.number for line in dictionary_lines(Reading(FILE), content, MANY)}
    assert holding <= agents.loaded | reading.skipped
    assert all(noun == noun.lower() and noun.split() for noun in agents.added)
