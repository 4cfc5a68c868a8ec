"""Turns Universal Dependencies files (CoNLL-U) into spaCy training data with the spacing of the original text.

spaCy's own converter forgets that "don't" is written without a space, so the words are laid along the `# text` line here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

# The text of a sentence and its rows of ten columns.
Sentence = tuple[str, list[list[str]]]

# Typographic marks stand in most journals and hardly in web treebanks; the share of sentences rewritten is a guess of
# how mixed real input is, not a tuned value.
CURLY = str.maketrans({"'": "’"})
CURLY_SHARE = 0.35


def read_sentences(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield each sentence of a CoNLL-U file as its text and its rows of ten columns, ranges and empty nodes left out."""
    text, rows = "", []
    with path.open(encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ")
            elif line and not line.startswith("#"):
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                yield text, rows
                text, rows = "", []
    if rows:
        yield text, rows


def spacing(text: str, words: list[str]) -> list[bool]:
    """Tell for each word whether white space follows it in the text; a word that is not found there gets a space."""
    spaces, at = [], 0
    for word in words:
        found = text.find(word, at)
        if found < 0:
            spaces.append(True)
            continue
        at = found + len(word)
        spaces.append(at < len(text) and text[at].isspace())
    return spaces


def sentences_to_doc(vocab: Vocab, sentences: list[tuple[str, list[list[str]]]], *, curly: bool) -> Doc:
    """Build one annotated Doc of consecutive sentences; `curly` writes straight quotes and apostrophes as typographers do."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    morphs: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    labels: list[str] = []
    starts: list[bool | int | None] = []
    for text, rows in sentences:
        offset = len(words)
        forms = [row[1] for row in rows]
        sentence_spaces = spacing(text, forms)
        sentence_spaces[-1] = True
        words += [curl(form, opening=at == 0 or sentence_spaces[at - 1]) for at, form in enumerate(forms)] if curly else forms
        spaces += sentence_spaces
        for at, row in enumerate(rows):
            lemmas.append(row[2])
            pos.append(row[3])
            tags.append(row[4])
            morphs.append("" if row[5] == "_" else row[5])
            head = int(row[6])
            heads.append(offset + (head - 1 if head else at))
            labels.append("ROOT" if head == 0 else row[7])
            starts.append(at == 0)
    return Doc(
        vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=pos,
        morphs=morphs,
        lemmas=lemmas,
        heads=heads,
        deps=labels,
        sent_starts=starts,
    )


def curl(form: str, *, opening: bool) -> str:
    """Write a straight quote or apostrophe as a curly one."""
    if form == '"':
        return "“" if opening else "”"
    return form.translate(CURLY)


def convert(paths: list[Path], out: Path, vocab: Vocab, *, longest: int, seed: int, curly: bool) -> int:
    """Write the files' sentences as one DocBin, one to `longest` sentences a document (seeded), and return the documents."""
    generator = random.Random(seed)  # noqa: S311
    bin_ = DocBin(store_user_data=False)
    count = 0
    for path in paths:
        sentences = list(read_sentences(path))
        at = 0
        while at < len(sentences):
            # Half of the documents are single sentences: that is how the coder asks for parses.
            size = 1 if generator.random() < 0.5 else generator.randint(1, longest)
            group = sentences[at : at + size]
            at += size
            bin_.add(sentences_to_doc(vocab, group, curly=curly and generator.random() < CURLY_SHARE))
            count += 1
    out.parent.mkdir(parents=True, exist_ok=True)
    bin_.to_disk(out)
    return count
