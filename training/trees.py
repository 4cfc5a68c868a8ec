"""A bracket notation for dependency trees, and its expansion to CoNLL-U rows in the conventions of the EWT and GUM treebanks.

`[nsubj France.NNP ] sign.VBD [obj a treaty.NN [nmod with Spain.NNP ] ]` is a sentence: brackets are phrases with their
relation to the head of the phrase around them; a word with a tag is inflected from its base form, a function word needs
none. In a phrase the head is the word marked `*`, or the last verb, or the last content word; the other words get the
relation that their tag suggests, or the one after a colon (`out.RP:compound:prt`). Subjects give their number to verbs; `a`
becomes `an` where it has to. A label after a closing bracket (`]:nsubj`) holds for the whole phrase, `]~` makes it
singular, `[= ... ]` leaves the label open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from inflection import FUNCTION_WORDS, PUNCTUATION, features, inflect

NO_SPACE_BEFORE: Final = frozenset(",.;:?!)]%’”-–") | {"'s", "’s", "'", "n't"}
NO_SPACE_AFTER: Final = frozenset("([$£“-–")
VERBAL: Final = frozenset({"VB", "VBD", "VBZ", "VBP", "VBN", "VBG"})
CLAUSES: Final = frozenset({"acl", "acl:relcl", "advcl", "xcomp", "ccomp", "csubj", "conj", "parataxis", "root"})
DEFAULT_LABELS: Final = {
    "JJ": "amod", "JJR": "amod", "JJS": "amod", "RB": "advmod", "RBR": "advmod", "CD": "nummod", "NN": "compound",
    "NNS": "compound", "NNP": "compound", "NNPS": "compound", "VBN": "amod", "VBG": "amod", "PRP$": "nmod:poss", "SYM": "dep",
}  # fmt: skip
_WORD: Final = re.compile(r"^(?P<form>.+?)(?:\.(?P<tag>[A-Z]{1,4}\$?))?(?::(?P<label>[a-z]+(?::[a-z]+)?))?(?P<head>\*)?$")
_VOWEL: Final = re.compile(r"^(?:[aeio]|u(?!ni|s|t|k)|hono|hour|1[18]\b|8)", re.IGNORECASE)


class TreeError(ValueError):
    """A bracketed tree that cannot be read; the message holds the place."""


@dataclass
class Node:
    """One word with the phrases and words that depend on it, before and after."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    label: str
    order: int = 0
    singular: bool = False
    children: list[Node] = field(default_factory=list)

    def has(self, *labels: str) -> bool:
        """Tell whether a dependent with one of the labels is there."""
        return any(child.label in labels for child in self.children)


@dataclass
class Word:
    """A word or a nested phrase of the notation, before heads are chosen."""

    node: Node
    fixed: str | None
    marked: bool
    phrase: bool


def parse_tree(text: str) -> Node:
    """Read a bracketed sentence and return its root, all words inflected and numbered in order; final stop included."""
    pieces = text.split()
    counter = [0]
    words, at = _items(pieces, 0, counter)
    if at != len(pieces):
        raise TreeError(f"a bracket too many in: {text}")
    root = _assemble(words, "root", text)
    _agree(root, None)
    return root


def _items(pieces: list[str], at: int, counter: list[int]) -> tuple[list[Word], int]:
    """Read words and phrases up to the bracket that closes this phrase."""
    words: list[Word] = []
    while at < len(pieces) and not pieces[at].startswith("]"):
        piece = pieces[at]
        if piece.startswith("[") and len(piece) > 1:
            name = piece[1:]
            inner, at = _items(pieces, at + 1, counter)
            if at >= len(pieces):
                raise TreeError(f"a bracket is not closed in: {' '.join(pieces)}")
            closing = pieces[at]
            node = _assemble(inner, name, " ".join(pieces))
            # `[= ...]` is a phrase that stands where a word could stand: it may be the head of the phrase around it.
            fixed = None if name == "=" else name
            node.singular = node.singular or closing.startswith("]~")
            if ":" in closing:
                fixed = closing.partition(":")[2].rstrip("*")
            words.append(Word(node, fixed, closing.endswith("*"), fixed is not None))
        else:
            words.append(_word(piece, counter))
        at += 1
    return words, at


