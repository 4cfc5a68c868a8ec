"""For which state a writer says "we": of an op-ed, a lecture or a memoir; of a scholar who says "we show", for none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from verbale.review.manuscript import Manuscript
from verbale.review.patterns import load_patterns
from verbale.review.references import Named

_WORDS: Final = load_patterns("claim_home.csv")

# So many phrases that only a state's own people write: one may stand in a quotation or a figure of speech.
ENOUGH: Final = 2
# What a name weighs: a town is where the writer is at home, a people ("the Dutch") is somebody else.
_WEIGHTS: Final = {"name": 1.0, "capital": 1.0, "leader": 1.0, "adjective": 0.5, "demonym": 0.0}
TOWN: Final = 3.0
OTHER: Final = 2.0


def find_home(manuscript: Manuscript, named: Callable[[str], Sequence[Named]]) -> str:
    """Return the state for which the text says "we"; empty where it speaks for none."""
    texts = [(sentence, manuscript.sentence_text(sentence)) for sentence in manuscript.all_prose]
    plain = [text for sentence, text in texts if not manuscript.quoted(sentence.start, sentence.end)]
    if sum(len(_WORDS["national"].findall(text)) for text in plain) < ENOUGH:
        return ""
    score: Counter[str] = Counter()
    for text in plain:
        speaks = _WORDS["first-person"].search(text) is not None
        for one in named(text):
            score[one.code] += _WEIGHTS.get(one.kind, 0.0)  # type: ignore[assignment]
            if speaks and one.kind != "leader" and _WORDS["other"].search(text[: one.start]):
                score[one.code] -= OTHER  # type: ignore[assignment]
        for match in _WORDS["town"].finditer(text):
            country = manuscript.vocabulary.places.country(match["place"])
            if country and country not in {one.code for one in named(match["place"])}:
                score[country] += TOWN  # type: ignore[assignment]
    best = score.most_common(1)
    return best[0][0] if best and best[0][1] > 0 else ""


def first_person(text: str, home: str) -> list[Named]:
    """Return where a sentence says "we" for a state."""
    pattern = _WORDS["first-person"]
    return [Named(match.start(), match.end(), home, "home", match[0]) for match in pattern.finditer(text)]
