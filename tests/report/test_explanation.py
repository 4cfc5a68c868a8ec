"""An explanation as plain text: what a reader finds in it, at any width, and with hostile words."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from verbale.core import Actor, Event, Evidence, Explanation, Remark
from verbale.core.explanations import (
    Cue,
    EarlierWords,
    ExplainedAct,
    ExplainedActor,
    ExplainedDate,
    ExplainedWord,
    LexiconRow,
    Telling,
    TriedEntry,
    WeighedPair,
)
from verbale.report import explanation_lines
from verbale.report.explanation import frame_words

ROW = LexiconRow(
    "verb", "break", "off", "@talks|tie", "with|over", "", "REJECT", "yield", "subject", "with", True, "sure", "a note"
)
OTHER = LexiconRow("noun", "break", "", "", "", "", "REJECT", "", "possessor", "with", False, "weak", "")
BEFORE = EarlierWords(2, "Chile came.")
SENTENCE = "It broke off the talks."


def word(at: int, text: str, head: int, relation: str) -> ExplainedWord:
    start = SENTENCE.find(text)
    return ExplainedWord(at, start, start + len(text), text, text, "X", head, "x", "word", relation)


def pair(source: str, probability: float, outcome: str, *, is_event: bool = False, cues: int = 6) -> WeighedPair:
    return WeighedPair(
        source=source,
        source_text="It",
        target="PER",
        target_text="",
        probability=probability,
        outcome=outcome,  # type: ignore[arg-type]
        is_event=is_event,
        speaks_for=tuple(
            Cue(
                f"cue {number}",
                0.5,
                f"{source} reason {number}",
            )
            for number in range(cues)
        ),
        speaks_against=(Cue("doubt", -0.25, f"{source} doubt"),),
    )


def act(*, at: int = 1, is_event: bool = True) -> ExplainedAct:
    return ExplainedAct(
        at=at,
        words="broke",
        shape="a verb",
        seen_by="lexicon",
        estimate=0.875,
        entry=ROW,
        tried=(TriedEntry(OTHER, None, "it asks for a clause on the noun"),),
        tried_in_all=3,
        telling=Telling("denied", "REJECT", "negated", "it is negated", "officials"),
        type="REJECT",
        mutual=False,
        rule="the lexicon entry says where its parties stand",
        actors=(
            ExplainedActor(
                "source", "CHL", "MIL", "Chile", "It", 0, "reference", '"It" takes up CHL', earlier=BEFORE
            ),
        ),
        date=ExplainedDate(datetime.date(1879, 5, 1), None, "month", "May", "julian", "own clause", "it stands in it"),
        pairs=(
            pair("CHL", 0.8, "kept", is_event=is_event),
            pair("BOL", 0.6, "kept"),
            *(pair(code, 0.1, "below the floor") for code in ("ARG", "BRA", "ECU", "URY")),
        ),
        weighed=9,
    )  # fmt: skip


def explanation(**changes: object) -> Explanation:
    event = Event(Evidence("d", 0, 22, SENTENCE[:22]), Actor("CHL"), Actor("PER"), "REJECT", confidence=0.8)
    words = (word(0, "It", 1, "subject"), word(1, "broke", 1, "head of the sentence"), word(2, "talks", 1, "object"))
    fields: dict[str, object] = {
        "event": event,
        "derived": True,
        "number": 3,
        "sentence": SENTENCE,
        "words": words,
        "acts": (act(),),
        "confidence": 0.8,
        "floor": 0.25,
        "remarks": (),
    }
    return Explanation(**(fields | changes))  # type: ignore[arg-type]


def test_every_part_is_told() -> None:
    text = "\n".join(explanation_lines(explanation(), width=120))
    for told in (
        "The sentence, number 3 of the document\n  It broke off the talks.",
        "  2  broke    word  head of the sentence (x)\n  1    It     word  subject (x)\n  3    talks  word  object (x)",
        '"broke" (a verb) is read by this row of the action lexicon:',
        'break + off + object a noun of class talks | tie + phrase with "with" | "over" -> REJECT (refusal), mode yield, sure',
        "source: subject; target: with (the first that is there); both sides share the act",
        "note of the row: a note",
        "The parser's model gives 0.88 for an act of type REJECT at this word.",
        "noun break -> REJECT (refusal), weak: it asks for a clause on the noun",
        "and 2 rows more of the same word",
        'As denied (status denied): it is negated. The text has it from "officials".',
        'source CHL (Chile), armed forces: "It" takes up CHL.\n    sentence 2: "Chile came."',
        "The rules of grammar: the lexicon entry says where its parties stand.",
        '1879-05 (known to the month), from "May", written in the julian calendar: it stands in it.',
        "9 pairs weighed.",
        'CHL ("It") -> PER: probability 0.80, this event',
        "+0.50  CHL reason 5",
        "-0.25  CHL doubt",
        'BOL ("It") -> PER: probability 0.60, another event of this act',
        'ECU ("It") -> PER: probability 0.10, not likely enough',
        "and 4 pairs less likely still",
        "0.80: of a hundred events with this figure, about 80 are right",
    ):
        assert told in text, told
    assert "ARG reason 2" in text
    assert "ARG reason 3" not in text
    assert "URY" not in text
    assert "BOL reason" not in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_longer_than_the_width(width: int) -> None:
    deep = tuple(ExplainedWord(at, at, at + 1, "w" * 30, "w", "X", max(0, at - 1), "x", "word", "object") for at in range(40))
    lines = explanation_lines(explanation(words=deep, remarks=(Remark("code", "a remark " * 30),)), width=width)
    assert max(map(len, lines)) <= width
    assert sum(" object (x)" in line for line in lines) == 40


def test_remarks_stand_first() -> None:
    lines = explanation_lines(explanation(remarks=(Remark("version-differs", "it was coded by another version"),)))
    assert lines[:2] == ["Why this was coded", "  Note: it was coded by another version."]


def test_another_act_of_the_sentence_is_told_in_a_line() -> None:
    text = "\n".join(explanation_lines(explanation(acts=(act(), act(at=2, is_event=False))), width=120))
    assert "Other acts of the sentence\n" in text
    assert '"broke" -> REJECT (refusal), told as denied: CHL ("It") -> PER (0.80); BOL ("It") -> PER (0.60)' in text


def test_what_the_coder_makes_of_a_sentence_stands_for_an_event_that_it_does_not_find() -> None:
    text = "\n".join(explanation_lines(explanation(derived=False, acts=(act(is_event=False),), confidence=None)))
    assert 'The act "broke", as the coder reads it now' in text
    assert "this event" not in text
    assert "Confidence" not in text
    nothing = "\n".join(explanation_lines(explanation(derived=False, acts=(), confidence=None)))
    assert "No word of the sentence names an act by a row of the action lexicon that fits it." in nothing


def test_what_only_the_model_sees_is_no_row_of_the_lexicon() -> None:
    alone = replace(act(), seen_by="model")
    text = "\n".join(explanation_lines(explanation(acts=(alone,)), width=120))
    assert '"broke" (a verb) has no fitting row in the action lexicon. The parser\'s model gives 0.88' in text
    other = replace(act(), seen_by="model", type="ACCUSE")
    text = "\n".join(explanation_lines(explanation(acts=(other,)), width=120))
    assert "The parser's model sees another act in it, which makes it ACCUSE (accusation)." in text
    ended = replace(act(), type="ACCUSE", estimate=None)
    text = "\n".join(explanation_lines(explanation(acts=(ended,)), width=120))
    assert "The verb that carries it ends such an act, which makes it ACCUSE (accusation)." in text
    assert "parser's model" not in text


def test_a_row_without_conditions_is_its_lemma() -> None:
    assert frame_words(OTHER) == "noun break -> REJECT (refusal), weak"