def _word(piece: str, counter: list[int]) -> Word:
    match = _WORD.match(piece) if len(piece) > 1 else None
    form, tag, label, marked = (piece, None, None, False)
    if match:
        form, tag, label, marked = match["form"], match["tag"], match["label"], bool(match["head"])
    form = form.replace("_", " ")
    counter[0] += 1
    if tag is None and form in PUNCTUATION:
        lemma, upos, xpos = PUNCTUATION[form]
        return Word(Node(form, lemma, upos, xpos, "_", "punct", counter[0]), label or "punct", False, False)
    if tag is None:
        if form.lower() not in FUNCTION_WORDS:
            raise TreeError(f"the word {form!r} has no tag and is no function word")
        lemma, upos, xpos, feats, default = FUNCTION_WORDS[form.lower()]
        return Word(Node(form, lemma, upos, xpos, feats, default, counter[0]), label, marked, False)
    surface, lemma = inflect(form, tag)
    upos, feats = features(form, tag)
    return Word(Node(surface, lemma, upos, tag, feats, "", counter[0]), label, marked, False)


def _assemble(words: list[Word], label: str, text: str) -> Node:
    """Choose the head of a phrase and hang the rest of it there."""
    head = _head(words)
    if head is None:
        raise TreeError(f"the phrase {label!r} has no head in: {text}")
    top = head.node
    top.label = label
    before = [word for word in words if word.node.order < top.order and word is not head]
    after = [word for word in words if word.node.order > top.order and word is not head]
    for word in before + after:
        word.node.label = word.fixed or _default(word.node, top, label)
        if word.node.form.lower() == "that" and word.node.label in ("nsubj", "nsubj:pass", "obj"):
            word.node.upos, word.node.xpos, word.node.feats = "PRON", "WDT", "PronType=Rel"
        if word.node.label == "mark" and word.node.upos == "ADP":
            word.node.upos = "SCONJ"
        if word.node.label == "case" and word.node.upos == "SCONJ":
            word.node.upos, word.node.feats = "ADP", "ExtPos=ADP"
        top.children.append(word.node)
    return top


def _head(words: list[Word]) -> Word | None:
    marked = [word for word in words if word.marked]
    if marked:
        return marked[-1]
    free = [word for word in words if word.fixed is None]
    verbs = [word for word in free if word.node.xpos in VERBAL and word.node.upos == "VERB"]
    content = [word for word in free if word.node.label in ("", "=") or word.node.upos == "PRON"]
    return (verbs or content or free or [None])[-1]  # type: ignore[list-item]


def _default(node: Node, head: Node, label: str) -> str:
    """Return the relation of a word that was written without one."""
    verbal = head.upos == "VERB" and label in CLAUSES
    if node.lemma == "be" and node.upos == "AUX":
        return {"VBN": "aux:pass", "VBG": "aux"}.get(head.xpos, "cop") if head.upos == "VERB" else "cop"
    if node.lemma == "to" and verbal and head.xpos in ("VB", "VBN"):
        node.upos, node.xpos = "PART", "TO"
        return "mark"
    if node.upos == "ADP" and verbal and label != "acl:relcl":
        return "mark"
    if node.xpos == "NNP" and node.has("case") and node.children[-1].xpos == "POS":
        return "nmod:poss"
    if node.label and node.label != "=":
        return node.label
    if node.children and node.children[-1].xpos == "POS":
        return "nmod:poss"
    return DEFAULT_LABELS.get(node.xpos, "dep")


def _is_plural(subject: Node) -> bool:
    if subject.has("conj"):
        return True
    if subject.singular:
        return False
    return "Number=Plur" in subject.feats


