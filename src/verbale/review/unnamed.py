"""Who is left unnamed in a parsed sentence: "some analysts say", "it is believed", "the prevailing view is that".

Three questions are asked of a noun phrase: whether its head belongs to a class of people, works or opinions that can say
something (attribution_words.csv), whether anything in it says which ones are meant, and whether its verb says something at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.review.attribution import AttributionWords
from verbale.review.trees import Tree
from verbale.review.unnamed_but import (
    any_reader,
    apart,
    asks_in_writing,
    hearsay,
    in_clause,
    in_text,
    in_writing,
    of_edition,
    set_off,
    somewhere,
    the_one,
)
from verbale.review.words import alternatives
from verbale.vocab import Vocabulary

_CLAUSES: Final = ("ccomp", "csubj", "parataxis", "acl", "advcl", "xcomp")

Span = tuple[int, int]


class Unnamed:
    """Finds the words of a sentence that lay its statement to nobody in particular."""

    def __init__(self, words: AttributionWords, vocabulary: Vocabulary) -> None:
        """Take the classes of words, and the vocabulary that knows places from persons."""
        self.words = words
        self.vocabulary = vocabulary
        self.examples = re.compile(rf"\b{alternatives(tuple(words.examples))}\s")
        self.led = re.compile(rf"\b{alternatives(tuple(words.led))}\s(?:[a-z]+\s){{0,3}}[A-ZÀ-Þ]")

    def find(self, tree: Tree) -> Iterator[Span]:
        """Yield the spans (offsets in the document), in no order; spans may overlap."""
        for index in range(len(tree.tokens)):
            label = tree.label(index).partition(":")[0]
            if label == "nsubj":
                yield from self._subject(tree, index)
            elif label in ("obl", "nmod"):
                yield from self._oblique(tree, index)
            elif label == "expl":
                yield from self._there(tree, index)
            if tree.tokens[index].pos in ("VERB", "ADJ"):
                yield from self._passive(tree, index)

    # --- who says it

    def _subject(self, tree: Tree, index: int) -> Iterator[Span]:
        verb = tree.tokens[index].head
        if tree.label(index) == "nsubj:pass" or tree.hanging(verb, "cop") or tree.hanging(verb, "aux:pass"):
            past = not self._present(tree, verb)
            office = self._is(tree, self._resolve(tree, index)[0], self.words.role)
            idle = past and (tree.word(index) == "none" or office)  # a story: "many delegates were sceptical"
            if not idle and self._convinced(tree, verb) and self._nobody(tree, index, present=self._present(tree, verb)):
                yield self._span(tree, index, verb)
            yield from self._opinion(tree, index, verb)
            return
        if tree.words_of(index) & self.words.indefinite and any(
            tree.word(child) in self.words.writer for child in tree.hanging(verb, "obl", "iobj")
        ):
            return  # "a reader wrote to me": the writer is the witness
        goes_on = tree.lemma(verb) == "add" and not self._is(tree, index, self.words.holder | self.words.role)
        if (
            in_writing(tree, verb)
            or goes_on
            or self._in_the_know(tree, index, verb)
            or self._taking_part(tree, index, verb)
            or any_reader(tree, self._resolve(tree, index)[0], self.words)
            or asks_in_writing(tree, index, verb, self.words)
        ):
            return  # "legend adds" goes on with what was told
        if tree.lemma(verb) in self.words.staying:
            yield from self._opinion(tree, index, verb)
            kept = [each for each in tree.hanging(verb, "xcomp") if self._convinced(tree, each)]
            if kept and self._present(tree, verb) and self._nobody(tree, index, present=True):
                yield self._span(tree, index, kept[0])
            return
        further = [each for each in tree.hanging(verb, "conj") if not tree.hanging(each, "nsubj")]
        says = self._says(tree, verb) or (
            self._is(tree, index, self.words.holder) and any(self._says(tree, each) for each in further)
        )
        if not says and not self._holds(tree, index, verb):
            if tree.lemma(verb) in self.words.spreads and self._rumour(tree, index):
                yield self._span(tree, index, verb)
            return
        if self._nobody(tree, index, present=self._present(tree, verb)) or self._prevailing(tree, index):
            yield self._span(tree, index, verb)

    def _in_the_know(self, tree: Tree, index: int, verb: int) -> bool:
        """Tell whether a thing is said to be known or not, and so is true in the text: "few readers will know that"."""
        head, _ = self._resolve(tree, index)
        if tree.lemma(verb) not in self.words.knowing:
            return False
        denied = any(tree.word(child) in self.words.denials for child in tree.hanging(verb, "advmod"))
        few = "few" in {tree.word(index), tree.word(head), *tree.words_of(head), *tree.words_of(index)}
        return few or denied or self._is(tree, head, self.words.audience)

    def _taking_part(self, tree: Tree, index: int, verb: int) -> bool:
        """Tell whether what is told is the mind of some who took part, once: "few of the men who signed believed that"."""
        head, quantified = self._resolve(tree, index)
        definite = {tree.word(each) for each in (head, *tree.hanging(head, "det"))} & self.words.definite
        supposed = {tree.word(child) for child in tree.hanging(verb, "aux")} >= {"would", "have"}
        minded = tree.lemma(verb) in self.words.minding and not self._present(tree, verb)
        described = tree.hanging(head, "acl:relcl") or tree.hanging(index, "acl:relcl")
        return quantified and bool(definite) and (minded or supposed) and bool(described)

    def _says(self, tree: Tree, verb: int) -> bool:
        """Tell whether a verb says or thinks something here: a verb that may also be an act needs what is said behind it."""
        lemma = tree.lemma(verb)
        if lemma not in self.words.saying:
            return False
        if tree.tokens[verb].pos != "VERB":
            return bool(tree.hanging(verb, "ccomp"))  # a verb that looks like a noun: "experts question whether"
        if lemma in self.words.wondering and any(
            tree.word(child) in self.words.writer for child in tree.hanging(verb, "obj", "iobj")
        ):
            return False  # "friends ask me": a question put to the writer
        if lemma == "let":
            return any(tree.word(each) == "known" for each in tree.subtree(verb))
        if lemma == "have":
            return any(tree.word(child) == "it" for child in tree.hanging(verb, "obj"))
        if lemma not in self.words.saying_with_clause:
            return True
        for child in tree.hanging(verb, *_CLAUSES):
            if tree.label(child) in ("ccomp", "csubj", "parataxis"):
                if not apart(tree, verb, child):
                    return True
                continue
            if tree.label(child) == "xcomp" and (tree.tokens[child].pos != "VERB" or tree.lemma(child) in self.words.saying):
                return True
            if tree.label(child) in ("acl", "advcl", "xcomp") and tree.lemma(child) in self.words.saying:
                return True
        if lemma in self.words.creed and any(tree.cases(child) & {"about", "on"} for child in tree.hanging(verb, "obl")):
            return True  # "most authorities agree about the size"
        if lemma not in self.words.with_object:
            return False
        objects = [each for child in tree.hanging(verb, "obj") for each in tree.subtree(child)]
        placed = any(tree.cases(child) & self.words.object_cases for child in objects)
        return placed or any(tree.cases(child) & self.words.opinion_cases for child in tree.hanging(verb, "obl"))

    def _holds(self, tree: Tree, index: int, verb: int) -> bool:
        """Tell whether those whose trade is opinion hold one of a thing, in the present: "observers see no change"."""
        head, _ = self._resolve(tree, index)
        holds = self._is(tree, head, self.words.holder) or self._prevailing(tree, index)
        return tree.lemma(verb) in self.words.attitude and holds and self._present(tree, verb)

    def _is(self, tree: Tree, head: int, words: frozenset[str]) -> bool:
        """Tell whether a noun belongs to a class, alone or with the word before it (legal scholars, folk memory)."""
        before = tree.word(head - 1) if head and tree.label(head - 1) in ("amod", "compound") else ""
        return bool({tree.lemma(head), tree.word(head), f"{before} {tree.lemma(head)}", f"{before} {tree.word(head)}"} & words)

    def _rumour(self, tree: Tree, index: int) -> bool:
        head, _ = self._resolve(tree, index)
        return self._is(tree, head, self.words.rumour) and not self._owned(tree, index)

    def _present(self, tree: Tree, verb: int) -> bool:
        """Tell whether the clause is told in the present or the perfect, as a writer's own time."""
        auxiliaries = [tree.word(child) for child in tree.hanging(verb, "aux", "cop", "aux:pass")]
        if auxiliaries:
            return any(
                word in ("have", "has", "'ve", "do", "does", "is", "are", "will", "would", "may", "might", "can")
                for word in auxiliaries
            )
        return tree.tokens[verb].tag in ("VBP", "VBZ", "VB") or "Tense=Pres" in tree.tokens[verb].morph

    def _convinced(self, tree: Tree, verb: int) -> bool:
        if tree.word(verb) not in self.words.convinced:
            return False
        cased = tree.cases(verb)
        return not cased or bool(cased & {"of", "in"})

    # --- whether it is nobody in particular

    def _nobody(self, tree: Tree, index: int, *, present: bool) -> bool:
        """Tell whether a noun phrase stands for people or works that nothing names."""
        head, quantified = self._resolve(tree, index)
        lemma, word = tree.lemma(head), tree.word(head)
        if head == index and word in self.words.some | self.words.anybody and self._supposed(tree, index):
            return False
        if self._named(tree, index) or (not present and self._of_nation(tree, head)):
            return False
        if head == index and word in self.words.some:
            return self._clause_of(tree, index)
        if head == index and word in self.words.anybody:
            if word in self.words.described:  # "those close to the emir"
                return present and bool({tree.word(child) for child in tree.hanging(head, "amod", "acl")} & self.words.close)
            if tree.lemma(tree.tokens[index].head) in self.words.wondering:
                return False
            return word not in self.words.idle and self._clause_of(tree, index) and present
        if quantified and word in self.words.described:  # "many of those who were there"
            return bool(tree.hanging(tree.tokens[index].head, "ccomp"))
        determiners = {tree.word(child) for child in tree.hanging(head, "det")}
        adjectives = {tree.word(child) for child in tree.hanging(head, "amod", "det", "nummod")}
        quantified = quantified or bool(adjectives & self.words.some) or bool(determiners & self.words.some)
        if {tree.word(child) for child in tree.hanging(head, "advmod")} & self.words.degree:
            return False  # "taken by so few"
        single = bool((determiners | adjectives) & self.words.indefinite)
        if tree.hanging(head, "nmod:poss") and not quantified:
            return False
        whole = (
            "the" in determiners
            and self._is(tree, head, self.words.whole)
            and not any("of" in tree.cases(child) for child in tree.hanging(head, "nmod"))
        )
        if (determiners & self.words.definite and not quantified and not whole) or any(
            tree.word(child) not in ("one", "some") and tree.tokens[child].pos == "NUM"
            for child in tree.hanging(head, "nummod")
        ):
            return False
        plural = word != lemma or "Number=Plur" in tree.tokens[head].morph
        learned = self._is(tree, head, self.words.holder) or word.endswith(tuple(self.words.holder_endings))
        if learned and (plural or single or quantified or "no" in determiners):
            return True
        if self._is(tree, head, self.words.circle) and (plural or quantified or single or whole):
            return True
        if self._is(tree, head, self.words.work) and (not single or quantified):
            return not tree.words_of(head) & self.words.measuring  # "aerial surveys showed": what was measured
        if self._is(tree, head, self.words.role):
            return (
                quantified
                or (plural and (present or tree.words_of(head) & self.words.unspecific) and not self._of_nation(tree, head))
                or (single and self._unspecific(tree, head))
            )
        return False

    def _unspecific(self, tree: Tree, head: int) -> bool:
        """Tell whether one person without a name is told as a source: "a senior official", "one diplomat who was there"."""
        verb = tree.tokens[head].head
        if tree.lemma(verb) in self.words.addressing:
            return False
        described = tree.words_of(head) & self.words.unspecific
        return bool(described) or bool(tree.hanging(head, "acl", "amod") and max(tree.hanging(head, "acl", "amod")) > head)

    def _of_nation(self, tree: Tree, head: int) -> bool:
        """Tell whether an office is a state's: French officials are a government, officials are anybody."""
        describing = [
            *tree.hanging(head, "amod", "compound"),
            *(
                child
                for child in tree.hanging(head, "nmod")
                if tree.cases(child) & ({"of"} if tree.lemma(head) in self.words.posted else {"in", "of"})
                and tree.tokens[child].pos == "PROPN"
            ),
        ]
        return any(
            tree.tokens[child].pos == "PROPN" or self.vocabulary.actors.find(tree.tokens[child].text) for child in describing
        )

    def _resolve(self, tree: Tree, index: int) -> tuple[int, bool]:
        """Return the noun that a quantity counts ("a number of lawyers": lawyers), and whether there was a quantity."""
        counts = (
            tree.lemma(index) in self.words.quantity
            or tree.word(index) in self.words.some
            or tree.word(index) in ("one", "none")
        )
        if counts and not (
            self._is(tree, index, self.words.circle)
            and tree.word(index + 1) == "of"
            and tree.word(index + 2) in self.words.opinion
        ):
            for child in tree.hanging(index, "nmod"):
                if "of" in tree.cases(child):
                    return self._resolve(tree, child)[0], True
        return index, False

    def _supposed(self, tree: Tree, index: int) -> bool:
        """Tell whether a subject stands in a clause of what might happen ("if anyone says", "when people say")."""
        verb = tree.tokens[index].head
        marks = {tree.word(child) for child in tree.hanging(verb, "mark", "advmod", "aux")}
        return bool(marks & self.words.supposing) or (tree.label(verb) == "acl:relcl" and not set_off(tree, index, verb))

    def _clause_of(self, tree: Tree, index: int) -> bool:
        """Tell whether what a bare "some" or "many" says is a clause, so that it is an opinion and no act."""
        verb = tree.tokens[index].head
        if any(tree.word(child) in ("yes", "no") for child in tree.below[verb]):
            return False  # a vote
        if any(tree.word(child) == "will" for child in tree.hanging(verb, "aux")):
            return False  # an objection that the writer expects ("some will call this naive")
        asked = [each for child in tree.hanging(verb, "ccomp") for each in (child, *tree.below[child])]
        if any(tree.tokens[each].tag in ("WP", "WRB", "WDT") for each in asked):
            return False  # "everybody here knows what it is"
        if tree.word(index) in ("people", "folk") or "no" in tree.word(index):
            able = {tree.word(child) for child in tree.hanging(verb, "aux")} & {"can", "could", "will"}
            held = tree.lemma(verb) in self.words.creed and bool(tree.hanging(verb, "obl", "obj", "ccomp"))
            return (bool(tree.hanging(verb, "ccomp")) or held) and not able
        aside = tree.label(verb) == "parataxis" or set_off(tree, index, verb)
        if aside and tree.lemma(verb) in self.words.saying:
            return True  # "the truce, many argue, saved the city"
        if tree.lemma(verb) in self.words.dissenting and self._present(tree, verb):
            return not tree.hanging(verb, "obl", "obj")
        judged = tree.lemma(verb) in self.words.with_object | self.words.regarded and bool(tree.hanging(verb, "obj"))
        seen = judged and bool(tree.hanging(verb, "obl", "advcl"))
        return bool(tree.hanging(verb, "ccomp", "xcomp", "parataxis")) or seen or tree.lemma(verb) in self.words.impersonal

    def _named(self, tree: Tree, index: int) -> bool:
        """Tell whether a phrase says who is meant: a name in it or beside it that is no place, or examples."""
        phrase = [at for at in tree.subtree(index) if not in_clause(tree, at, index)]
        if not phrase:
            return False
        start, end = tree.tokens[phrase[0]].start, tree.tokens[phrase[-1]].end
        offset = tree.sentence.start
        text = tree.sentence.text[start - offset : end - offset]
        whole = tree.sentence.text[start - offset : tree.tokens[tree.subtree(index)[-1]].end - offset]
        if self.examples.search(text) or self.led.search(whole):
            return True
        if any(tree.tokens[at].pos == "PROPN" for at in tree.hanging(index, "appos")):
            return True
        names = [at for at in phrase if tree.tokens[at].pos == "PROPN"]
        return any(
            not self._place(tree, at, index) for at in names if not (at == index and self._is(tree, at, self.words.holder))
        )

    def _place(self, tree: Tree, at: int, top: int) -> bool:
        """Tell whether a proper name only says where or of which nation: Yerevan, Whitehall as an adjective, the Kremlin."""
        if tree.label(at) in ("compound", "amod"):
            return True
        head = at
        while tree.label(head) in ("flat", "compound", "amod", "conj") and head != top:
            head = tree.tokens[head].head
        if tree.cases(head) & {"in", "of", "around", "near", "across", "inside", "outside", "within", "throughout"}:
            name = " ".join(tree.tokens[each].text for each in tree.subtree(head) if tree.tokens[each].pos == "PROPN")
            mentions = self.vocabulary.actors.find(name)
            return (
                bool(mentions)
                or self.vocabulary.places.country(name) is not None
                or bool(tree.cases(head) & {"in", "inside", "around"})
            )
        return False

    # --- what is held by nobody

    def _opinion_noun(self, tree: Tree, index: int) -> bool:
        head, _ = self._resolve(tree, index)
        return self._is(tree, head, self.words.opinion | self.words.work) and not self._owned(tree, index)

    def _owned(self, tree: Tree, index: int) -> bool:
        """Tell whether an opinion has an owner: "his view", "the French view", "the view of the Court"."""
        if tree.hanging(index, "nmod:poss") or self._named(tree, index):
            return True
        owners = [child for child in tree.hanging(index, "nmod") if tree.cases(child) & {"of", "from", "by"}]
        return any(not self._nobody(tree, child, present=True) for child in owners)

    def _prevailing(self, tree: Tree, index: int) -> bool:
        """Tell whether a subject is an opinion that is told to prevail: received wisdom, the general view."""
        if not self._opinion_noun(tree, index):
            return False
        return bool({tree.word(child) for child in tree.hanging(index, "amod", "compound")} & self.words.prevailing)

    def _opinion(self, tree: Tree, index: int, verb: int) -> Iterator[Span]:
        """Yield "the received view is that", "the argument is often heard", "doubts have been voiced"."""
        if not self._opinion_noun(tree, index):
            return
        staying = tree.lemma(verb) in self.words.staying
        told = tree.word(verb) in self.words.voiced or (
            staying and any(tree.word(each) in self.words.voiced for each in tree.hanging(verb, "xcomp"))
        )
        told = told and not tree.hanging(verb, "obl:agent")
        equated = tree.hanging(verb, "cop") and any(
            tree.word(mark) in ("that", "whether") for mark in tree.hanging(verb, "mark")
        )
        if told or (equated and self._held(tree, index)):
            yield self._span(tree, index, verb if told else tree.hanging(verb, "cop")[0])

    def _held(self, tree: Tree, index: int) -> bool:
        among = any(tree.cases(child) & {"among", "amongst", "in", "of"} for child in tree.hanging(index, "nmod"))
        return self._prevailing(tree, index) or (among and tree.lemma(index) in self.words.floating)

    def _there(self, tree: Tree, index: int) -> Iterator[Span]:
        """Yield "there is a growing sense that", "there has been speculation about"."""
        if tree.word(index) != "there":
            return
        verb = tree.tokens[index].head
        for noun in tree.hanging(verb, "nsubj"):
            if self._sayers(tree, noun):
                yield self._span(tree, index, noun)
            told = [
                child for child in tree.hanging(noun, "acl") if tree.label(child) != "acl:relcl" or tree.hanging(child, "mark")
            ]
            clause = told or tree.hanging(verb, "ccomp")
            if tree.word(noun) == "talks":
                continue  # negotiations
            among = any(tree.cases(child) & {"among", "amongst", "about", "in"} for child in tree.hanging(noun, "nmod"))
            if the_one(tree, noun):
                continue
            if self._opinion_noun(tree, noun) and (clause or among) and not (tree.words_of(noun) & {"no", "little"}):
                yield self._span(tree, index, noun)

    def _sayers(self, tree: Tree, noun: int) -> bool:
        """Tell whether "there are" people of whom nothing is said but what they say ("there are many in Manila who think")."""
        head, _ = self._resolve(tree, noun)
        people = self.words.holder | self.words.role | self.words.some | self.words.anybody
        if not self._is(tree, head, people) or tree.word(head) in self.words.idle or self._named(tree, noun):
            return False
        clauses = [
            *tree.hanging(noun, "acl:relcl"),
            *tree.hanging(head, "acl:relcl"),
            *tree.hanging(tree.tokens[noun].head, "acl:relcl"),
        ]
        return any(self._says(tree, clause) for clause in clauses)

    # --- passives and phrases

    def _oblique(self, tree: Tree, index: int) -> Iterator[Span]:
        """Yield "by some", "in the opinion of many lawyers", "to many observers"."""
        cases = tree.cases(index)
        verb = tree.tokens[index].head
        if tree.label(index) == "obl:agent" or "by" in cases:
            told = tree.tokens[verb].pos == "VERB" and tree.lemma(verb) in self.words.saying | self.words.regarded
            if (
                told
                and self._nobody_spoken(tree, index)
                and (self._quantified(tree, index) or not self._is(tree, index, self.words.role))
            ):
                yield self._span(tree, verb, index)
            return
        if "according to" in cases and self._nobody_spoken(tree, index):
            yield self._span(tree, index, index)
        if cases & self.words.before_many and tree.label(index) == "obl":
            head, quantified = self._resolve(tree, index)
            described = quantified or bool(tree.words_of(head) & self.words.some)
            if (
                self._is(tree, head, self.words.holder)
                and (described or cases & {"among", "amongst"})
                and self._nobody(tree, index, present=True)
                and index < verb
            ):
                yield self._span(tree, index, index)
        held = tree.lemma(verb) in self.words.opinion | self.words.telling
        if "of" in cases and held and tree.cases(verb) & {"in", "to"} and self._nobody_spoken(tree, index):
            yield self._span(tree, verb, index)

    def _quantified(self, tree: Tree, index: int) -> bool:
        head, counted = self._resolve(tree, index)
        return counted or bool(tree.words_of(head) & self.words.some)

    def _nobody_spoken(self, tree: Tree, index: int) -> bool:
        """Tell whether the unnamed stand where a speaker is told; a bare "some" is one there."""
        if tree.word(index) in self.words.some | {"everyone", "everybody", "people"} and not self._named(tree, index):
            degree = {tree.word(child) for child in tree.hanging(index, "advmod")} & self.words.degree
            return tree.tokens[index].pos != "NUM" and not degree
        return self._nobody(tree, index, present=True)

    def _passive(self, tree: Tree, index: int) -> Iterator[Span]:
        """Yield "it is said that", "he is thought to have", "it is widely seen as"."""
        auxiliaries = tree.hanging(index, "aux:pass", "cop")
        compared = any(tree.word(each) == "than" for each in tree.hanging(index, "mark", "case"))
        if not auxiliaries or compared or self._spoken_by(tree, index) or of_edition(tree, index, self.words):
            return  # "easier than is often remembered" says how easy it was
        lemma, first = tree.lemma(index), min(auxiliaries)
        modal = {tree.word(child) for child in tree.hanging(index, "aux")} & self.words.modal
        adverbs = {tree.word(child) for child in tree.hanging(index, "advmod")}
        wide = bool(adverbs & self.words.wide)
        subjects = tree.hanging(index, "nsubj", "expl", "csubj")
        impersonal = any(tree.word(child) == "it" for child in subjects)
        clause = [child for child in tree.hanging(index, "ccomp", "csubj") if child > index]
        # "was supposed to remain" is a duty; "is supposed to have remained" is hearsay
        raised = any(
            "to" in {tree.word(mark) for mark in tree.hanging(child, "mark")} and (lemma != "suppose" or hearsay(tree, child))
            for child in tree.hanging(index, "xcomp")
        )
        told_where = any(
            in_text(tree, child, self.words) for child in tree.hanging(index, "obl") if not wide or somewhere(tree, child)
        )
        held = lemma in self.words.impersonal or (wide and lemma in self.words.regarded)
        if impersonal and clause and not modal and not told_where and held:
            yield self._span(tree, min(subjects), index)
        elif (raised and not modal and lemma in self.words.raised) or (
            wide and not modal and lemma in self.words.regarded and not told_where
        ):
            yield self._span(tree, first, index)

    def _spoken_by(self, tree: Tree, index: int) -> bool:
        """Tell whether a passive names who: an agent that is somebody."""
        agents = [
            child for child in tree.hanging(index, "obl") if "by" in tree.cases(child) or tree.label(child) == "obl:agent"
        ]
        return any(not self._nobody_spoken(tree, child) or tree.hanging(child, "acl:relcl") for child in agents)

    def _span(self, tree: Tree, one: int, other: int) -> Span:
        first, last = sorted((one, other))
        start = min(self._left(tree, first), first)
        return tree.tokens[start].start, tree.tokens[last].end

    def _left(self, tree: Tree, index: int) -> int:
        """Return the leftmost word that describes a noun right before it."""
        before = tree.hanging(index, "det", "amod", "compound", "nummod", "case")
        return min([index, *(self._left(tree, child) for child in before if child < index)])
