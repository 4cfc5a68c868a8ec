"""Finds acronyms that the text never spells out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from verbale.core import CheckInfo
from verbale.review.check import Check, Slip
from verbale.review.citations import find_references
from verbale.review.dates import MONTH_PATTERN
from verbale.review.manuscript import Manuscript
from verbale.review.words import load_words

_ACRONYM: Final = re.compile(
    r"(?<![\w.&/-])(?:[A-Z]{2,10}|[A-Z]{1,4}&[A-Z]{1,3}|(?:[A-Z]\.){3,6}|[A-Z][a-z]?[A-Z]{2,5}|[A-Z]{2,4}[a-z]{1,2}[A-Z]{1,3}|[A-Z][a-z][A-Z])(?=s?(?:'s?)?(?![\w&/])|-[a-z])"
)
_ROMAN: Final = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_SMALL: Final = frozenset(load_words().lists["small-words"])
# An acronym of so many letters may take some from inside the words of a name, one from each: ASEAN, COMESA.
MIN_INNER: Final = 4
# Of so many letters a run of capitals may be a word or a place that is only set in them (NORDEFCO, not VIENTIANE).
MIN_SHOUTED: Final = 8
MAX_INNER: Final = 1
# An acronym of so many letters may be made of the beginnings of two words or more: CARICOM.
MIN_SYLLABLES: Final = 6
# So many letters before an acronym a word may stand that says that letters follow ("known by its French initials as the AES").
_ANNOUNCED: Final = 40
# So many letters behind an acronym the members of what it stands for may be named.
_MEMBERS: Final = 160
# A name that was made of letters and is known by both words: New START.
_NAME: Final = r"[A-Z][\w']{0,30}(?:-[a-z][\w']{1,30})?"
_RUN: Final = re.compile(
    rf"(?<!\w){_NAME}(?:[\s-]{{1,3}}(?:{load_words().alternatives('small-words')}\s){{0,3}}{_NAME}){{1,9}}"
)
# "the United Nations Educational, Scientific and Cultural Organization"
_LISTED: Final = re.compile(rf"(?<!\w){_NAME}(?:\s{_NAME}){{1,3}},\s{_NAME}(?:,\s{_NAME})?,?\sand\s{_NAME}(?:\s{_NAME}){{1,3}}")
_NEW: Final = "New "
# A line with more capitals than this among its letters is set in capitals; its words are no acronyms.
_CAPITALS: Final = 0.6


# "TIWINZA, Peru, October 2026.", "GENEVA, 3 May", "HOLYHEAD. The lorries", "TURKU, Finland. The road": the place in capitals
_DATELINE: Final = re.compile(
    rf"\s*(?:[A-ZÀ-Þ'-]{{2,}}\s?){{1,3}}(?=,(?:\s[A-ZÀ-Þ][\w\s]{{2,24}}?,)?(?:\s\d{{1,2}})?\s(?i:{MONTH_PATTERN})\b"
    rf"|(?:,\s[A-ZÀ-Þ][a-zà-ÿ]{{2,}}(?:\s[A-ZÀ-Þ][a-zà-ÿ]{{2,}})?)?\.\s[A-ZÀ-Þ])"
)
# Two or more words in capitals at the head of a block are a title or places of writing: "COD WARS (", "KHARTOUM / ADDIS ABABA."
_SHOUTED: Final = re.compile(r"\W*(?:[A-ZÀ-Þ'’-]{2,}(?:[\s/,.:;&]+|$)){2,}")


def find(manuscript: Manuscript) -> Iterator[Slip]:
    """Yield a slip at the first use of each acronym that is never spelled out, in brackets or by its words."""
    references = find_references(manuscript)
    body = [manuscript.document.blocks[index] for index in manuscript.body]
    # far enough apart that no run of capitals goes from one block into the next
    whole = "\n\n\n\n".join(manuscript.block_text(block) for block in body)
    seen: set[str] = set()
    runs = list(_runs(whole))
    initials = _initials(runs)
    for block in body:
        if block.kind == "dateline":
            continue  # the place of writing stands in capitals there
        text = manuscript.block_text(block)
        shouted = _SHOUTED.match(text)
        letters = [letter for letter in text if letter.isalpha()]
        if letters and sum(letter.isupper() for letter in letters) > _CAPITALS * len(letters):
            continue
        # the letters of an archive or of a printed series are part of a shelf mark
        marks = [found.span() for pattern in manuscript.words.sources for found in pattern.regex.finditer(text)]
        for match in _ACRONYM.finditer(text):
            if any(first <= match.start() < last for first, last in marks) or (shouted and match.end() <= shouted.end()):
                continue
            acronym = match[0].replace(".", "")
            start, end = block.start + match.start(), block.start + match.end()
            if acronym in seen or _is_none(manuscript, acronym, text, match) or references.within(start, end):
                continue
            seen.add(acronym)
            spelled = acronym.upper() in initials or any(_spells(acronym.upper(), run) for run in runs)
            if not (spelled or _glossed(acronym, match[0], whole) or _spoken(acronym, text[: match.start()])):
                yield Slip(start, end, f"“{match[0]}” is never spelled out. Give the full name at its first use.")


def _is_none(manuscript: Manuscript, acronym: str, text: str, match: re.Match[str]) -> bool:
    known = acronym.upper() in manuscript.words.known_acronyms
    if known or _ROMAN.fullmatch(acronym) or len(acronym) < 2 or acronym.lower() in _SMALL:
        return True
    if _is_label(manuscript, acronym, text[: match.start()]):
        return True
    if len(acronym) >= MIN_SHOUTED:
        elsewhere = manuscript.plain.replace(acronym, "")
        if re.search(rf"\b(?i:{acronym})\b", elsewhere) or manuscript.vocabulary.actors.find(acronym.title()):
            return True
    if f"{_NEW}{acronym}" in manuscript.plain:
        return True
    # a place of writing at the head of a report: "ABUJA - ", "KUALA LUMPUR, 3 May - "
    if (
        re.match(r"\s*(?:[A-ZÀ-Þ]{2,}[\s.]?){1,4}(?:,[^–—-]{1,24})?(?:\s?\([^()]{2,40}\))?\s?[–—-]{1,2}\s", text)
        and match.start() < 24
    ):
        return True
    placed = _DATELINE.match(text)
    if placed is not None and match.end() <= placed.end():
        return True
    # a designation ("IL-28"), or a party and its state behind a name ("R-SC")
    if re.match(r"[–-]\d|\s\d{3,4}\b(?=\s[A-Z])", text[match.end() :]) or re.search(
        r"\([A-Z]{1,3}[–-]$", text[: match.start()]
    ):
        return True
    # "ANALYSIS: The deal that died twice", "HIS 214, second essay": a label at the head of a block, the number of a course
    label = re.match(r"\W*[A-Z]{4,}:\s", text)
    if (label is not None and match.end() < label.end()) or re.fullmatch(
        r"\s\d{2,4}(?:[,:;][^.!?]{0,60})?", text[match.end() :].rstrip()
    ):
        return True
    # initials of a person ("JFK Smith" is rare; "F.D.R." before a name) and the all-capital surname of a byline
    return match[0].count(".") > 1 and re.match(r"\s[A-Z][a-z]", text[match.end() :]) is not None


def _is_label(manuscript: Manuscript, acronym: str, before: str) -> bool:
    """Tell whether letters number a part behind its noun: "Phase IA", "Annexes IC and IID", "Class AA", "the line AB"."""
    numbered = _ROMAN.fullmatch(acronym[:-1]) is not None and len(acronym) > 1
    in_order = len(acronym) == len("AB") and ord(acronym[1]) - ord(acronym[0]) in (0, 1)
    if not numbered and not in_order:
        return False
    nouns = manuscript.words.alternatives("labels")
    return re.search(rf"\b{nouns}\s(?:\w{{1,5}}(?:,\s|\s(?:and|or|to)\s|[–-])){{0,4}}$", before, re.IGNORECASE) is not None


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of every run of names of which at least two have capitals, and of names with commas inside."""
    for pattern in (_RUN, _LISTED):
        for run in pattern.finditer(text):
            yield tuple(re.findall(r"[A-Za-zÀ-ž][\w']*(?:-[a-z][\w']*)?", run[0]))