def _agree(node: Node, governor: Node | None, inherited: bool = False) -> None:
    """Give verbs the number of their subject and the features of their voice, from the root downward."""
    subjects = [child for child in node.children if child.label in ("nsubj", "nsubj:pass")]
    plural = inherited
    if subjects:
        subject = subjects[0]
        relative = subject.form.lower() in ("which", "who", "that") and governor is not None and node.label == "acl:relcl"
        plural = _is_plural(governor) if relative and governor is not None else _is_plural(subject)
        # "which" stands for the word before it: the conjuncts after the clause do not count.
    elif node.has("expl"):
        plural = any(_is_plural(child) for child in node.children if child.label == "obj")
    for word in (node, *(child for child in node.children if child.label in ("aux", "aux:pass", "cop"))):
        _finite(word, plural)
    if node.xpos == "VBN" and node.upos == "VERB":
        passive = node.has("aux:pass") or (node.label in ("acl", "amod", "advcl", "xcomp") and not node.has("aux"))
        if node.label == "conj" and governor is not None and not node.has("aux", "nsubj"):
            passive = "Voice=Pass" in governor.feats
        node.feats = "Tense=Past|VerbForm=Part" + ("|Voice=Pass" if passive else "")
    if node.xpos == "VBG" and node.upos == "VERB" and node.label != "case":
        gerund = node.label in ("acl", "amod", "xcomp", "csubj") or (
            node.label == "conj" and governor is not None and governor.feats == "VerbForm=Ger"
        )
        node.feats = "VerbForm=Ger" if gerund else "Tense=Pres|VerbForm=Part"
    for child in node.children:
        if child.label in ("nsubj", "nsubj:pass") and child.form.lower() in ("which", "who", "that"):
            continue
        _agree(child, node, plural)


def _finite(word: Node, plural: bool) -> None:
    if word.xpos not in ("VBD", "VBZ", "VBP") or word.upos not in ("VERB", "AUX"):
        return
    tense = "Past" if word.xpos == "VBD" else "Pres"
    if word.xpos in ("VBZ", "VBP"):
        word.xpos = "VBP" if plural else "VBZ"
        word.form, _ = inflect(word.lemma, word.xpos)
    elif word.lemma == "be":
        word.form = "were" if plural else "was"
    number = "Plur" if plural else "Sing"
    word.feats = f"Mood=Ind|Number={number}|Person=3|Tense={tense}|VerbForm=Fin"


def to_rows(root: Node) -> tuple[str, list[list[str]]]:
    """Return the sentence's text and its ten-column rows; the first letter is a capital, `a` fits the word after it."""
    nodes: list[tuple[Node, Node | None]] = []

    def walk(node: Node, governor: Node | None) -> None:
        nodes.append((node, governor))
        for child in node.children:
            walk(child, node)

    walk(root, None)
    nodes.sort(key=lambda pair: pair[0].order)
    number = {id(node): at for at, (node, _) in enumerate(nodes, start=1)}
    forms = [node.form for node, _ in nodes]
    for at, form in enumerate(forms[:-1]):
        if form == "a" and _VOWEL.match(forms[at + 1]) and not forms[at + 1].startswith(("Eu", "eu", "one")):
            forms[at] = "an"
    openings = [next(at for at, form in enumerate(forms) if form[0].isalnum())]
    openings += [at + 1 for at, form in enumerate(forms[:-1]) if form == '"' and at and forms[at + 1][0].isalpha()]
    for at in openings:
        forms[at] = forms[at][0].upper() + forms[at][1:]
    text, rows, quoted = "", [], False
    for at, ((node, governor), form) in enumerate(zip(nodes, forms, strict=True)):
        straight = form == '"'
        closing = straight and quoted
        quoted = quoted != straight
        xpos = "''" if closing else node.xpos
        follows = forms[at + 1] if at + 1 < len(forms) else ""
        glued = follows in NO_SPACE_BEFORE or form in NO_SPACE_AFTER or (straight and not closing)
        glued = glued or (follows == '"' and quoted) or not follows
        spaces = "SpaceAfter=No" if glued and follows else "_"
        head = number[id(governor)] if governor is not None else 0
        rows.append([str(at + 1), form, node.lemma, node.upos, xpos, node.feats, str(head), node.label, "_", spaces])
        text += form if glued else form + " "
    return text, rows
