"""What speaks for and against an actor's part in an act, as short readable strings that the scorer holds weights for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from verbale.coding.candidates import Candidate, Ways
from verbale.coding.fillers import codes_of
from verbale.coding.parties import Phrases
from verbale.coding.roles import CIRCUMSTANCES, RoleFinder, Roles
from verbale.coding.status import Reading
from verbale.coding.tree import Tree
from verbale.coding.triggers import Trigger
from verbale.coding.trust import rule_trust
from verbale.core import EVENT_TYPES, QUADRANTS
from verbale.vocab import ORGANISATION_CODES

RoleName = Literal["source", "target"]
# Estimates are told by the steps that they reach: the learnt weights of the steps make a curve of them.
STEPS: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96)
TRUST_STEPS: Final = (0.01, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)
# What the cues of a document that is no story begin with.
ALONE: Final = "alone"
# Distances in words between an act and a party, by upper bound.
DISTANCES: Final = (2, 5, 10, 20)


@dataclass(frozen=True)
class Act:
    """A trigger with how it is told, what the rules make its parties, and the codes that each of its declared roles finds."""

    trigger: Trigger
    reading: Reading
    rule: Roles
    declared: dict[RoleName, dict[str, int]]
    shape: str
    governor: str
    trust: dict[tuple[str, str], float]

    @cached_property
    def sources(self) -> frozenset[str]:
        """The codes of those whom the rules make the source."""
        return codes_of(self.rule.source)

    @cached_property
    def targets(self) -> frozenset[str]:
        """The codes of those whom the rules make the target."""
        return codes_of(self.rule.target)

    @property
    def mutual(self) -> bool:
        """Tell whether the act is one that its parties share, so that direction carries no meaning."""
        return self.trigger.entry.mutual or self.rule.mutual


class Cues:
    """The cues of one sentence's acts and candidates."""

    def __init__(self, tree: Tree, phrases: Phrases, finder: RoleFinder, candidates: Sequence[Candidate]) -> None:
        """Keep the sentence; what several acts ask for is found once."""
        self.tree = tree
        self.phrases = phrases
        self.finder = finder
        self.candidates = candidates
        self.ways = Ways(tree)
        self._parts: dict[int, list[list[float]]] = {}
        self._best_parts: dict[tuple[int, str], float] = {}
        self._lead_parts: dict[tuple[int, str], dict[str, float]] = {}
        self._nearest_codes: dict[tuple[int, str], str] = {}
        self._circumstances: dict[int, bool] = {}
        self._teams: dict[int, list[Candidate]] = {}
        for candidate in candidates:
            if candidate.team >= 0:
                self._teams.setdefault(candidate.team, []).append(candidate)
        self.named = {candidate.code for candidate in candidates if candidate.at >= 0}
        last = phrases.memory.subjects[-1:]
        self.last_subject = last[0].code if last else ""

    def prepare(self, trigger: Trigger, reading: Reading, triggers: Sequence[Trigger]) -> Act:
        """Gather what the cues of one act rest on."""
        declared: dict[RoleName, dict[str, int]] = {"source": {}, "target": {}}
        roles: tuple[tuple[RoleName, tuple[str, ...]], ...] = (
            ("source", trigger.entry.source),
            ("target", trigger.entry.target),
        )
        for role, names in roles:
            for place, name in enumerate(names):
                for party in self.finder.in_role(trigger, name):
                    declared[role].setdefault(party.code, place)
        if trigger.is_noun_alone:
            shape = "noun"
        elif trigger.at != trigger.verb:
            shape = "light"
        else:
            shape = "verb"
        if trigger.verb is not None and self.tree.is_passive(trigger.verb):
            shape = f"passive {shape}"
        heads = {other.anchor: other for other in triggers if other is not trigger}
        governor = next((heads[node].type for node in self.tree.ancestors(trigger.anchor) if node in heads), "")
        rule = self.finder.roles(trigger)
        trust = rule_trust(self.tree, trigger, reading, rule)
        return Act(trigger, reading, rule, declared, shape, governor, trust)

    def act(self, act: Act) -> list[str]:
        """Return the cues that the act itself gives, whoever its parties are."""
        trigger, tree = act.trigger, self.tree
        entry = trigger.entry
        cues = [
            "act",
            f"act {act.shape}",
            f"act {trigger.type}",
            f"act {trigger.type} {act.shape}",
            f"act strength {entry.strength}",
            f"act strength {entry.strength} {act.shape}",
            f"act codes {min(len(self.named), 4)}",
            f"act rule {act.rule.how}",
            f"act word {entry.lemma} {entry.kind}",
            f"act word {entry.lemma} {entry.kind} {trigger.type}",
        ]
        cues += told_cues(act)
        if act.reading.said_by is not None:
            cues.append("act said")
        if act.governor:
            cues += [f"act under {act.governor}", f"act under {act.shape}", f"act {tree.label(trigger.anchor)} under act"]
        if trigger.is_noun_alone:
            cues += self._noun_cues(act)
        else:
            label = tree.label(trigger.anchor)
            cues += [f"act verb {label}", f"act tag {tree.tokens[trigger.anchor].tag} {label}"]
        cues += self._act_estimates(act)
        if entry.mode:
            cues.append(f"act mode {trigger.type} {entry.mode}")
        return self._of_kind(cues)

    def _of_kind(self, cues: list[str]) -> list[str]:
        """Return cues with a twin each where the document is a report of one thing, so that what counts there is learnt apart.

        Daume (2007), "Frustratingly easy domain adaptation".
        """
        return [*cues, *(f"{ALONE} {cue}" for cue in cues)] if self.phrases.memory.alone else cues

    def _noun_cues(self, act: Act) -> list[str]:
        tree, at = self.tree, act.trigger.at
        label = tree.label(at).partition(":")[0]
        det = next((tree.lower(child) for child in tree.kids(at, "det")), "none")
        det = det if det in {"the", "a", "an", "no", "this", "such", "any", "another", "none"} else "other"
        case = tree.case(at)
        cues = [
            f"act noun {label}",
            f"act noun det {det}",
            f"act noun {label} {case}",
            f"act noun tag {tree.tokens[at].tag}",
            f"act noun {act.trigger.type} {label}",
        ]
        below = tree.subtree(at)
        if any(tree.tokens[node].text.isdigit() and len(tree.tokens[node].text) == 4 for node in below):
            cues.append("act noun dated")
        if any(tree.is_(child, "acl") for child in tree.children[at]):
            cues.append("act noun with clause")
        if tree.kids(at, "nmod"):
            cues.append("act noun with phrase")
        return cues

    def _act_estimates(self, act: Act) -> list[str]:
        """Return what the model makes of the act's word; without estimates, that it was not seen."""
        estimates = self.tree.sentence.estimates
        if estimates is None:
            return ["unseen", f"unseen {act.shape}", f"unseen {act.trigger.type}"]
        words = {act.trigger.at, act.trigger.anchor}
        rows = estimates.acts[sorted(words)].max(axis=0)
        quad = QUADRANTS[act.trigger.type]
        own = float(rows[EVENT_TYPES.index(act.trigger.type)])
        alike = float(rows[[at for at, name in enumerate(EVENT_TYPES) if QUADRANTS[name] == quad]].max())
        best = float(rows.max())
        known = "model" if act.trigger.entry.entry_id.startswith("estimated") else "entry"
        other = "" if act.trigger.type == act.trigger.entry.type else " other"
        return [
            f"act seen {known}{other}",
            f"act seen {known} {act.shape}",
            *_steps("act own", own),
            *_steps("act quad", alike),
            *_steps("act any", best),
            f"act best {own == best} {alike == best}",
        ]

    def _part(self, act: Act, role: RoleName, at: int) -> float:
        estimates = self.tree.sentence.estimates
        if estimates is None:
            return 0.0
        word = act.trigger.at
        if word not in self._parts:
            self._parts[word] = estimates.parts[word].tolist()
        return self._parts[word][at + 1][0 if role == "source" else 1]

    def _best_part(self, act: Act, role: RoleName) -> float:
        key = (act.trigger.at, role)
        if key not in self._best_parts:
            parts = [self._part(act, role, candidate.at) for candidate in self.candidates if candidate.at >= 0]
            self._best_parts[key] = max(parts, default=0.0)
        return self._best_parts[key]

    def _leads(self, act: Act, role: RoleName) -> dict[str, float]:
        """Return what the model makes of the part that each of the document's leads has in an act, by code."""
        key = (act.trigger.at, role)
        if key not in self._lead_parts:
            sentence = self.tree.sentence
            parts = (
                [] if sentence.estimates is None else sentence.estimates.leads[key[0], :, 0 if role == "source" else 1].tolist()
            )
            self._lead_parts[key] = {lead.code: part for lead, part in zip(sentence.context.leads, parts, strict=False)}
        return self._lead_parts[key]

    def role(self, act: Act, role: RoleName, candidate: Candidate) -> list[str]:
        """Return the cues for one candidate in one role of an act."""
        code, at = candidate.code, candidate.at
        trigger = act.trigger
        r = role[0]
        place = act.declared[role].get(code)
        chosen = act.rule.source if role == "source" else act.rule.target
        by_rule = code in (act.sources if role == "source" else act.targets)
        cues = [
            f"{r} declared {'no' if place is None else min(place, 2)}",
            f"{r} declared {'no' if place is None else min(place, 2)} {act.shape}",
            f"{r} rule {by_rule} {act.rule.how} {act.shape}" if chosen else f"{r} rule none {act.shape}",
            f"{r} rule {by_rule}" if chosen else f"{r} rule none",
            f"{r} {candidate.party.kind} {act.shape}",
            f"{r} rank {self.phrases.memory.rank(code)}",
        ]
        if code in ORGANISATION_CODES:
            cues += [f"{r} organisation", f"{r} organisation {trigger.type}"]
        if candidate.party.actor.sector:
            cues.append(f"{r} sector {candidate.party.actor.sector}")
        if code == self.last_subject:
            cues.append(f"{r} last subject")
        other: RoleName = "target" if role == "source" else "source"
        if code in act.declared[other]:
            cues.append(f"{r} declared as {other} {min(act.declared[other][code], 2)} {act.shape}")
        cues += self._part_estimates(act, role, candidate) + self._lead_estimates(act, role, candidate)
        if at < 0:
            rank = self.phrases.memory.rank(code)
            newest = code == self.last_subject
            cues += [f"{r} story", f"{r} story {act.shape}", f"{r} story {trigger.type}", f"{r} story rank {rank}",
                     f"{r} story of {min(len(self.named), 4)}", f"{r} story {act.shape} last {newest}"]  # fmt: skip
            return self._of_kind(cues)
        return self._of_kind(cues + self._standing(act, r, candidate))

    def _part_estimates(self, act: Act, role: RoleName, candidate: Candidate) -> list[str]:
        """Return what the model makes of a word's part in the act; at -1, of an actor that the sentence does not name."""
        at = candidate.at
        if self.tree.sentence.estimates is None:
            return []
        r = role[0]
        other: RoleName = "target" if role == "source" else "source"
        best, own = self._best_part(act, role), self._part(act, role, at)
        if at < 0:
            return [*_steps(f"{r} others", best), *_steps(f"{r} unnamed", own)]
        otherwise = (*_steps(f"{r} seen as {other}", self._part(act, other, at)), *self._team_estimates(act, role, candidate))
        return [*_steps(f"{r} best", best), *_steps(f"{r} seen", own), f"{r} seen best {own == best}", *otherwise]

    def _team_estimates(self, act: Act, role: RoleName, candidate: Candidate) -> list[str]:
        """Return what the model makes of those whom a candidate is coordinated with: they mostly act, or suffer, as one."""
        mates = [one for one in self._teams.get(candidate.team, ()) if one.code != candidate.code]
        if not mates:
            return []
        r = role[0]
        return [f"{r} team {act.shape}", *_steps(f"{r} team", max(self._part(act, role, one.at) for one in mates))]

    def _lead_estimates(self, act: Act, role: RoleName, candidate: Candidate) -> list[str]:
        """Return what the model makes of a candidate as one of the document's leads, wherever it stands."""
        leads, r = self._leads(act, role), role[0]
        if not leads:
            return []
        where = candidate.party.kind
        own = leads.get(candidate.code)
        if own is None:
            best = max(leads.values())
            return [f"{r} no lead {where}", *_steps(f"{r} other lead", best)]
        other: RoleName = "target" if role == "source" else "source"
        return [
            *_steps(f"{r} lead", own),
            *_steps(f"{r} lead {where}", own),
            *_steps(f"{r} lead as {other}", self._leads(act, other)[candidate.code]),
            f"{r} lead best {own == max(leads.values())} {where}",
        ]

    def _standing(self, act: Act, r: str, candidate: Candidate) -> list[str]:
        """Return where a candidate stands, seen from the act: the way through the tree, the side, the distance, the clause."""
        trigger, tree, at = act.trigger, self.tree, candidate.at
        way = self.ways.way(trigger.anchor, at)
        steps = way.split(" ")
        cues = [
            f"{r} {act.shape} way {way}",
            f"{r} {trigger.type} way {way}",
            f"{r} {act.shape} by {steps[-1]}",
            f"{r} {act.shape} from {steps[0]} {min(len(steps), 5)}",
            f"{r} {trigger.type} by {steps[-1]}",
        ]
        if trigger.at != trigger.anchor:
            cues.append(f"{r} object way {self.ways.way(trigger.at, at)}")
        distance = abs(at - trigger.at)
        bucket = next((str(bound) for bound in DISTANCES if distance <= bound), "far")
        side = "before" if at < trigger.at else "behind"
        cues += [f"{r} {side} {bucket}", f"{r} {act.shape} {side}"]
        if self._nearest(trigger.at, side) == candidate.code:
            cues += [f"{r} nearest {side}", f"{r} nearest {side} {act.shape}"]
        first, last = tree.clause_span(trigger.anchor)
        cues.append(f"{r} in clause {first <= at <= last}")
        if self._is_circumstance(at):
            cues.append(f"{r} circumstance")
        return cues

    def _is_circumstance(self, at: int) -> bool:
        """Tell whether a word stands in a phrase that says under what circumstances something was done."""
        if at not in self._circumstances:
            head = self.tree.tokens[at].head
            own = self.tree.case(at) in CIRCUMSTANCES
            self._circumstances[at] = own or (head != at and self._is_circumstance(head))
        return self._circumstances[at]

    def _nearest(self, at: int, side: str) -> str:
        key = (at, side)
        if key not in self._nearest_codes:
            here = [c for c in self.candidates if c.at >= 0 and (c.at < at if side == "before" else c.at > at)]
            self._nearest_codes[key] = min(here, key=lambda candidate: abs(candidate.at - at)).code if here else ""
        return self._nearest_codes[key]

    def _seen(self, act: Act, role: RoleName, candidate: Candidate) -> float:
        """Return the better of what the model makes of a candidate where it stands and as one of the document's leads."""
        own = self._part(act, role, candidate.at) if candidate.at >= 0 else 0.0
        return max(own, self._leads(act, role).get(candidate.code, 0.0))

    def _together(self, act: Act, source: Candidate, target: Candidate) -> list[str]:
        """Return what the model makes of both parts at once, alone and with the act: neither may be missing."""
        estimates = self.tree.sentence.estimates
        if estimates is None:
            return []
        parts = self._seen(act, "source", source) * self._seen(act, "target", target)
        turned = self._seen(act, "target", source) * self._seen(act, "source", target)
        told = float(estimates.acts[act.trigger.at].max())
        return [
            *_steps("p seen", parts**0.5),
            *_steps("p seen turned", turned**0.5),
            *_steps("p act seen", (parts * told) ** (1 / 3)),
            f"p seen more {parts > turned}",
        ]

    def pair(self, act: Act, source: Candidate, target: Candidate) -> list[str]:
        """Return the cues for two candidates together."""
        memory = self.phrases.memory
        rule = act.rule
        s, t = source.code in act.sources, target.code in act.targets
        if rule.mutual:
            s, t = s or source.code in act.targets, t or target.code in act.sources
        quad = QUADRANTS[act.reading.type]
        ranks = sorted((memory.rank(source.code), memory.rank(target.code)))
        cues = [
            f"p rule {s} {t}",
            f"p rule {s} {t} {rule.how} {act.shape}",
            f"p ranks {min(ranks[0], 4)} {min(ranks[1], 4)}",
            f"p named {source.at >= 0} {target.at >= 0} {act.shape}",
        ]
        trust = act.trust.get((source.code, target.code), 0.0)
        cues += [f"p trust {step}" for step in TRUST_STEPS if trust >= step]
        if act.trust and not trust:
            cues += ["p trust in others", f"p trust in others {act.shape}"]
        if self.tree.sentence.estimates is None:
            cues += [f"unseen trust {step}" for step in TRUST_STEPS if trust >= step] or [f"unseen others {bool(act.trust)}"]
        cues += self._together(act, source, target)
        if act.trigger.entry.mutual or rule.mutual:
            cues += ["p mutual", f"p mutual rule {s} {t}"]
        if source.at >= 0 and target.at >= 0:
            between = self.ways.way(source.at, target.at)
            cues += [
                f"p between {between}",
                f"p order {source.at < target.at} {act.shape}",
                f"p {quad} order {source.at < target.at}",
            ]
            if self.tree.first_conjunct(source.at) == self.tree.first_conjunct(target.at):
                cues.append(f"p coordinated {quad}")
        if memory.was_told(source.code, target.code, act.reading.type):
            cues += [f"p told before {act.shape}", f"p told before {act.trigger.type}"]
        if source.code == target.code:
            cues += ["p domestic", f"p domestic {act.reading.type}"]
        if source.code == self.last_subject or target.code == self.last_subject:
            cues.append(f"p last subject {source.code == self.last_subject}")
        return self._of_kind(cues)


def _steps(name: str, estimate: float) -> tuple[str, ...]:
    return _all_steps(name)[bisect_right(STEPS, estimate)]


@cache
def _all_steps(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the cues of an estimate by how many steps it reaches; there are a dozen names in all."""
    return tuple(tuple(f"{name} {step}" for step in STEPS[:reached]) for reached in range(len(STEPS) + 1))


def told_cues(act: Act) -> list[str]:
    """Return the cues of how an act is told: as done, or as something else and why."""
    if act.reading.status != "actual":
        return [f"act told {act.reading.status}", f"act told {act.reading.why}"]
    return [f"act told as {act.reading.why}"] if act.reading.why else []
