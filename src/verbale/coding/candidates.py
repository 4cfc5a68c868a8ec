"""Who could be party to an act: every actor that its sentence names or takes up, and those that the story offers besides."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from verbale.coding.parties import Party, Phrases
from verbale.coding.tree import Tree

# The story offers so many of the states that it names most; hand-coded acts that leave a party out mean one of the first three
# in nine cases of ten.
OFFERED_STATES: Final = 3
# Between an act and a party lie at most so many steps of the tree before their way is only called long.
LONGEST_WAY: Final = 5
# Steps that stay inside one noun phrase say nothing of the party's role.
WITHIN_PHRASE: Final = frozenset({"conj", "flat", "appos", "fixed", "goeswith", "list", "dep"})
MODIFIERS: Final = frozenset({"amod", "compound", "nummod", "det"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that may be party to the acts of a sentence, and the word `at` which it stands (-1: only in the story).

    `team` is the first of the coordinated phrases that it stands among ("Britain and France"), or its own word.
    """

    party: Party
    at: int
    team: int = -1
    # The actor's code, which is asked for more often than all else.
    code: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the code from the actor."""
        object.__setattr__(self, "code", self.party.actor.code)


def candidates(tree: Tree, phrases: Phrases) -> list[Candidate]:
    """Return the candidates of a sentence in text order, then those that only the story offers."""
    found: dict[tuple[str, int], Candidate] = {}
    for at, token in enumerate(tree.tokens):
        if token.pos in {"PUNCT", "ADP", "CCONJ", "SCONJ", "ADV", "PART"}:
            continue
        for party in _at(tree, phrases, at):
            found.setdefault((party.code, at), Candidate(party, at, tree.first_conjunct(at)))
    named = {candidate.code for candidate in found.values()}
    for actor in phrases.memory.offered(OFFERED_STATES):
        if actor.code not in named:
            found[actor.code, -1] = Candidate(Party(actor, -1, "implied", 1.0), -1)
    return list(found.values())


def _at(tree: Tree, phrases: Phrases, at: int) -> list[Party]:
    mention = phrases.mention_of.get(at)
    if mention is not None and phrases.mention_of.get(at - 1) is mention:
        return []  # the second word of a name
    single = phrases.single(at)
    if single:
        return single
    if mention is not None:
        name = phrases.resolve(mention)
        return [Party(phrases.actor(name, mention.text), at, "owner", 0.9)] if name else []
    return phrases.place(at) if tree.tokens[at].pos == "PROPN" else []


class Ways:
    """The ways through one tree from an act to the words around it, as strings of steps; each is looked up once."""

    def __init__(self, tree: Tree) -> None:
        """Keep the tree."""
        self.tree = tree
        self._up: dict[int, dict[int, int]] = {}
        self._steps: dict[tuple[int, bool], str] = {}
        self._found: dict[tuple[int, int], str] = {}

    def way(self, start: int, end: int) -> str:
        """Return the steps from one word to another: `^` and a label for each step up, label and preposition for each down."""
        key = (start, end)
        if key not in self._found:
            self._found[key] = self._find(start, end)
        return self._found[key]

    def _chain(self, at: int) -> dict[int, int]:
        if at not in self._up:
            self._up[at] = {node: depth for depth, node in enumerate((at, *self.tree.ancestors(at)))}
        return self._up[at]

    def _find(self, start: int, end: int) -> str:
        tree = self.tree
        chain = self._chain(start)
        down: list[str] = []
        node = end
        while node not in chain:
            step = self._step(node)
            if step:
                down.append(step)
            node = tree.tokens[node].head
        top = chain[node]
        up = [f"^{step}" for other, depth in chain.items() if depth < top and (step := self._step(other, upward=True))]
        steps = up + down[::-1]
        if not steps:
            return "self" if top == 0 and node == end else "beside"
        if len(steps) > LONGEST_WAY:
            return f"{steps[0]} .. {steps[-1]}"
        return " ".join(steps)

    def _step(self, at: int, *, upward: bool = False) -> str:
        key = (at, upward)
        if key not in self._steps:
            self._steps[key] = self._find_step(at, upward=upward)
        return self._steps[key]

    def _find_step(self, at: int, *, upward: bool) -> str:
        tree = self.tree
        label = tree.label(at)
        main = label.partition(":")[0]
        if main in WITHIN_PHRASE:
            return "conj" if upward and main == "conj" and tree.is_verb(at) else ""
        if main in MODIFIERS:
            return "mod"
        if label == "nmod:poss":
            return "poss"
        if main in {"obl", "nmod"}:
            return f"{main}:{tree.case(at)}" if tree.case(at) else main
        if label in {"nsubj:pass", "acl:relcl"}:
            return label
        return main
