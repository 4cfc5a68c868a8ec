"""The pipeline that ships with the package, and what other models must be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy

from verbale.core import Block, Document, VerbaleError
from verbale.parse import load_parser, split
from verbale.parse.parser import OWN_MODEL


def test_a_sentence_becomes_one_tree_with_offsets_in_the_document() -> None:
    text = "Notes.\nChile attacked Peru in 1879. The war lasted four years."
    document = Document("d", text, (Block(0, 6, "heading"), Block(7, len(text))))
    parsed = list(load_parser().parse(split(document)))
    assert [sentence.text for sentence in parsed] == ["Notes.", "Chile attacked Peru in 1879.", "The war lasted four years."]
    for sentence in parsed:
        assert all(text[token.start : token.end] == token.text for token in sentence.tokens)
        assert sum(token.head == at for at, token in enumerate(sentence.tokens)) == 1
    attack = parsed[1].tokens[1]
    assert (attack.text, attack.lemma, attack.pos, attack.label) == ("attacked", "attack", "VERB", "root")
    assert [token.label for token in parsed[1].tokens if token.text in {"Chile", "Peru"}] == ["nsubj", "obj"]


def labels(text: str) -> dict[str, str]:
    """What the model makes of one sentence: each word's label and head, as `label of head`."""
    (sentence,) = load_parser().parse(split(Document("d", text, (Block(0, len(text)),))))
    return {token.text: f"{token.label} of {sentence.tokens[token.head].text}" for token in sentence.tokens}


# One sentence for each construction that the coder's rules rest on, with names that the treebanks hardly hold.
CONSTRUCTIONS = {
    "Siam ceded the provinces to France in 1907.": {
        "Siam": "nsubj of ceded",
        "provinces": "obj of ceded",
        "France": "obl of ceded",
        "1907": "obl of ceded",
    },
    "Bolivia accused Paraguay of attacking the fort.": {
        "Bolivia": "nsubj of accused",
        "Paraguay": "obj of accused",
        "attacking": "advcl of accused",
        "fort": "obj of attacking",
    },
    "Abyssinia was invaded by Italy on 3 October 1935.": {
        "Abyssinia": "nsubj:pass of invaded",
        "Italy": "obl:agent of invaded",
        "3": "obl of invaded",
        "October": "nmod:unmarked of 3",
    },
    "Ecuador, Colombia and Peru signed a treaty with Brazil.": {
        "Ecuador": "nsubj of signed",
        "Colombia": "conj of Ecuador",
        "Peru": "conj of Ecuador",
        "treaty": "obj of signed",
    },
    "Qatar's refusal to withdraw its troops angered Bahrain.": {
        "Qatar": "nmod:poss of refusal",
        "withdraw": "acl of refusal",
        "troops": "obj of withdraw",
        "refusal": "nsubj of angered",
        "Bahrain": "obj of angered",
    },
    "Sudan, which had expelled the envoys, apologized to Norway.": {
        "Sudan": "nsubj of apologized",
        "which": "nsubj of expelled",
        "expelled": "acl:relcl of Sudan",
        "envoys": "obj of expelled",
    },
    "Serbia was forced to accept the ultimatum.": {
        "Serbia": "nsubj:pass of forced",
        "accept": "xcomp of forced",
        "ultimatum": "obj of accept",
    },
    "Bulgaria called on Greece to withdraw its forces from Macedonia.": {
        "Greece": "obl of called",
        "withdraw": "xcomp of called",
        "forces": "obj of withdraw",
        "Macedonia": "obl of withdraw",
    },
    "The occupation of Korea by Japan ended in 1945.": {
        "occupation": "nsubj of ended",
        "Korea": "nmod of occupation",
        "Japan": "nmod of occupation",
    },
    "Prussia attacked Denmark, forcing it to cede the duchies.": {
        "Prussia": "nsubj of attacked",
        "forcing": "advcl of attacked",
        "cede": "xcomp of forcing",
        "duchies": "obj of cede",
    },
}


@pytest.mark.parametrize("text", CONSTRUCTIONS)
def test_the_constructions_of_the_field_are_read_right(text: str) -> None:
    found = labels(text)
    assert {word: found[word] for word in CONSTRUCTIONS[text]} == CONSTRUCTIONS[text]


def test_the_shipped_model_names_itself_and_its_licence() -> None:
    assert load_parser().name == "en_verbale-0.2.0"
    meta = json.loads((OWN_MODEL / "meta.json").read_text(encoding="utf-8"))
    assert "CC BY-SA 4.0" in meta["license"]
    assert all(source in meta["notes"] for source in ("all-MiniLM-L6-v2", "English-EWT", "English-GUM"))
    # The wheel stays small.
    assert sum(path.stat().st_size for path in OWN_MODEL.rglob("*") if path.is_file()) < 30_000_000


def test_inner_white_space_leaves_whole_trees() -> None:
    text = "Chile  attacked \n Peru."
    (sentence,) = load_parser().parse(split(Document("d", text, (Block(0, len(text)),))))
    assert [token.text for token in sentence.tokens] == ["Chile", "attacked", "Peru", "."]
    assert all(0 <= token.head < len(sentence.tokens) for token in sentence.tokens)


def test_a_model_that_is_not_installed_is_named_with_what_to_do() -> None:
    with pytest.raises(VerbaleError, match=r"no_such_model.*install it with pip.*\[model-missing\]"):
        load_parser("no_such_model")


def test_a_model_with_other_labels_is_refused_with_an_explanation(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    parser = pipeline.add_pipe("parser")
    parser.add_label("dobj")  # type: ignore[attr-defined]
    pipeline.initialize()
    pipeline.to_disk(tmp_path / "other")
    with pytest.raises(VerbaleError, match=r"labels grammar in another scheme.*Universal Dependencies.*\[model-labels\]"):
        load_parser(str(tmp_path / "other"))
