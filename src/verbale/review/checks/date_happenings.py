"""Events that a text dates: foundings, births, deaths, independence, signatures, resolutions, and "the armistice"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from verbale.review.citations import without_citations
from verbale.review.dates import WrittenDate
from verbale.review.manuscript import Manuscript
from verbale.review.marking import DATE, Marked, mark


@dataclass(frozen=True, slots=True)
class Dated:
    """A named event with a date that the text gives it: offsets of name and date in the document."""

    name: str
    start: int
    end: int
    date: WrittenDate
    date_at: int
    last: WrittenDate | None = None


_SUBJECT: Final = r"(?P<who>[A-ZÀ-Þ][\w'’-]+(?:\s(?:of\s|the\s|de\s|for\s|on\s|and\s)?[A-ZÀ-Þ][\w'’-]+){0,4})"
# What happens once to one: the verb after its name, and the noun before it.
_ONCE: Final[dict[str, tuple[str, str]]] = {
    "founding": (
        r"(?:founded|established|created|set\sup|formed|constituted|proclaimed|inaugurated)",
        r"(?:founding|foundation|establishment|creation|formation|birth|proclamation|inauguration)",
    ),
    "birth": (r"(?:born)", r"(?:birth)"),
    "death": (
        r"(?:died|assassinated|murdered|shot\sdead|killed|executed|hanged|beheaded)",
        r"(?:death|assassination|murder|execution)",
    ),
    "independence": (
        r"(?:became\sindependent|gained\s(?:its\s)?independence|declared\s(?:its\s)?independence|won\s(?:its\s)?independence)",
        r"(?:independence)",
    ),
    "end": (r"(?:dissolved|abolished|wound\sup|disbanded|broken\sup)", r"(?:dissolution|abolition|disbandment|break-up)"),
    "annexation": (r"(?:annexed|ceded|incorporated)", r"(?:annexation|cession|incorporation)"),
    "opening": (r"(?:opened|completed)", r"(?:opening|completion|inauguration)"),
    "fall": (r"(?:fell|surrendered|captured|capitulated)", r"(?:fall|surrender|capture|capitulation)"),
    "signing": (r"(?:signed|concluded|initialled)", r"(?:signing|signature|conclusion)"),
    "ratification": (r"(?:ratified)", r"(?:ratification)"),
    "entry into force": (r"(?:entered\sinto\sforce|came\sinto\sforce|took\seffect)", r"(?:entry\sinto\sforce)"),
    "accession": (
        r"(?:crowned|ascended\sthe\sthrone|acceded\sto\sthe\sthrone|came\sto\sthe\sthrone)",
        r"(?:accession|coronation)",
    ),
    "abdication": (r"(?:abdicated)", r"(?:abdication)"),
}
_AUX: Final = (
    r"(?:,\s|\s)(?:(?:was|were|had\sbeen|had|is|being|who\s(?:was|had\sbeen)|which\s(?:was|had\sbeen)|itself|"
    r"formally|officially|finally|first|himself)\s)*"
)
_LINK: Final = (
    r"(?:\s(?:at|in|by|near|with|as)\s(?:the\s)?[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)?,?\s(?:in|on|as\slate\sas|"
    r"as\searly\sas|only\sin|back\sin)\s(?:early\s|late\s|the\s[a-z]+\sof\s)?"
)
_RESOLUTION: Final = re.compile(
    rf"\b(?P<name>[Rr]esolution\s(?P<number>\d{{2,4}}))(?:\s\(|,?\s(?:was\s)?(?:of|adopted\s(?:in|on)|passed\s(?:in|on)|in)\s)(?P<day>{DATE})"
    rf"|\b(?:adopted|passed)\s(?:[Ss]ecurity\s[Cc]ouncil\s)?(?P<name2>[Rr]esolution\s(?P<number2>\d{{2,4}}))\s(?:in|on)\s(?P<day2>{DATE})"
)
_SINGLE: Final = (
    r"armistice|coup|revolution|referendum|plebiscite|massacre|ceasefire|truce|uprising|mutiny|revolt|earthquake|embargo|blockade|siege|"
    r"contract|concession|ultimatum|treaty|convention|agreement|accord|protocol|pact|charter|communiqué|declaration|summit|"
    r"conference|congress|partition|invasion|annexation|intervention|occupation|handover|award|decree|constitution|"
    r"incident|raid|bombardment|evacuation|rupture|memorandum|capitulation|surrender|peace|settlement"
)
_TREATY_OF: Final = re.compile(
    rf"\b(?P<name>(?:[Tt]reaty|[Pp]eace|[Cc]onvention|[Aa]rmistice|[Aa]greement|[Pp]rotocol|[Bb]attle|[Ss]iege|[Cc]ongress|[Cc]onference|[Aa]ct)\sof\s(?P<place>[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)?))"
    rf"(?:,?\s(?:was\s|had\sbeen\s)?(?:signed|concluded|fought|made|held|opened)\s(?:in|on|at\s[A-Z]\w+\s(?:in|on))\s|,?\sof\s|\s\()(?:early\s|late\s)?(?P<day>{DATE})"
)
_RANKED: Final = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is)\s(?P<rank>first|second|third|fourth|fifth|sixth|last|final|original|new|secret|preliminary|supplementary)\s(?:[A-Z][a-z]+\s)?(?P<noun>[a-z]+(?:\s(?:treaty|test|visit|round|session|conference|meeting|war|congress))?)"
    rf"(?:,?\s(?:which\s)?(?:was\s|had\sbeen\s|were\s)?(?:signed|held|concluded|fought|opened|adopted|begun|made|published|launched|born|given)\s(?:at\s[A-Z]\w+\s|in\s[A-Z]\w+\s)?(?:in|on)\s|,?\s(?:of|took\splace\s(?:in|on)|began\s(?:in|on)|broke\sout\s(?:in|on)|came\s(?:in|on)|met\s(?:in|on)|followed\s(?:in|on))\s|,\s(?:on|in)\s|\s\()(?:the\s(?:spring|summer|autumn|winter)\sof\s|early\s|late\s)?(?P<day>{DATE})"
)
_DEFINITE: Final = re.compile(
    rf"\b(?:(?P<the>[Tt]he|[Tt]his|[Ii]ts|[Tt]hat)\s(?P<noun>{_SINGLE}|fire|flood|storm)|[Aa]\s(?P<disaster>fire|flood|storm))(?:,?\s(?P<of>of|in|signed\s(?:in|on)|concluded\s(?:in|on))|,?\s(?:had\sbeen|was|which\swas|which\shad\sbeen)\s(?:finally\s|formally\s)?(?:signed|concluded|held|agreed|made|awarded|proclaimed|declared)\s(?:in|on)|\s\()\s?(?P<day>{DATE})"
)
_OF_ONE: Final = re.compile(rf"[A-Z][\w-]+\s(?:[a-z]+\s)?(?:{_ONCE['signing'][0]}|{_ONCE['ratification'][0]})\s$")
# The date behind is that of what was done with the thing: "accepted the ultimatum in January".
_OF_ITS_VERB: Final = re.compile(
    r"\b(?!(?:signed|concluded|agreed|proclaimed|declared|issued|reached|negotiated)\b)[a-z]+ed\s$"
)
# Two treaties a generation apart are two treaties; a slip of the pen stays near, or changes one figure.
_NEAR: Final = 4


def find_happenings(manuscript: Manuscript) -> Iterator[Dated]:
    """Yield each such event with its name, so that one event has one name wherever it stands."""
    patterns = {kind: _patterns(*words) for kind, words in _ONCE.items()}
    single: dict[str, list[Dated]] = {}
    for sentence in manuscript.all_prose:
        marked = mark(without_citations(manuscript, sentence))
        if not marked.dates:
            continue
        for kind, (after, before) in patterns.items():
            for match in (*after.finditer(marked.marks), *before.finditer(marked.marks)):
                who = re.sub(r"^(?:In|On|By|When|After|The|But|And|Before|While|At|Since|As)\s(?:the\s)?", "", match["who"])
                # behind a hyphen it is the rest of a name that begins with a number: the Nine-Power Treaty
                if len(who) > 3 and marked.marks[: match.start("who")][-1:] != "-":
                    yield _dated(marked, sentence.start, match, f"{kind} of {who}", "day")
        for match in _RESOLUTION.finditer(marked.marks):
            second = match["name2"] is not None
            name = f"Resolution {match['number2'] if second else match['number']}"
            yield _dated(marked, sentence.start, match, name, "day2" if second else "day")
        for match in _TREATY_OF.finditer(marked.marks):
            if marked.marks[: match.start()].endswith(("'s ", "’s ")):
                continue  # Finland's peace of Tartu
            dated = _dated(marked, sentence.start, match, match["name"], "day")
            single.setdefault(match["name"].lower(), []).append(dated)
        for match in _RANKED.finditer(marked.marks):
            rank = {"final": "last", "original": "first"}.get(match["rank"], match["rank"])
            noun = match["noun"].split()[-1]
            single.setdefault(f"{rank} {noun}", []).append(_dated(marked, sentence.start, match, f"the {rank} {noun}", "day"))
        for match in _DEFINITE.finditer(marked.marks):
            noun = match["noun"] or match["disaster"]
            so_far = marked.marks[: match.start()]
            if match["of"] == "in" and (_OF_ONE.search(so_far) or _OF_ITS_VERB.search(so_far)):
                continue  # "Poland signed the charter in October": who signs later signs for himself
            single.setdefault(noun, []).append(_dated(marked, sentence.start, match, f"the {noun}", "day"))
    yield from _singles(manuscript, single)


def _patterns(verb: str, noun: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    after = re.compile(rf"{_SUBJECT}{_AUX}{verb}{_LINK}(?P<day>{DATE})")
    before = re.compile(rf"\b(?:[Tt]he|[Ii]ts)\s{noun}\sof\s(?:the\s)?{_SUBJECT}(?:{_LINK}|\sof\s|\s\()(?P<day>{DATE})")
    return after, before


def _dated(marked: Marked, at: int, match: re.Match[str], name: str, group: str) -> Dated:
    date: WrittenDate = next(each for each in marked.dates if each.start == match.start(group))
    return Dated(name, at + match.start(), at + date.end, date, at + date.start)


def one_slip(first: int, last: int) -> bool:
    """Tell whether two years may be one that was written wrongly: near each other, with one other figure, or two swapped."""
    one, two = str(abs(first)), str(abs(last))
    if last - first <= _NEAR:
        return True
    return len(one) == len(two) and (sum(a != b for a, b in zip(one, two, strict=True)) == 1 or sorted(one) == sorted(two))


def _singles(manuscript: Manuscript, single: dict[str, list[Dated]]) -> Iterator[Dated]:
    """Yield "the armistice" and its like where the text can mean only one: two near dates, and no second one of the kind."""
    for noun, found in single.items():
        years = Counter(each.date.year for each in found)
        several = re.search(
            rf"\b(?:{noun}s|(?:second|new|another|later|earlier|first|last|previous|other|next|further|old|same\syear's)\s{noun})\b",
            manuscript.plain,
        )
        if all(re.search(rf"\b{noun}\s(?:of|\()", manuscript.plain[each.start : each.end], re.IGNORECASE) for each in found):
            continue  # the treaty of 1907 and the treaty of 1911 are two
        ranked = noun.split()[0] in ("first", "second", "third", "fourth", "fifth", "sixth", "last")
        if (several is None or ranked) and len(years) <= 2 and one_slip(min(years), max(years)):
            yield from found
