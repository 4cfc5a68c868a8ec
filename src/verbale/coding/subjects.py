"""Who does what a verb says, also where its subject stands elsewhere: control, coordination, participles, lost subjects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from verbale.coding.parties import Party, Phrases, less_sure
from verbale.coding.tree import Tree

# What it takes from a party's certainty, set by judgement, that it is only the owner of the subject ("a Soviet note"), or
# only the nearest party before a verb whose subject the parse has lost. They lower an event's confidence only.
OWNER_AS_SUBJECT: Final = 0.85
LOST_SUBJECT: Final = 0.6
# Controls and shared subjects chained deeper than this are an error of the parse.
DEEPEST_CHAIN: Final = 6
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})


class SubjectFinder:
    """Finds the subjects of the verbs of one sentence."""

    def __init__(self, tree: Tree, phrases: Phrases) -> None:
        """Keep the sentence's tree and its resolved phrases."""
        self.tree = tree
        self.phrases = phrases

    def _flat(self, nodes: Iterable[int]) -> list[Party]:
        return [party for node in nodes for party in self.phrases.parties(node)]

    def subjects(self, verb: int, depth: int = 0) -> list[Party]:
        """Return the parties that do what a verb says, also where its subject stands elsewhere."""
        tree = self.tree
        if depth > DEEPEST_CHAIN:
            return []
        if tree.is_passive(verb):
            agents = [c for c in tree.kids(verb, "obl") if tree.label(c) == "obl:agent" or tree.case(c) == "by"]
            return self._subject_parties(agents)
        own = tree.kids(verb, "nsubj")
        if own:
            return self._subject_parties(own)
        return self._distant_subject(verb, depth) or (self._nearest_before(verb) if depth == 0 else [])

    def _nearest_before(self, verb: int) -> list[Party]:
        """Return the nearest party before a finite verb whose subject the parse has lost."""
        tree = self.tree
        finite = tree.tokens[verb].tag in FINITE or any(tree.tokens[aux].tag in FINITE for aux in tree.kids(verb, "aux"))
        if not finite or tree.is_(verb, "acl", "xcomp", "amod"):
            return []
        for at in range(verb - 1, -1, -1):
            token = tree.tokens[at]
            if token.text in {";", ":"} or (token.tag in FINITE and tree.is_verb(at)):
                return []
            dependent = tree.is_(at, "compound", "flat", "appos") or (tree.is_(at, "nmod") and tree.kids(at, "case"))
            if token.pos in {"NOUN", "PROPN", "PRON"} and not dependent:
                found = self.phrases.parties(at) or self.phrases.owners(at)
                if found:
                    return less_sure(found, LOST_SUBJECT)
        return []

    def _subject_parties(self, nodes: Iterable[int]) -> list[Party]:
        """Return the parties of a subject, or whom it belongs to: a Soviet note, British pressure."""
        nodes = list(nodes)
        direct = self._flat(nodes)
        if direct:
            return direct
        return less_sure((party for node in nodes for party in self.phrases.owners(node)), OWNER_AS_SUBJECT)

    def _distant_subject(self, verb: int, depth: int) -> list[Party]:
        tree = self.tree
        token = tree.tokens[verb]
        head = token.head
        if head == verb:
            return []
        if token.label == "conj":
            while token.tag in FINITE and tree.tokens[head].tag in {"VB", "VBG"} and tree.tokens[head].head != head:
                # A finite verb continues a finite one: "called on them to stop and refrained from ..." has one caller.
                head = tree.tokens[head].head
            return self._conjunct_subject(head, depth)
        if tree.is_(verb, "acl"):
            return self._noun_clause_subject(verb, head, depth)
        if tree.is_(verb, "xcomp", "ccomp") and (tree.is_verb(head) or tree.kids(head, "nsubj")):
            controlled = self._flat(tree.kids(head, "obj", "iobj"))
            if controlled and tree.is_(verb, "xcomp"):
                return controlled
            called_upon = self._flat([c for c in tree.kids(head, "obl") if tree.case(c) in {"on", "upon", "to", "for", "from"}])
            if called_upon and tree.lower(head).startswith(("call", "appeal", "prevail", "plead")):
                return called_upon
            if tree.is_passive(head):
                return self._subject_parties(tree.kids(head, "nsubj"))
            return self.subjects(head, depth + 1)
        if tree.is_(verb, "advcl", "parataxis", "xcomp", "ccomp", "csubj"):
            if tree.is_passive(head):
                return self._subject_parties(tree.kids(head, "nsubj")) or self.subjects(head, depth + 1)
            if tree.is_verb(head) or tree.kids(head, "nsubj"):
                return self.subjects(head, depth + 1)
        return []

    def _conjunct_subject(self, head: int, depth: int) -> list[Party]:
        """Return the subject that a coordinated verb shares with the first, whichever of the two is passive."""
        tree = self.tree
        if tree.is_passive(head):
            shared = self._subject_parties(tree.kids(head, "nsubj"))
            return shared or self.subjects(head, depth + 1)
        return self.subjects(head, depth + 1)

    def _noun_clause_subject(self, verb: int, noun: int, depth: int) -> list[Party]:
        """Return who acts in a clause that hangs on a noun: the noun itself, or the owner of a decision or promise to act."""
        tree = self.tree
        marks = {tree.lower(mark) for mark in tree.kids(verb, "mark")}
        if "to" in marks:
            owners = self.phrases.owners(noun)
            if owners:
                return owners
            if tree.is_(noun, "obj", "obl", "nsubj") and tree.is_verb(tree.tokens[noun].head):
                return self.subjects(tree.tokens[noun].head, depth + 1)
            return []
        if tree.tokens[verb].tag == "VBG" and noun in self.phrases.mention_of and tree.is_(noun, "obl", "nmod", "obj"):
            # "a note to Athens demanding an apology": the note's sender demands, not Athens.
            governor = tree.clause_head(tree.tokens[noun].head)
            sender = self.subjects(governor, depth + 1) if tree.is_verb(governor) else []
            if sender:
                return sender
        own = self.phrases.parties(noun) or self.phrases.owners(noun)
        if own or tree.tokens[verb].tag != "VBG":
            return own
        # "sent a note claiming violations": who sends what speaks, speaks
        governor = tree.tokens[noun].head
        return self.subjects(governor, depth + 1) if tree.is_verb(governor) else []