def _initials(runs: Iterable[tuple[str, ...]]) -> set[str]:
    """Return the initials of every run of words two to seven words long."""
    found: set[str] = set()
    for words in runs:
        for skip_small in (True, False):
            kept = [word for word in words if not (skip_small and word in _SMALL)]
            for start in range(len(kept)):
                for length in range(2, min(8, len(kept) - start + 1)):
                    found.add("".join(word[0] for word in kept[start : start + length]).upper())
    return found


def _spells(acronym: str, run: tuple[str, ...]) -> bool:
    """Tell whether all words of a name, three at least, give their first letters to an acronym, and some a letter more."""
    # letters do not spell letters: "the UN Security Council" leaves UNSC unexplained
    words = [word.upper() for word in run if word not in _SMALL and not (len(word) > 1 and word.isupper())]
    if len(acronym) < MIN_INNER:
        return False
    if len(acronym) >= MIN_SYLLABLES and any(_begins_with(acronym, words[start:], 0) for start in range(len(words))):
        return True
    return any(_fills(acronym, words[start:], 0) for start in range(len(words)))


def _begins_with(acronym: str, words: list[str], used: int) -> bool:
    """Tell whether the next words give an acronym their beginnings: Caribbean Community, CARICOM."""
    if not acronym:
        return used > 1
    if not words:
        return False
    return any(
        acronym[:size] == words[0][:size] and _begins_with(acronym[size:], words[1:], used + 1)
        for size in range(1, len(acronym) + 1)
    )


