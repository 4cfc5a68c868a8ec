"""Finds an order that cannot be: ratified before it was signed, "after" an event that came later, a dead man's acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from verbale.core import Sentence
from verbale.review.check import Slip
from verbale.review.checks.date_told import later
from verbale.review.citations import without_citations
from verbale.review.dates import WrittenDate, find_dates, year_words
from verbale.review.manuscript import Manuscript
from verbale.review.marking import DATE, DURATION, Marked, mark
from verbale.review.order_words import order_words

# "in 1820 after starting in 1823": what is told after "after" must not come later, what is told after "before" not earlier
_AFTER: Final = re.compile(
    rf"({DATE})(?P<gap>[^.;:]{{0,70}}?)(?P<word>\b(?:after|following|because\sof|as\sa\sresult\sof|in\sresponse\sto|in\sreply\sto|in\sretaliation\sfor|to\srevise|to\samend|to\srenew|"
    rf"thanks\sto|prompted\sby|on\sthe\sbasis\sof|in\sexecution\sof)|,\shaving\s(?:been\s)?)\s(?!which\b|that\b|all\b|this\b)(?P<event>[^.;,:]{{0,70}}?)\b(?:in|on|of|signed\sin|from)\s({DATE})",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"({DATE})(?P<gap>[^.;:]{{0,70}}?)\b(?P<word>before|prior\sto|ahead\sof|in\sadvance\sof|and\slasted\suntil|and\sended\sin|followed\sby|leading\sto|and\sthen|and\slater|and\sagain|and\sfinally|"
    rf"and\ssubsequently|and\safterwards)\s(?P<event>[^.;,:]{{0,70}}?)\b(?:in|on|of)\s({DATE})",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    rf"^(?P<word>After|Following|Since|Before|Prior\sto|Ahead\sof)\s(?P<event>[^.;,:]{{3,70}}?)\b(?:in|on|of)\s({DATE}),\s(?P<rest>[^.;:]*?)\b(?:in|on)\s({DATE})"
)
# "..., and then, in 1925, ..." or a sentence that begins "Later, in 1925"
_THEN: Final = re.compile(
    rf"^(?:(?:Only\s)?(?P<later>[Ll]ater|[Tt]hen|[Aa]fterwards|[Ss]ubsequently|[Tt]hereafter|[Aa]fter\sthat|[Ff]inally|[Ee]ventually|[Nn]ext|[Tt]hereupon|[Ii]n\sthe\send)|"
    rf"(?P<earlier>[Ee]arlier|[Bb]efore\sthat|[Pp]reviously))[^.;:]{{0,30}}?,?\s(?:in|on|by)\s({DATE})"
)
_CONTINUES: Final = r"^(?:It|They|He|She|This|That|The\s(?:[\w'-]+\s){1,3}?|Its\s[\w'-]+\s)"
_DIED: Final = re.compile(
    rf"(?P<name>(?<![\w'-])[A-ZÀ-Þ][\w'-]{{2,40}}|\b[Hh]e|\b[Ss]he)(?:\s[IVX]+)?(?:,?\swho)?,?\s(?:had\s|was\s|were\s|then\s|himself\s|been\s|[a-z]+ly\s|later\s)*(?:died|drowned|fell|shot\sdead|assassinated|murdered|executed|hanged|beheaded|killed|was\sshot|been\sshot|fell\sin\sbattle)\b[^.;]{{0,40}}?\b(?:in|on)\s({DATE})"
    rf"|\b(?:death|murder|assassination|execution|funeral)\sof\s(?:[A-Z][\w'-]+\s|[a-z]+\s)*(?P<name2>(?<![\w'-])[A-ZÀ-Þ][\w'-]{{2,40}})\s(?:in|on)\s({DATE})"
)
# Who has left an office does not act in it any more.
_LEFT: Final = re.compile(
    rf"(?P<name>(?<![\w'-])[A-ZÀ-Þ][\w'-]{{2,40}}|\b[Hh]e|\b[Ss]he),?\s(?:had\s|was\s|were\s|then\s|who\s|been\s|[a-z]+ly\s)*(?:resigned|removed|deposed|overthrown|dismissed|ousted|abdicated|stepped\sdown|left\soffice|retired|toppled|whose\s(?:term|mandate|presidency|reign|rule)\s(?:had\s)?(?:ended|expired|run\sout))\b[^.;]{{0,40}}?\b(?:in|on)\s({DATE})"
)
_OFFICE: Final = re.compile(
    r"\bas\s(?:the\s|still\s)?(?:[A-Z]?[a-z]+\s)?(?:[Pp]rime\s[Mm]inister|[Pp]resident|[Cc]hancellor|[Ff]irst\s[Ss]ecretary|[Gg]eneral\s[Ss]ecretary|[Ff]oreign\s(?:[Mm]inister|[Ss]ecretary)|[Pp]remier|[Kk]ing|[Ee]mperor|[Ss]ultan|[Tt]sar|[Ss]hah|[Gg]overnor|[Cc]ommander|[Hh]ead\sof)"
)
_THAT: Final = re.compile(
    r"\bthat\s(?:same\s)?(?:very\s)?(?:day|morning|evening|night|afternoon|week|month|year|summer|winter|spring|autumn)\b|\bthe\ssame\s(?:day|month|year)\b",
    re.IGNORECASE,
)
_REIGNED: Final = re.compile(
    rf"(?P<name>(?<![\w'-])[A-ZÀ-Þ][\w'-]{{2,40}}(?:\s[IVX]+)?)(?:,\swho)?\s(?:had\s)?(?:reigned|ruled|lived|governed|sat\son\sthe\sthrone)\s(?:from\s)({DATE})\s(?:to|until|–)\s({DATE})"
    rf"|(?P<name2>(?<![\w'-])[A-ZÀ-Þ][\w'-]{{2,40}}(?:\s[IVX]+)?)\s\((?:r\.\s|reigned\s)({DATE})\s?[–-]\s?({DATE})\)"
)
_ACTS: Final = (
    r"(?:\s[IVX]+)?(?:\s(?:had|also|then|again|formally|officially|openly|himself|herself|personally|still))*\s(?!(?:remained|continued|appeared|seemed|died|retired|lived|wanted|"
    r"deserved|needed|used|followed|resigned|abdicated|aged)\b)(?:[a-z]{2,}ed|met|told|wrote|sent|came|went|took|led|spoke|stood|sat|saw|gave|"
    r"made|held|broke|fought|won|lost|left|bought|sold|began|rode|flew|swore|had(?=\s(?:the|a|his|her|it|them)\s))\b(?!\sby\b)"
)


def find_order(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip for each pair of dates whose words put them in an order that the dates do not have."""
    before: tuple[Sentence, Marked] | None = None
    lives = _Lives()
    year = 0
    last: WrittenDate | None = None
    for sentence in manuscript.prose:
        marked = mark(without_citations(manuscript, sentence), year)
        taken: list[tuple[int, int]] = []
        near = before if before is not None and sentence.block == before[0].block else None
        for slip in (
            *_out_of_order(manuscript, sentence, marked.text),
            *_postmodified(manuscript, sentence, marked),
            *_connected(sentence, marked),
            *_continued(manuscript, sentence, marked, near),
            *_after_death(sentence, marked, lives, last),
        ):
            if not any(slip.start < end and start < slip.end for start, end in taken):
                taken.append((slip.start, slip.end))
                yield slip
        if marked.dates:
            before, year, last = (sentence, marked), marked.dates[-1].year, marked.dates[-1]
        elif near is None:
            before = None


