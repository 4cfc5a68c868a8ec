"""Counts the table of base forms out of the treebanks, our own treebank and the verbs and nouns of the vocabulary.

    python training/lemma_table.py --out training/build/lemmas.json

For each part of speech and each ending of up to `LONGEST` letters the most frequent rule is kept where it differs from what the
shorter endings say; a word that takes another word (*was*: *be*) teaches nothing of endings.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from names import rows
from templates import generate
from treebank import Sentence, read_sentences
from verbale.parse.lemmas import KEPT, LOWERED, START, Lemmas, capital_kind, ending_rule, longest_ending, part_of_speech
from verbale.vocab.inflection import irregular_forms, past, present_participle, third_person

HERE: Final = Path(__file__).parent
TREEBANKS: Final = HERE.parent.parent / "shared" / "treebanks"
OWN_SENTENCES: Final = 4_500
# Five or six letters give the same score on the development files, four a little less.
LONGEST: Final = 5
# An ending that fewer words have is no rule.
FEWEST_WORDS: Final = 2

# Part of speech, the form in small letters, and what is to be learnt of it.
Item = tuple[str, str, str]


def items(sentences: Iterable[Sentence]) -> tuple[list[Item], list[Item]]:
    """Return what the sentences teach of endings and of capitals."""
    endings, capitals = [], []
    for _, sentence in sentences:
        for at, row in enumerate(sentence):
            form, lemma, kind = row[1], row[2], part_of_speech(row[3], row[4])
            lower = form.lower()
            if lemma == "_":
                continue
            rule = ending_rule(lower, lemma.lower())
            if rule.startswith("="):
                endings.append((kind, lower, ending_rule(lower, lemma)))
                continue
            endings.append((kind, lower, rule))
            if form != lower:
                capitals.append((capital_kind(kind, first=at == 0), lower, KEPT if lemma != lemma.lower() else LOWERED))
    return endings, capitals


def of_vocabulary() -> Iterator[Item]:
    """Yield the inflected forms of the verbs and nouns that the coder looks for."""
    for row in rows("actions.csv"):
        base = row["lemma"]
        if not base.isalpha() or row["kind"] not in ("verb", "noun"):
            continue
        irregular = irregular_forms().get(f"{row['kind']}:{base}")
        if row["kind"] == "noun":
            plurals = irregular or (third_person(base),)
            yield from (("NOUN NNS", form, ending_rule(form, base)) for form in plurals)
            continue
        forms = [("VBZ", third_person(base)), ("VBG", present_participle(base))]
        forms += [(tag, form) for tag in ("VBD", "VBN") for form in irregular or past(base)]
        yield from ((f"VERB {tag}", form, ending_rule(form, base)) for tag, form in forms)


def learn(pairs: Iterable[Item]) -> dict[str, dict[str, str]]:
    """Return the table: for each kind the endings whose most frequent value is not what the shorter endings say."""
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for kind, form, value in pairs:
        counts[kind][form, value] += 1
    table = {}
    for kind, words in sorted(counts.items()):
        values: dict[str, Counter[str]] = defaultdict(Counter)
        for (form, value), count in words.items():
            values[START + form][value] += count
            # Another word is no ending: it is learnt for the whole word alone.
            if not value.startswith("="):
                for size in range(min(LONGEST, len(form)) + 1):
                    values[form[len(form) - size :]][value] += 1
        entries: dict[str, str] = {}
        for ending in sorted(values, key=lambda ending: (ending.startswith(START), len(ending), ending)):
            value, _ = min(values[ending].items(), key=lambda pair: (-pair[1], pair[0]))
            whole = ending.startswith(START)
            if (whole or values[ending].total() >= FEWEST_WORDS) and longest_ending(entries, ending.lstrip(START)) != value:
                entries[ending] = value
        table[kind] = entries
    return table


def build(treebanks: Path) -> dict[str, dict[str, dict[str, str]]]:
    """Return both tables."""
    endings, capitals = items(
        [pair for bank in ("ewt", "gum") for pair in read_sentences(treebanks / f"{bank}-train.conllu")]
        + generate(OWN_SENTENCES, seed=7)
    )
    return {"endings": learn([*endings, *of_vocabulary()]), "capitals": learn(capitals)}


def main() -> None:
    """Write the tables and print how often they are right where the parts of speech are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", type=Path, default=TREEBANKS)
    parser.add_argument("--out", type=Path, default=HERE / "build" / "lemmas.json")
    args = parser.parse_args()
    tables = build(args.treebanks)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
    lemmas = Lemmas(**tables)
    files = [args.treebanks / f"{bank}-dev.conllu" for bank in ("ewt", "gum")]
    for path in (*files, HERE / "own_treebank" / "heldout.conllu"):
        said = [
            lemmas.lemma(row[1], pos=row[3], tag=row[4], first=at == 0) == row[2]
            for _, sentence in read_sentences(path)
            for at, row in enumerate(sentence)
            if row[2] != "_"
        ]
        print(f"{path.name}: {100 * sum(said) / len(said):.2f}")
    print(f"{args.out}: {args.out.stat().st_size / 1e3:.0f} kB, {sum(map(len, tables['endings'].values()))} endings")


if __name__ == "__main__":
    main()