def _fills(acronym: str, words: list[str], used: int) -> bool:
    """Tell whether the next words give an acronym its letters; `used` of them have given theirs."""
    if not acronym:
        return used >= MIN_INNER - 1
    if not words or words[0][0] != acronym[0]:
        return False
    for size in range(1, min(MAX_INNER + 1, len(acronym)) + 1):
        at = 0
        for letter in acronym[1:size]:
            at = words[0].find(letter, at + 1)
            if at < 0:
                break
        if at >= 0 and _fills(acronym[size:], words[1:], used + 1):
            return True
    return False


def _spoken(acronym: str, before: str) -> bool:
    """Tell whether the words that the letters stand for come just before ("beyond national jurisdiction ... letters BBNJ").

    One letter of them may come from inside a word (biodiversity).
    """
    words = [word for word in re.findall(r"[A-Za-zÀ-ž]+", before[-240:]) if word.lower() not in _SMALL]
    letters = "".join(word[0] for word in words).upper()
    return len(acronym) >= 4 and acronym.upper()[1:] in letters


def _made_of_members(acronym: str, name: str, text: str) -> bool:
    """Tell whether the names behind an acronym begin with its letters: "ANZUS, between Australia, New Zealand ..."."""
    beside = re.search(rf"\b{name},\s([^.;()]{{10,{_MEMBERS}}})", text)
    return beside is not None and "".join(re.findall(r"\b[A-ZÀ-Þ](?=[a-z])", beside[1])).startswith(acronym.upper())