def _date_at(marked: Marked, at: int) -> WrittenDate:
    return next(date for date in marked.dates if date.start == at)


def _order_slip(sentence: Sentence, marked: Marked, first: WrittenDate, last: WrittenDate, words: str, start: int) -> Slip:
    one, two = marked.text[first.start : first.end], marked.text[last.start : last.end]
    message = f"“{words}” puts {one} and {two} in an order that they do not have."
    return Slip(sentence.start + start, sentence.start + max(first.end, last.end), message)


def _connected(sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check dates that "after", "before" or a word of sequence joins in one sentence."""
    if len(marked.dates) > 4:
        return
    for pattern, later_first in ((_AFTER, True), (_BEFORE, False)):
        for match in pattern.finditer(marked.marks):
            if not _plain_gap(match["gap"]) or re.search(rf"{DURATION}|{DATE}", match["gap"] + match["event"]):
                continue
            one, two = _date_at(marked, match.start(1)), _date_at(marked, match.end() - len(_last_mark(match[0])))
            wrong = later(two, one) if later_first else later(one, two)
            if wrong:
                yield _order_slip(sentence, marked, one, two, match["word"].strip(), match.start())
    leading = _LEADING.match(marked.marks)
    if leading is not None and not re.search(rf"{DATE}|{DURATION}", leading["event"] + leading["rest"]):
        one, two = _date_at(marked, leading.start(3)), _date_at(marked, leading.start(5))
        after = leading["word"] in ("After", "Following", "Since")
        if later(one, two) if after else later(two, one):
            yield _order_slip(sentence, marked, one, two, leading["word"], leading.start())


def _last_mark(text: str) -> str:
    found = re.search(rf"{DATE}$", text)
    return found[0] if found else ""


def _plain_gap(gap: str) -> bool:
    """Tell whether nothing between a date and its connector turns the meaning: a negation, another clause, a quotation."""
    words = set(re.findall(r"[\w-]+", gap.lower()))
    return '"' not in gap and not words & order_words()["turning the meaning"]


def _postmodified(manuscript: Manuscript, sentence: Sentence, marked: Marked) -> Iterator[Slip]:
    """Check "ratified in 1905 the treaty signed in 1907", and "the tanks ordered in 2007 were delivered in 2005"."""
    before, after = (manuscript.words.alternatives(name) for name in ("before-verbs", "after-verbs"))
    participle = (
        r"(?:signed|concluded|ordered|agreed|negotiated|promised|imposed|founded|created|established|begun|started|"
        r"opened|built|adopted|initialled|bought|contracted|made|announced|proclaimed|launched|drafted|approved)"
    )
    late = (
        rf"(?:{after}|delivered|ratified|denounced|cancelled|abrogated|repealed|lifted|arrived|expired|renewed|"
        rf"revised|amended|closed|ended|dissolved|paid)"
    )
    object_first = re.compile(
        rf"\b{late}\b(?:[^.;,]{{0,40}}?)\s(?:in|on)\s({DATE})\s(?:the|a|an|its|their|all)\s(?:[\w'-]+\s){{1,6}}?(?:(?:that|which)\s(?:had\sbeen|was|were|it\shad|they\shad)\s|it\shad\s)?{participle}\s(?:[a-z]+\s){{0,3}}?(?:in|on)\s({DATE})",
        re.IGNORECASE,
    )
    subject_first = re.compile(
        rf"\b(?:{before}|{participle})\s(?:(?:at|in|with|by)\s(?:the\s)?[A-Z][\w-]+\s)?(?:in|on)\s({DATE}),?\s(?:was|were|had\sbeen|had|has\sbeen)\s(?:[a-z]+ly\s|already\s|only\s|first\s)*{late}\b[^.;,]{{0,40}}?\s(?:in|on|as\searly\sas)\s({DATE})",
        re.IGNORECASE,
    )
    for pattern, early in ((object_first, 2), (subject_first, 1)):
        for match in pattern.finditer(marked.marks):
            starts = [mark_.start() for mark_ in re.finditer(DATE, match[0])]
            first, last = (_date_at(marked, match.start() + at) for at in (starts[0], starts[-1]))
            begun, done = (first, last) if early == 1 else (last, first)
            if later(begun, done):
                yield _order_slip(sentence, marked, begun, done, match[0].split()[0], match.start())


_CLAUSE: Final = re.compile(r"\b(?:that|which|who|had)\b")
_SHUT_BEFORE: Final = re.compile(r"\bhad\sbeen\s(?:closed|shut|sealed|locked|blocked)\b")


def _continued(
    manuscript: Manuscript, sentence: Sentence, marked: Marked, near: tuple[Sentence, Marked] | None
) -> Iterator[Slip]:
    """Check a sentence that goes on from the one before: "Later, in 1925" after 1930, "It ended in 1820" after 1823."""
    if near is None or not near[1].dates or not marked.dates:
        return
    other = near[1]
    then = _THEN.match(marked.marks)
    if then is not None and len(other.dates) == 1 and near[0].index == sentence.index - 1:
        date, told = _date_at(marked, then.end() - len(_last_mark(then[0]))), other.dates[0]
        if later(told, date) if then["later"] else later(date, told):
            word, of = then["later"] or then["earlier"], other.text[told.start : told.end]
            message = f"“{word}” does not fit: the sentence before is of {of}."
            yield Slip(
                sentence.start, sentence.start + date.end, message, ((near[0].start + told.start, near[0].start + told.end),)
            )
        return
    early, late = (manuscript.words.alternatives(name) for name in ("before-verbs", "after-verbs"))
    if len(other.dates) != 1 or len(marked.dates) != 1 or near[0].index != sentence.index - 1:
        return
    begun = re.search(rf"\b{early}\b[^.;]{{0,50}}?\b(?:in|on)\s{DATE}", other.marks, re.IGNORECASE)
    ended = re.match(
        rf"{_CONTINUES}\s?(?:[a-z]+\s){{0,3}}?{late}\b(?P<gap>[^.;]{{0,50}}?)\b(?:in|on)\s{DATE}", marked.marks, re.IGNORECASE
    )
    if ended is not None and _CLAUSE.search(ended["gap"]):
        return  # "It ended the war that had begun in 1618"
    if begun and _SHUT_BEFORE.search(marked.text):
        return  # "The archive was opened in 1998. Its files had been closed in 1961"
    if begun and ended and later(other.dates[0], marked.dates[0]):
        told = other.dates[0]
        message = (
            f"This would be before {other.text[told.start : told.end]}, which the sentence before gives for the beginning."
        )
        yield Slip(
            sentence.start + ended.start(),
            sentence.start + ended.end(),
            message,
            ((near[0].start + told.start, near[0].start + told.end),),
        )


# Who the pronouns of the next sentence mean: the subject, or the one whom the sentence names at its end.
_SUBJECT: Final = re.compile(
    r"(?:(?:In|On|At|By)\s[^,]{3,30},\s)?(?:[A-ZÀ-Þ][\w'-]{0,40}\s){0,2}([A-ZÀ-Þ][\w'-]{2,40})(?=,?\s(?:had|has|was|is|did|could|would|who|himself|[a-z]+ed|went|came|told|wrote|sent|took|led|spoke|stood|gave|made|held|broke)\b)"
)
_CALLED: Final = re.compile(r"\b(?:was|named|called)\s(?:[A-ZÀ-Þ][\w'-]{0,40}\s){0,2}([A-ZÀ-Þ][\w'-]{2,40})\.$")
# "X, who had died in 1272, swore to it": the dead do nothing, whatever the dates.
_DEAD_ACTS: Final = re.compile(
    rf"(?P<name>(?<![\w'-])[A-ZÀ-Þ][\w'-]{{2,40}})(?:\s[IVX]+)?,\swho\shad\s(?:[a-z]+ly\s|long\s|already\s|since\s)*(?:died|been\s(?:[a-z]+ly\s)?(?:shot|killed|murdered|assassinated|executed|hanged|beheaded)|fallen\sin\sbattle|drowned)\b[^,;]{{0,60}},(?={_ACTS})"
)


@dataclass(slots=True)
class _Lives:
    """Until when the persons of a text live and hold office, as far as it tells: name to sentence and date."""

    dead: dict[str, tuple[Sentence, WrittenDate]] = field(default_factory=dict)
    left: dict[str, tuple[Sentence, WrittenDate]] = field(default_factory=dict)
    person: str = ""


def _after_death(sentence: Sentence, marked: Marked, lives: _Lives, year: WrittenDate | None) -> Iterator[Slip]:
    """Find somebody who acts after the day on which the text lets him die, or in an office that he has left."""
    impossible = _DEAD_ACTS.search(marked.text)
    if impossible is not None and not re.match(r"\s(?:left|bequeathed|had)\b", marked.text[impossible.end() :]):
        message = f"{impossible['name']} acts, but had died before, as the sentence itself says."
        yield Slip(sentence.start + impossible.start(), sentence.start + impossible.end(), message)
    dates = list(marked.dates)
    now = dates[0] if dates else year if _THAT.search(marked.text) else None
    office = _OFFICE.search(marked.text) is not None
    for match in re.finditer(rf"(?<![\w'-])([A-ZÀ-Þ][\w'-]{{2,}}|[Hh]e|[Ss]he)(?={_ACTS})", marked.text):
        if marked.text[: match.start()].endswith(("the ", "The ", "whom ", "that ", "which ")):
            continue  # the Song; the men whom he had made great
        name = lives.person if match[1].lower() in ("he", "she") else match[1]
        ended = lives.dead.get(name) if match[1] == name else None
        if ended is None and office:
            ended = lives.left.get(name)
        if ended is not None and _namesake(marked.text[: match.start()], ended[0], name):
            continue
        if ended is None or now is None or len(dates) > 2 or not all(later(date, ended[1]) for date in dates or [now]):
            continue
        if later(now, ended[1]):
            what = "had died" if name in lives.dead else "had left office"
            message = f"{name} acts in {year_words(now.year)}, but {what} in {year_words(ended[1].year)}, as the text tells."
            place = (ended[0].start + ended[1].start, ended[0].start + ended[1].end)
            yield Slip(sentence.start, sentence.end, message, (place,))
            break
    _learn(sentence, marked, lives)
    # "X, who died in 14, received him in 16"
    for name, (at, died) in list(lives.dead.items())[-3:]:
        act = re.search(rf"{re.escape(name)}\b[^;.]{{0,80}},(?={_ACTS})", marked.text)
        after = [date for date in marked.dates if act and date.start >= act.end() and later(date, died)]
        if at is sentence and act and act.end() > died.end and after:
            message = f"{name} acts in {year_words(after[0].year)}, but had died in {year_words(died.year)}, as the text tells."
            yield Slip(sentence.start + act.start(), sentence.start + after[0].end, message)


def _namesake(before: str, ended: Sentence, name: str) -> bool:
    """Tell whether a first name stands before a name that was not told of whom the text lets die: his son Karl."""
    first = re.search(r"(?<![\w'-])([A-ZÀ-Þ][a-zà-ÿ'-]{2,})\s$", before)
    told = ended.text
    if first is None or f"{first[1]} {name}" in told:
        return False
    return re.search(rf"[A-ZÀ-Þ][a-zà-ÿ'-]{{2,}}\s{re.escape(name)}", told) is not None


def _learn(sentence: Sentence, marked: Marked, lives: _Lives) -> None:
    for match in (*_DIED.finditer(marked.marks), *_LEFT.finditer(marked.marks)):
        groups = match.groupdict()
        name = groups.get("name") or groups.get("name2") or ""
        if name.lower() in ("he", "she"):
            inside = re.findall(r"([A-ZÀ-Þ][\w'-]{2,})(?=\s(?:[a-z]+ed|had|was)\b)", marked.text[: match.start()])
            name = inside[-1] if inside else lives.person
        known = lives.dead if match.re is _DIED else lives.left
        if name:
            known.setdefault(name, (sentence, _date_at(marked, match.end() - len(_last_mark(match[0])))))
    for match in _REIGNED.finditer(marked.marks):
        end = list(re.finditer(DATE, match[0]))[-1]
        name = (match["name"] or match["name2"]).split()[0]
        lives.dead.setdefault(name, (sentence, _date_at(marked, match.start() + end.start())))
    subject = _SUBJECT.match(marked.text) or _CALLED.search(marked.text)
    people = (
        [subject[1]]
        if subject
        else re.findall(
            r"(?<![\w'-])([A-ZÀ-Þ][\w'-]{2,})(?=\s(?:had\s|was\s|himself\s)?[a-z]+(?:ed|ld|nt|ade|ent)\b|,\swho\b)", marked.text
        )
    )
    if people:
        lives.person = people[-1]


def _out_of_order(manuscript: Manuscript, sentence: Sentence, text: str) -> Iterator[Slip]:
    """Find "signed in 1921 and ratified in 1919": what comes later with the same thing, dated earlier."""
    before, after = (manuscript.words.alternatives(name) for name in ("before-verbs", "after-verbs"))
    for match in re.finditer(
        rf"\bof\s(\d{{4}}),\s(?:which|that)\s(?:was\s|were\s|had\s|been\s)*({after})\sin\s(\d{{4}})\b", text
    ):
        if int(match[3]) < int(match[1]):
            message = f"“{match[2]}” ({match[3]}) lies before the thing itself ({match[1]})."
            yield Slip(sentence.start + match.start(1), sentence.start + match.end(), message)
    link = r"(?:\s(?:at|in)\s[A-Z]\w+)?\s(?:in|on)\s"
    for match in re.finditer(rf"\b({before})\b{link}", text, re.IGNORECASE):
        first = next((date for date in find_dates(text) if date.start == match.end()), None)
        if first is None:
            continue
        rest = text[first.end : first.end + 60]
        later = re.match(
            rf",?\s(?:(?:and|but|which|that|who)\s)?(?:\w+ly\s|only\s|it\s|was\s|were\s|had\s|has\s|been\s|already\s|not\s)*({after})\b{link}",
            rest,
            re.IGNORECASE,
        )
        last = next((date for date in find_dates(text) if later and date.start == first.end + later.end()), None)
        if later and last is not None and _earlier(last, first):
            start, end = sentence.start + match.start(), sentence.start + last.end
            message = (
                f"“{later[1]}” ({text[last.start : last.end]}) lies before “{match[1]}” ({text[first.start : first.end]})."
            )
            yield Slip(start, end, message)


def _earlier(one: WrittenDate, other: WrittenDate) -> bool:
    if one.year != other.year or not (one.month and other.month):
        return one.year < other.year
    return (one.month, one.day or 99) < (other.month, other.day or 0)
