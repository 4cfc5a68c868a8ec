"""Turns hand-coded texts into examples for the estimates: which word tells which act, and each actor's part in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from verbale import sources
from verbale.app.flows.evaluation import GoldEvent, read_gold
from verbale.coding import in_context
from verbale.coding.candidates import candidates
from verbale.coding.document_coder import CODED_BLOCKS, Reading, read_through
from verbale.coding.screen import screen
from verbale.coding.tree import Tree
from verbale.coding.triggers import find_triggers
from verbale.core import EVENT_TYPES, QUADRANTS, Context, Document, Sentence, Token
from verbale.parse import load_parser, split
from verbale.vocab import ORGANISATION_CODES, load_vocabulary

PLACE_OF: Final = {name: place for place, name in enumerate(EVENT_TYPES)}
# In `parts`, the place of an actor that the sentence does not name; words count from 1.
UNNAMED: Final = 0


@dataclass(frozen=True)
class Text:
    """A hand-coded document, all its sentences parsed; `igo` where its gold knows one code for all organisations."""

    folder: str
    document: Document
    sentences: list[Sentence]
    gold: list[GoldEvent]
    igo: bool

    def code(self, code: str) -> str:
        """Return a code as this text's gold would write it."""
        return "IGO" if self.igo and code in ORGANISATION_CODES else code


@dataclass
class ActExample:
    """A sentence: its tokens, the acts by word, words whose act gold leaves open, parts by act and place (source, target).

    `leads` are the parts of the context's leads, in their order, by act; `named` the places of the actors that it names.
    """

    document: str
    start: int
    tokens: tuple[Token, ...]
    context: Context
    acts: dict[int, set[int]] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    parts: dict[int, dict[int, tuple[bool, bool]]] = field(default_factory=dict)
    leads: dict[int, list[tuple[bool, bool]]] = field(default_factory=dict)
    named: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, int]:
        """What tells a sentence apart: its document and where it starts there."""
        return self.document, self.start


def read_texts(folder: Path, *, everything: bool = False, estimates: bool = True) -> list[Text]:
    """Return a folder's documents in order, parsed as the coder would, or with `everything` also what the screen leaves out.

    Without `estimates` the sentences have none: texts to learn from get those of networks that did not see them. A folder (or
    file) without `gold.jsonl` holds documents that nobody coded.
    """
    coded = (folder / "gold.jsonl").is_file()
    parser, vocabulary = load_parser(estimates=estimates), load_vocabulary()
    found = sources.read([folder / "texts" if coded else folder])
    documents = {item.name: item for item in found if isinstance(item, Document)}
    gold = read_gold(folder / "gold.jsonl", text_of=lambda name: documents[name].text) if coded else []
    igo = any(code in {"IGO", "NGO"} for event in gold for code in (*event.source, *event.target))
    texts = []
    for name, document in sorted(documents.items()):
        sentences = in_context(document, split(document), vocabulary)
        wanted = [number for number, one in enumerate(sentences) if everything or screen(one, vocabulary)]
        for number, sentence in zip(wanted, parser.parse([sentences[number] for number in wanted]), strict=True):
            sentences[number] = sentence
        texts.append(Text(folder.name, document, sentences, [event for event in gold if event.doc == name], igo))
    return texts


def examples(text: Text) -> list[ActExample]:
    """Return an example for every sentence of a document that is coded."""
    found = []
    for reading in read_through(text.document, text.sentences, load_vocabulary()):
        if reading.sentence.kind in CODED_BLOCKS:
            found.append(_example(text, reading))
    return found


def _example(text: Text, reading: Reading) -> ActExample:
    tree, sentence = reading.tree, reading.sentence
    tokens = tree.tokens
    example = ActExample(f"{text.folder}/{text.document.name}", sentence.start, sentence.tokens, sentence.context)
    leads = [text.code(lead.code) for lead in sentence.context.leads]
    named = [(candidate.at, text.code(candidate.code)) for candidate in candidates(tree, reading.phrases) if candidate.at >= 0]
    example.named = sorted({place + 1 for place, _ in named})
    triggers = find_triggers(tree, load_vocabulary().actions, names=reading.phrases.name_words())
    for event in text.gold:
        inside = [at for at, token in enumerate(tokens) if event.start <= token.start < event.end]
        if not sentence.start <= event.start < sentence.end or not inside:
            continue
        within = set(inside)
        own = [trigger for trigger in triggers if trigger.at in within]
        alike = [trigger.at for trigger in own if trigger.type == event.type]
        alike = alike or [trigger.at for trigger in own if QUADRANTS[trigger.type] == QUADRANTS[event.type]]
        at = alike[0] if alike else head_word(tree, inside)
        if event.optional:
            example.open.add(at)
            continue
        example.acts.setdefault(at, set()).add(PLACE_OF[event.type])
        if event.mutual or set(event.source) != set(event.target):
            _add_parts(example, at, event, named, leads)
    return example


def _add_parts(example: ActExample, at: int, event: GoldEvent, named: Iterable[tuple[int, str]], leads: Sequence[str]) -> None:
    both = {*event.source, *event.target}
    source, target = (both, both) if event.mutual else (set(event.source), set(event.target))
    named = list(named)
    here = {code for _, code in named}
    rows = [(UNNAMED, bool(source - here), bool(target - here))]
    rows += [(place + 1, code in source, code in target) for place, code in named]
    parts = example.parts.setdefault(at, {})
    for place, acts, undergoes in rows:
        before = parts.get(place, (False, False))
        parts[place] = (before[0] or acts, before[1] or undergoes)
    known = example.leads.get(at, [(False, False)] * len(leads))
    example.leads[at] = [
        (acts or code in source, undergoes or code in target) for (acts, undergoes), code in zip(known, leads, strict=True)
    ]


def head_word(tree: Tree, inside: Sequence[int]) -> int:
    """Return the word that tells an event whose quote holds no word of the lexicon: its highest verb, else its highest noun."""
    within = set(inside)
    tops = [at for at in inside if tree.tokens[at].head not in within or tree.tokens[at].head == at]
    verbs = [at for at in tops if tree.tokens[at].pos == "VERB"] or [at for at in inside if tree.tokens[at].pos == "VERB"]
    nouns = [at for at in tops if tree.tokens[at].pos in {"NOUN", "PROPN"}]
    return (verbs or nouns or tops)[0]
