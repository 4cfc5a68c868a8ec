"""The screen saves a parse and costs no event: on every hand-coded text, coding all sentences finds nothing that it loses."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from verbale import sources
from verbale.app.flows.evaluation import Miss, read_gold, score
from verbale.coding import code_document, screen
from verbale.core import BlockKind, Document, Sentence
from verbale.ledger import ScoreRecord, score_records
from verbale.parse import load_parser, split
from verbale.vocab import load_vocabulary

ROOT: Final = Path(__file__).parents[2]
VOCABULARY: Final = load_vocabulary()
# Folder, and how many pairs may be found only where all is parsed. The stories have one to three of some 2,900, by the
# judge's weights, such as "They did so": no word tells of an act, and the model knows them because it learnt from these texts.
SETS: Final = (
    (ROOT.parent / "shared" / "gold" / "narratives-dev", 0),
    (ROOT.parent / "shared" / "gold" / "gsr-dev", 0),
    (ROOT / "training" / "heldout" / "narratives", 0),
    (ROOT / "training" / "heldout" / "sentences", 0),
    (ROOT / "training" / "stories" / "sentences", 0),
    (ROOT / "training" / "stories" / "narratives", 3),
)


def passes(text: str, *, kind: BlockKind = "paragraph") -> bool:
    return screen(Sentence("d", 0, 0, kind, 0, len(text), text), VOCABULARY)


@pytest.mark.parametrize(("folder", "allowed"), SETS, ids=lambda value: getattr(value, "name", None))
def test_no_gold_event_is_lost_because_its_sentence_was_not_parsed(folder: Path, allowed: int) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: the hand-coded texts are not part of a clone")
    documents = {item.name: item for item in sources.read([folder / "texts"]) if isinstance(item, Document)}
    gold = read_gold(folder / "gold.jsonl", text_of=lambda name: documents[name].text)
    split_up = {name: split(document) for name, document in documents.items()}
    dropped = {name: [one for one in sentences if not screen(one, VOCABULARY)] for name, sentences in split_up.items()}
    at_stake = [event for event in gold if _is_in(event.quote, documents[event.doc], dropped[event.doc])]
    parser = load_parser()
    everything, screened = dict[str, list[ScoreRecord]](), dict[str, list[ScoreRecord]]()
    # Events are matched within their document, by overlapping words, and only those in a dropped sentence count as lost: a
    # document need not be coded where no gold event stands in one, nor a second time where nothing was found there.
    for name in sorted({event.doc for event in at_stake}):
        trees = list(parser.parse(split_up[name]))
        bare = {sentence.start for sentence in dropped[name]}
        chosen = [one if one.start in bare else tree for one, tree in zip(split_up[name], trees, strict=True)]
        found = score_records(name, code_document(documents[name], trees, VOCABULARY), igo=folder.name == "gsr-dev")
        if any(one.doc == name and one.start < other.end and other.start < one.end for one in at_stake for other in found):
            events = code_document(documents[name], chosen, VOCABULARY)
            everything[name], screened[name] = found, score_records(name, events, igo=folder.name == "gsr-dev")
    asked = [event for event in gold if event.doc in everything]
    misses = [{_key(miss) for miss in score(asked, predicted).misses} for predicted in (everything, screened)]
    sentences_in_all = sum(map(len, split_up.values()))
    share = sum(map(len, dropped.values())) / sentences_in_all
    lost = [miss for miss in misses[1] - misses[0] if _is_in(miss.quote, documents[miss.doc], dropped[miss.doc])]
    print(f"{folder.name}: {share:.1%} of {sentences_in_all} sentences dropped, {len(lost)} gold pairs lost")
    assert len(lost) <= allowed, "\n".join(f"{miss.doc}: {miss.pair} {miss.type} {miss.quote}" for miss in lost)


def _key(miss: Miss) -> Miss:
    """Return a miss without what was predicted in its place."""
    return Miss(miss.doc, miss.level, miss.pair, miss.type, miss.date, miss.quote, ())


def _is_in(quote: str, document: Document, sentences: list[Sentence]) -> bool:
    start = document.text.index(quote)
    return any(sentence.start < start + len(quote) and start < sentence.end for sentence in sentences)


@pytest.mark.parametrize(
    "text",
    [
        "France attacked Spain.",
        "They signed it in May.",
        "The treaty was signed.",
        "Notes were exchanged.",
        "The Emperor met Baron Kesselring.",
        "Poland gave Ukraine two hundred buses.",  # no word of the lexicon, but an actor: the model may see an act
    ],
)
def test_a_sentence_that_may_hold_an_act_is_parsed(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The weather was fine.",
        "Prices rose by three per cent.",
        "It began in the afternoon.",  # "begin" asks for what was begun
        "The long summer came to an end.",
    ],
)
def test_a_sentence_without_party_or_without_all_words_of_an_act_is_not(text: str) -> None:
    assert not passes(text)


@pytest.mark.parametrize("kind", ["heading", "table", "dateline"])
def test_what_is_never_coded_is_not_parsed(kind: BlockKind) -> None:
    assert not passes("France attacked Spain.", kind=kind)
