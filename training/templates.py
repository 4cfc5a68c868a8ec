"""Writes our own small treebank: seeded sentences of diplomatic English from the bracketed rules in `own_treebank/grammar.txt`.

A rule is `NAME = template`; several lines of one name are alternatives, `NAME *3 = ...` counts three times. In a template

- `{NAME}` is replaced by one of the rules of that name; `{NAME 2 1}` gives it numbers that its text calls `$1`, `$2`;
- `{NAME.VBG 1 2}` gives the verbs that the rule writes with `.V` (and the `BE` of a passive) that Penn tag;
- `{S1}`, `{S1.adj}`, `{S1.poss}`, `{S1.people}`, `{S1.capital}`, `{S1.person}`, `{S1.surname}`, `{S1.hyphen}` name the
  first state of the sentence, and so on; a sentence draws its states without repeating one;
- `a|b` between words is a choice of words, `?( ... ?)` is left out half of the time, `<1804:2024>` draws a number,
  `<range>` two years with a hyphen.

Run `python training/templates.py --count 20` to read some sentences.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import Final

import spacy
from spacy.language import Language

from inflection import words
from names import StateNames, load_states
from trees import TreeError, parse_tree, to_rows

GRAMMAR: Final = Path(__file__).parent / "own_treebank" / "grammar.txt"
# States that history and news write about most are drawn half of the time: their names have the most forms.
FREQUENT: Final = words(
    "USA RUS GBR FRA DEU CHN JPN IRN TUR ITA ESP EGY IND PAK ISR KOR PRK POL UKR SRB BRA CHL IRQ CUB VNM AUH"
)
# Nearly every sentence of the field is shorter; longer ones are chains of optional parts that no writer would make.
LONGEST: Final = 48
_SLOT: Final = re.compile(r"\{(\w+)(?:\.(\w+))?((?:\s+\d)*)\}")
_BE: Final = {"VBD": "was", "VBZ": "is", "VB": "be", "VBG": "being", "VBN": "been"}
Row = list[str]


class Grammar:
    """The rules by name, and the random choices of one run."""

    def __init__(self, path: Path, states: list[StateNames], seed: int) -> None:
        """Read the rules; a line that is no rule is an error."""
        self.rules: dict[str, list[str]] = defaultdict(list)
        self.random = random.Random(seed)  # noqa: S311
        self.frequent = [state for state in states if state.code in FREQUENT]
        self.states = states
        self._queue: list[StateNames] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            match = re.match(r"(\w+)(?: \*(\d+))? = (.+)$", line)
            if match is None:
                raise TreeError(f"{path.name}, line {number}: a rule is NAME = template, this is {line!r}")
            self.rules[match[1]] += [match[3]] * int(match[2] or 1)

    def sentence(self) -> str:
        """Return one bracketed sentence without slots."""
        cast = self._cast()
        text = "{SENTENCE}"
        for _ in range(400):
            match = _SLOT.search(text)
            if match is None:
                return self._numbers(self._words(text))
            text = text[: match.start()] + self._fill(match, cast) + text[match.end() :]
        raise TreeError(f"the rules do not come to an end: {text[:200]}")

    def _cast(self) -> list[StateNames]:
        """Draw five states; the less frequent ones in turn, so that each is seen equally often."""
        chosen: list[StateNames] = []
        while len(chosen) < 5:
            if self.random.random() < 0.5:
                state = self.random.choice(self.frequent)
            else:
                if not self._queue:
                    self._queue = self.random.sample(self.states, len(self.states))
                state = self._queue.pop()
            if state not in chosen:
                chosen.append(state)
        return chosen

    def _fill(self, match: re.Match[str], cast: list[StateNames]) -> str:
        name, form, numbers = match[1], match[2], match[3].split()
        if re.fullmatch(r"S\d", name):
            return self._state(cast[int(name[1:]) - 1], form)
        if name not in self.rules:
            raise TreeError(f"no rule is called {name}")
        text = self.random.choice(self.rules[name])
        text = re.sub(r"\?\((.*?)\?\)", lambda part: part[1] if self.random.random() < 0.5 else "", text)
        for at, number in enumerate(numbers, start=1):
            text = text.replace(f"${at}", number)
        if form:
            text = re.sub(r"\.V(?=[\s:*\]]|$)", f".{form}", text)
            text = re.sub(r"\bBE\b", _BE.get(form, "be"), text).replace(".TAG", f".{form}")
        return text if name.isupper() and name.endswith("_") else f"[= {text} ]"

    def _state(self, state: StateNames, form: str | None) -> str:
        pick = self.random.choice
        # Texts mostly use the short name; official, former and older ones come now and then.
        short = [name for name in state.names if len(name.split()) <= 3]
        name = pick(short) if short and self.random.random() < 0.55 else pick(state.names)
        match form:
            case None:
                return name
            case "poss":
                return f"[= {name} 's ]"
            case "adj":
                return state.adjectives[0] if self.random.random() < 0.7 else pick(state.adjectives)
            case "people":
                return pick(state.demonyms) if state.demonyms else f"[= {pick(state.adjectives)} [= force.NNS ]* ]"
            case "capital":
                return pick(state.capitals) if state.capitals else name
            case "person":
                return pick(state.persons) if state.persons else name
            case "surname":
                return pick(state.surnames) if state.surnames else name
            case "hyphen":
                first = pick(state.prefixes) if state.prefixes else pick(state.adjectives).split()[1].partition(".")[0]
                return f"[= {first}.JJ* - ]"
        raise TreeError(f"a state has no form {form!r}")

    def _words(self, text: str) -> str:
        def choose(piece: str) -> str:
            if "|" not in piece:
                return piece
            stem, dot, rest = piece.partition(".")
            return self.random.choice(stem.split("|")) + dot + rest

        return " ".join(choose(piece) for piece in text.split())

    def _numbers(self, text: str) -> str:
        def draw(match: re.Match[str]) -> str:
            return str(self.random.randint(int(match[1]), int(match[2])))

        def span(_: re.Match[str]) -> str:
            first = self.random.randint(1800, 2015)
            return f"{first}.CD* [nmod -.SYM:case {first + self.random.randint(1, 9)}.CD ]"

        text = text.replace("<range>", "<>")
        text = re.sub("<>", span, text)
        return re.sub(r"<(\d+):(\d+)>", draw, text)


def generate(count: int, *, seed: int, pipeline: Language | None = None) -> list[tuple[str, list[Row]]]:
    """Return so many different sentences with their rows; those that the tokenizer cuts otherwise are left out."""
    tokenizer = pipeline or spacy.blank("en")
    grammar = Grammar(GRAMMAR, load_states(), seed)
    sentences: dict[str, list[Row]] = {}
    misses = 0
    while len(sentences) < count:
        text, rows = to_rows(parse_tree(grammar.sentence() + " ."))
        if len(rows) > LONGEST:
            continue
        if [token.text for token in tokenizer.make_doc(text)] != [row[1] for row in rows]:
            misses += 1
            # One in ten is far above what single odd names cause: then a rule writes words as the tokenizer does not.
            if misses > max(100, len(sentences) // 10):
                raise TreeError(f"too many sentences are cut otherwise by the tokenizer, the last: {text}")
            continue
        sentences.setdefault(text, rows)
    return list(sentences.items())


def write_conllu(path: Path, sentences: list[tuple[str, list[Row]]]) -> None:
    """Write sentences as a CoNLL-U file."""
    blocks = [f"# text = {text}\n" + "".join("\t".join(row) + "\n" for row in rows) + "\n" for text, rows in sentences]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(blocks), encoding="utf-8")


def main() -> None:
    """Print sentences with their trees, or write them to a file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    sentences = generate(args.count, seed=args.seed)
    if args.out:
        write_conllu(args.out, sentences)
        return
    for text, rows in sentences:
        print(text)
        print("   ", " ".join(f"{row[1]}/{row[4]}/{row[7]}>{row[6]}" for row in rows))


if __name__ == "__main__":
    main()
