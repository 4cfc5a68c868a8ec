"""Finds an event that the text dates in two ways: a treaty, a battle, a founding, a death, a resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from verbale.review.check import Slip
from verbale.review.checks.date_happenings import Dated, find_happenings
from verbale.review.dates import WrittenDate, find_dates, find_spans
from verbale.review.manuscript import Manuscript

_SIGNED: Final = re.compile(
    r"^,?\s(?:(?:was|were|had been|being)\s)?(?:formally\s|finally\s|first\s)?(?:signed|concluded|"
    r"fought|held|agreed|adopted|proclaimed)?(?:\sat\s[A-Z]\w+|\sin\s[A-Z]\w+)?,?\s?(?:\(|of\s|in\s|"
    r"on\s)$"
)
_OTHER_ACT: Final = re.compile(
    r"\b(?:ratif|enter|force|effect|end|expir|denounc|abrogat|renew|revis|amend|extend|anniversar|since|until|after|before|again|publish|negotiat|violat|implement|enlarg|join|acced|celebrat|commemorat|began|begin|start|broke|outbreak|lifted|reinstat|suspend)",
    re.IGNORECASE,
)
_MADE: Final = re.compile(
    r"\b(?P<kind>[Pp]eace|[Tt]reaty|[Aa]rmistice|[Cc]onvention)(?:\streaty)?\swas\s(?:\w+ly\s)?(?:made|signed|concluded|agreed)\sat\s"
    r"(?P<place>[A-Z][\w-]+)\s(?:in|on)\s"
)


def find_twice(manuscript: Manuscript) -> Iterator[Slip]:
    """Find a treaty, battle or other named event that the text dates in two ways."""
    seen: dict[str, list[Dated]] = {}
    for dated in (*_named(manuscript), *find_happenings(manuscript)):
        key = re.sub(r"^the\s", "", re.sub(r"^(?:peace|treaty|convention) of", "treaty of", dated.name.lower()))
        others = seen.setdefault(key, [])
        clash = next((each for each in others if _differ(each, dated)), None)
        if clash is not None and not any(not _differ(each, dated) for each in others):
            first, second = manuscript.text[clash.date_at : clash.end], manuscript.text[dated.date_at : dated.end]
            yield Slip(
                dated.start,
                dated.end,
                f"“{dated.name}” is dated {second.strip('()')} here and {first.strip('()')} before.",
                ((clash.start, clash.end),),
            )
        others.append(dated)


def _differ(one: Dated, other: Dated) -> bool:
    if one.last and other.last:
        return (one.date.year, one.last.year) != (other.date.year, other.last.year)
    if one.last or other.last:
        span, point = (one, other) if one.last else (other, one)
        return not span.date.year <= point.date.year <= (span.last.year if span.last else 0)
    first, second = one.date, other.date
    if first.year != second.year:
        return True
    if first.month and second.month and first.month != second.month:
        return True
    return bool(first.day and second.day and first.month and second.month and first.day != second.day)


def _named(manuscript: Manuscript) -> Iterator[Dated]:
    # "the treaty of Breda": the kind may be written small where a name follows it
    small = "|".join(re.escape(name.lower()) for name in manuscript.words.lists["instruments"])
    kinds, many = manuscript.words.alternatives("instruments"), manuscript.words.alternatives("many-named")
    words = r"[A-Z][\w'-]+(?:[\s–-][A-Z][\w'-]+){0,3}"
    name = re.compile(
        rf"\b(?:(?P<of>(?:First |Second |Third )?(?:{kinds}|{small})\sof\s(?:the\s)?{words})|(?P<kind>(?!The\b|This\b|"
        rf"In\b|After\b|Under\b){words}\s{kinds})(?!\sof\b))"
    )
    places = re.compile(rf"\b{many}\b")
    for sentence in manuscript.all_prose:
        text = manuscript.sentence_text(sentence)
        for match in _MADE.finditer(text):
            made = next((each for each in find_dates(text) if each.start == match.end()), None)
            if made is not None and not places.search(match["place"]):
                yield Dated(
                    f"{match['kind'].capitalize()} of {match['place']}",
                    sentence.start + match.start(),
                    sentence.start + made.end,
                    made,
                    sentence.start + made.start,
                )
        dates, spans = find_dates(text), {span.first.start: span for span in find_spans(text)}
        for match in name.finditer(text):
            if text[: match.start()].endswith(("'s ", "’s ")):
                continue  # Finland's peace of Tartu
            ordinal = re.search(r"\b(?:First|Second|Third|Fourth|Fifth)\s$", text[: match.start()])
            if places.search(_called(match)) and not re.match(r"(?:First|Second|Third)\b", match[0]) and not ordinal:
                continue
            date = next((each for each in dates if each.start >= match.end()), None)
            called = (ordinal[0] if ordinal else "") + re.sub(r"^The\s", "", match[0])
            if date is not None and _SIGNED.match(text[match.end() : date.start]) and not _of_its_verb(text, match, date):
                span = spans.get(date.start)
                end = span.end if span else date.end
                if not _OTHER_ACT.search(text[match.end() : date.start]) and not re.match(r"\s?(?:BC|B\.C\.)", text[end:]):
                    yield Dated(
                        called,
                        sentence.start + match.start(),
                        sentence.start + end,
                        date,
                        sentence.start + date.start,
                        span.last if span else None,
                    )
            elif (done := _signed_before(text, match, dates)) is not None:
                yield Dated(
                    called, sentence.start + match.start(), sentence.start + done.end, done, sentence.start + done.start
                )


def _called(match: re.Match[str]) -> str:
    """Return what tells one treaty or battle from others: the words after "of", or those before the kind."""
    return match["of"].partition(" of ")[2] if match["of"] else match["kind"].rpartition(" ")[0]


def _of_its_verb(text: str, match: re.Match[str], date: WrittenDate) -> bool:
    """Tell whether a date may be that of the verb before a name: "approved the Four-Power Treaty on 24 March"."""
    verb = re.search(r"\b([a-z]+ed)\s(?:the\s)?$", text[: match.start()])
    if verb is None or verb[1] in ("signed", "concluded"):
        return False
    return re.fullmatch(r",?\s(?:in|on)\s", text[match.end() : date.start]) is not None


def _signed_before(text: str, match: re.Match[str], dates: tuple[WrittenDate, ...]) -> WrittenDate | None:
    """Return the date of "signed the Treaty of X on DATE", where the name follows the verb and one date follows the name."""
    if not re.search(
        r"\b(?:signed|concluded|fought|won|lost|sign|signing of|signature of)\s(?:the\s)?$", text[: match.start()]
    ):
        return None
    date = next((each for each in dates if each.start >= match.end()), None)
    if date is None or not re.fullmatch(r"(?:\s(?:at|in|near)\s[A-Z][\w-]+)?,?\s(?:in|on)\s", text[match.end() : date.start]):
        return None
    return date
