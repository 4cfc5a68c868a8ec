"""The parser as a part of a spaCy pipeline: what it writes, how it is kept, and what it says of damaged files."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from verbale.core import VerbaleError
from verbale.parse import TreeParser, load_parser
from verbale.parse.network import LABELS, LEMMAS, PIECES, WEIGHTS, BrokenNetworkError, Network
from verbale.parse.parser import OWN_MODEL

SENTENCES = [
    "Chile attacked Peru in 1879.",
    "The treaty of Ancón, which both states signed on 20 October 1883, ceded Tarapacá to Chile for ever.",
    "Peru protested.",
    "“We won’t withdraw,” the minister said; Bolivia, Ecuador and Argentina called on both sides to stop.",
    "No.",
]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(OWN_MODEL / "parser")


def parsed(texts: list[str], batch_size: int = 256) -> list[list[tuple[str, ...]]]:
    """Everything that the pipeline writes, one sentence a text."""
    pipeline = spacy.load(OWN_MODEL, exclude=["senter"])
    docs = []
    for text in texts:
        doc = pipeline.make_doc(text)
        for token in doc[1:]:
            token.is_sent_start = False
        docs.append(doc)
    return [analysis(doc) for doc in pipeline.pipe(docs, batch_size=batch_size)]


def analysis(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, str(t.head.i), t.dep_, t.tag_, t.pos_, str(t.morph), t.lemma_) for t in doc]


def test_every_sentence_has_one_root_whose_label_no_other_word_has() -> None:
    for words in parsed([*SENTENCES, "Peru , , , ( ) Chile", "the of and to", "?! ..."]):
        roots = [at for at, word in enumerate(words) if word[1] == str(at)]
        assert len(roots) == 1
        assert [word[2] for word in words].count("ROOT") == 1
        assert words[roots[0]][2] == "ROOT"
        assert "root" not in {word[2] for word in words}


def test_a_sentence_is_read_alike_whatever_stands_beside_it() -> None:
    together = parsed(SENTENCES)
    assert together == [parsed([text])[0] for text in SENTENCES]
    assert together == parsed(SENTENCES[::-1], batch_size=2)[::-1]


def test_other_processes_read_alike() -> None:
    for method in ("fork", "spawn"):
        with ProcessPoolExecutor(1, mp_context=get_context(method)) as pool:
            assert pool.submit(parsed, SENTENCES).result() == parsed(SENTENCES)


def test_a_text_without_sentences_is_cut_by_the_pipeline_itself() -> None:
    pipeline = spacy.load(OWN_MODEL)
    doc = pipeline("Chile attacked Peru in 1879. Bolivia lost its coast.")
    assert [sentence.root.text for sentence in doc.sents] == ["attacked", "lost"]
    assert [str(sentence) for sentence in doc.sents] == ["Chile attacked Peru in 1879.", "Bolivia lost its coast."]


def test_trees_within_a_text_are_those_of_its_sentences() -> None:
    pipeline = spacy.load(OWN_MODEL, exclude=["senter"])
    texts = ["Chile attacked Peru.", "Bolivia lost its coast."]
    doc = pipeline.make_doc(" ".join(texts))
    for token in doc:
        token.is_sent_start = token.text in ("Chile", "Bolivia")
    alone = [word for words in parsed(texts) for word in words]
    together = analysis(pipeline.get_pipe("parser")(doc))
    assert [word[2:] for word in together] == [word[2:] for word in alone]


@pytest.mark.parametrize("text", ["", " ", " \n ", "  Chile attacked \n\n Peru.  "])
def test_white_space_hangs_on_words(text: str) -> None:
    pipeline = spacy.load(OWN_MODEL, exclude=["senter"])
    doc = pipeline.get_pipe("parser")(pipeline.make_doc(text))
    assert sum(token.head.i == token.i for token in doc) == min(1, len(doc))
    assert all(token.pos_ == "SPACE" for token in doc if token.is_space)
    assert [token.dep_ for token in doc if not token.is_space] in ([], ["nsubj", "ROOT", "obj", "punct"])


def test_a_sentence_too_long_for_the_network_is_one_tree_nevertheless(network: Network) -> None:
    words = ["Chile", "attacked", "Peru", "and"] * 200
    found = network.parse(words, [True] * len(words))
    assert len(found) == len(words)
    roots = [at for at, word in enumerate(found) if word.head == at]
    assert len(roots) == 1
    joined = [at for at, word in enumerate(found) if word.label == "parataxis" and word.head == roots[0]]
    assert joined
    for word in range(len(words)):
        seen, at = set[int](), word
        while found[at].head != at:
            assert at not in seen
            seen.add(at)
            at = found[at].head


def test_the_component_comes_back_from_disk_as_it_went(tmp_path: Path) -> None:
    pipeline = spacy.load(OWN_MODEL)
    before = analysis(pipeline(SENTENCES[1]))
    pipeline.to_disk(tmp_path / "copy")
    again = spacy.load(tmp_path / "copy")
    assert analysis(again(SENTENCES[1])) == before
    assert again.get_pipe("parser").labels == pipeline.get_pipe("parser").labels  # type: ignore[attr-defined]
    for name in (WEIGHTS, LABELS, PIECES, LEMMAS):
        assert (tmp_path / "copy" / "parser" / name).read_bytes() == (OWN_MODEL / "parser" / name).read_bytes()


def test_a_component_without_weights_says_so() -> None:
    pipeline = spacy.blank("en")
    parser = TreeParser("parser")
    assert parser.labels == ()
    with pytest.raises(ValueError, match="'parser' has no weights yet: load them with from_disk"):
        parser(pipeline.make_doc("Chile attacked Peru."))


def damaged(tmp_path: Path, name: str, content: bytes | None) -> str:
    """A copy of our model with one file changed, or gone."""
    shutil.copytree(OWN_MODEL, tmp_path / "model")
    path = tmp_path / "model" / "parser" / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    return str(tmp_path / "model")


@pytest.mark.parametrize("name", [WEIGHTS, LABELS, PIECES, LEMMAS])
def test_a_model_with_a_file_missing_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(VerbaleError, match=rf"incomplete or damaged \({name} is missing.*install it again.*\[model-broken\]"):
        load_parser(damaged(tmp_path, name, None))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (WEIGHTS, b"", "network.onnx is damaged"),
        (WEIGHTS, b"\x08\x07 no network", "network.onnx is damaged"),
        (LABELS, b"{}", "labels.json, pieces.txt or lemmas.json is damaged"),
        (LABELS, b"[1", "labels.json, pieces.txt or lemmas.json is damaged"),
        (PIECES, b"peru\nchile\n", "labels.json, pieces.txt or lemmas.json is damaged"),
        (LEMMAS, b"{}", "labels.json, pieces.txt or lemmas.json is damaged"),
        (LEMMAS, b"[]", "labels.json, pieces.txt or lemmas.json is damaged"),
        (PIECES, b"\xff\xfe", "labels.json, pieces.txt or lemmas.json is damaged"),
        (PIECES, b"[CLS]\n[SEP]\n[UNK]\nperu\n", "are not of one training"),
    ],
)
def test_a_damaged_model_is_refused_with_the_file(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(VerbaleError, match=rf"incomplete or damaged \(.*{reason}.*install it again.*\[model-broken\]"):
        load_parser(damaged(tmp_path, name, content))


def test_weights_of_another_training_are_refused(tmp_path: Path) -> None:
    shutil.copytree(OWN_MODEL / "parser", tmp_path / "parser")
    names = json.loads((tmp_path / "parser" / LABELS).read_text(encoding="utf-8"))
    names["tags"].append("NEW")
    (tmp_path / "parser" / LABELS).write_text(json.dumps(names), encoding="utf-8")
    with pytest.raises(BrokenNetworkError, match=r"network\.onnx and labels\.json or pieces\.txt are not of one training"):
        Network(tmp_path / "parser")