def _glossed(acronym: str, written: str, text: str) -> bool:
    """Tell whether the text explains an acronym: "words (ABC)", "ABC (words)", "ABC, the words", "ABC, the cultural agency"."""
    words = load_words()
    name, either = re.escape(written), words.alternatives("gloss-nouns")
    announced = words.alternatives("letter-words")
    if re.search(rf"\b{announced}\b[^.;()]{{0,{_ANNOUNCED}}}\b{name}\b|\b{name},?\s{words.alternatives('for-short')}\b", text):
        return True
    if _named_beside(acronym, name, text) or _made_of_members(acronym, name, text):
        return True
    for match in re.finditer(
        rf"(?:\(|, or )(?:(?:{words.alternatives('gloss-leads')}|[A-Z]{{2,7}}s? and) )?\"?{name}s?\"?"
        rf"(?:(?:[,;]|\s[–—-]|\sand\s|\s(?:in|by|for|from|as|of|after|to)\s)[^()]*)?[),]"
        rf"|\([^()]{{1,40}}\b{name}\b[^()]{{0,40}}\)",
        text,
    ):
        before = re.findall(r"[A-Za-zÀ-ž][\w'-]*", text[max(0, match.start() - 160) : match.start()])[-12:]
        if _fits(acronym, before):
            return True
    # "UNESCO, the UN's cultural agency": what it is, where not its words
    if re.search(
        rf"\b{name},\s(?:the|an?|its|their)\s[^,.;:()\n]{{2,70}}?\b{either}(?=[,.;)]|\s(?:of|for|in|that|which|from|based|led|with)\b)",
        text,
    ):
        return True
    for match in re.finditer(rf"(?:^|\n)[\s*•–-]*{name}[\s*:]+([A-ZÀ-Þ][^\n]{{4,160}})", text):
        if _fits(acronym, re.findall(r"[A-Za-zÀ-ž][\w'-]*", match[1])[:12], from_start=True):
            return True  # a line of a list of abbreviations
    for match in re.finditer(
        rf"\b{name}s?\s?(?:\((?:or |the )?|,? {words.alternatives('gloss-verbs')} |"
        rf":\s|\s[–—-]\s|,\sthe\s)([^().;]{{6,120}})",
        text,
    ):
        if _fits(acronym, re.findall(r"[A-Za-zÀ-ž][\w'-]*", match[1])[:12], from_start=True):
            return True
    return False


def _named_beside(acronym: str, name: str, text: str) -> bool:
    """Tell whether a name stands right before an acronym in brackets or in apposition to it, whatever its words.

    "the Monitoring Group (ECOMOG)" has one first letter of the acronym at least, "the Treaty on the Non-Proliferation of
    Nuclear Weapons, the NPT," two.
    """
    for match in re.finditer(
        rf"({_RUN.pattern})(?:(?P<bracket>\s\(\"?{name}\"?\))|,\s(?:or\s)?(?:the\s)?{name}(?=[,;.)]))", text
    ):
        first = {word[0] for word in re.findall(r"[A-Z]\w+", match[1])}
        if len(set(acronym.upper()) & first) >= (1 if match["bracket"] else 2):
            return True
    return False


def _fits(acronym: str, words: list[str], *, from_start: bool = False) -> bool:
    """Tell whether the letters of an acronym can be found in order, the first at the beginning of one of the nearest words.

    Foreign names and names in another order (IRGC for a Persian name) have the first letter at least and enough words.
    """
    letters = acronym.upper()
    starts = range(len(words)) if not from_start else range(min(3, len(words)))
    for start in starts:
        if words[start][0].upper() != letters[0]:
            continue
        joined = " ".join(words[start:]).upper()
        at = 0
        for letter in letters:
            at = joined.find(letter, at) + 1
            if not at:
                break
        if at:
            return True
    capitals = sum(word[0].isupper() for word in words[-len(letters) - 2 :])
    return capitals >= max(2, len(letters) - 1)


CHECK = Check(
    CheckInfo(
        "undefined-acronym",
        "note",
        "Acronyms never spelled out",
        "A reader from another field, or of another generation, does not know what the letters stand for.",
    ),
    find,
)
