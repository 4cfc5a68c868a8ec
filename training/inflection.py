"""Function words, punctuation and English inflection for the sentences that `templates.py` and `trees.py` write.

Features follow UD English 2.16. Verbs that double their last letter or change their vowel are listed; a verb that is missing
there is inflected by the regular rules.
"""

from __future__ import annotations

import re
from typing import Final


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set; a table of words reads better so than as a list of quotes."""
    return frozenset(text.split())


PUNCTUATION: Final = {
    ",": (",", "PUNCT", ","), ".": (".", "PUNCT", "."), ";": (";", "PUNCT", ":"), ":": (":", "PUNCT", ":"),
    "(": ("(", "PUNCT", "-LRB-"), ")": (")", "PUNCT", "-RRB-"), '"': ('"', "PUNCT", "``"), "“": ('"', "PUNCT", "``"),
    "”": ('"', "PUNCT", "''"), "-": ("-", "PUNCT", "HYPH"), "–": ("-", "PUNCT", "HYPH"), "—": ("-", "PUNCT", ":"),
    "?": ("?", "PUNCT", "."),
}  # fmt: skip

_PREPOSITIONS: Final = words(
    """
    about above across after against along amid among around as at before behind below beneath beside besides
    between beyond by despite down during except for from in inside into like near of off on onto out outside over
    past per since through throughout till to toward towards under underneath until up upon via with within without
    """
)
_PLAIN = ("_", "case")

FUNCTION_WORDS: dict[str, tuple[str, str, str, str, str]] = {
    word: (word, "ADP", "IN", *_PLAIN) for word in sorted(_PREPOSITIONS)
}
FUNCTION_WORDS |= {
    word: (word, "SCONJ", "IN", "_", "mark")
    for word in sorted(words("that although because while whereas if unless though once whether"))
}  # fmt: skip
FUNCTION_WORDS |= {
    "the": ("the", "DET", "DT", "Definite=Def|PronType=Art", "det"),
    "a": ("a", "DET", "DT", "Definite=Ind|PronType=Art", "det"),
    "this": ("this", "DET", "DT", "Number=Sing|PronType=Dem", "det"),
    "these": ("this", "DET", "DT", "Number=Plur|PronType=Dem", "det"),
    "those": ("that", "DET", "DT", "Number=Plur|PronType=Dem", "det"),
    "all": ("all", "DET", "DT", "PronType=Tot", "det"),
    "any": ("any", "DET", "DT", "PronType=Ind", "det"),
    "no": ("no", "DET", "DT", "PronType=Neg", "det"),
    "some": ("some", "DET", "DT", "PronType=Ind", "det"),
    "each": ("each", "DET", "DT", "PronType=Tot", "det"),
    "both": ("both", "DET", "DT", "PronType=Tot", "det"),
    "every": ("every", "DET", "DT", "PronType=Tot", "det"),
    "another": ("another", "DET", "DT", "PronType=Ind", "det"),
    "and": ("and", "CCONJ", "CC", "_", "cc"),
    "or": ("or", "CCONJ", "CC", "_", "cc"),
    "but": ("but", "CCONJ", "CC", "_", "cc"),
    "nor": ("nor", "CCONJ", "CC", "Polarity=Neg", "cc"),
    "not": ("not", "PART", "RB", "Polarity=Neg", "advmod"),
    "n't": ("not", "PART", "RB", "Polarity=Neg", "advmod"),
    "ever": ("ever", "ADV", "RB", "PronType=Ind", "advmod"),
    "never": ("never", "ADV", "RB", "PronType=Neg", "advmod"),
    "'s": ("'s", "PART", "POS", "_", "case"),
    "’s": ("'s", "PART", "POS", "_", "case"),
    "'": ("'s", "PART", "POS", "_", "case"),
    "’": ("'s", "PART", "POS", "_", "case"),
    "was": ("be", "AUX", "VBD", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "cop"),
    "is": ("be", "AUX", "VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "cop"),
    "be": ("be", "AUX", "VB", "VerbForm=Inf", "cop"),
    "been": ("be", "AUX", "VBN", "Tense=Past|VerbForm=Part", "cop"),
    "being": ("be", "AUX", "VBG", "Tense=Pres|VerbForm=Part", "aux:pass"),
    "had": ("have", "AUX", "VBD", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "aux"),
    "has": ("have", "AUX", "VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "aux"),
    "have": ("have", "AUX", "VB", "VerbForm=Inf", "aux"),
    "having": ("have", "AUX", "VBG", "Tense=Pres|VerbForm=Part", "aux"),
    "did": ("do", "AUX", "VBD", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin", "aux"),
    "does": ("do", "AUX", "VBZ", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "aux"),
    "it": ("it", "PRON", "PRP", "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs", "nsubj"),
    "he": ("he", "PRON", "PRP", "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs", "nsubj"),
    "they": ("they", "PRON", "PRP", "Case=Nom|Number=Plur|Person=3|PronType=Prs", "nsubj"),
    "we": ("we", "PRON", "PRP", "Case=Nom|Number=Plur|Person=1|PronType=Prs", "nsubj"),
    "them": ("they", "PRON", "PRP", "Case=Acc|Number=Plur|Person=3|PronType=Prs", "obj"),
    "him": ("he", "PRON", "PRP", "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs", "obj"),
    "its": ("its", "PRON", "PRP$", "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs", "nmod:poss"),
    "their": ("their", "PRON", "PRP$", "Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs", "nmod:poss"),
    "his": ("his", "PRON", "PRP$", "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs", "nmod:poss"),
    "which": ("which", "PRON", "WDT", "PronType=Rel", "nsubj"),
    "who": ("who", "PRON", "WP", "PronType=Rel", "nsubj"),
    "whose": ("whose", "PRON", "WP$", "Poss=Yes|PronType=Rel", "nmod:poss"),
    "there": ("there", "PRON", "EX", "_", "expl"),
    "when": ("when", "ADV", "WRB", "PronType=Int", "advmod"),
    "where": ("where", "ADV", "WRB", "PronType=Rel", "advmod"),
    "according": ("accord", "VERB", "VBG", "ExtPos=ADP|Tense=Pres|VerbForm=Part", "case"),
    "neither": ("neither", "CCONJ", "CC", "_", "cc:preconj"),
    "least": ("least", "ADJ", "JJS", "Degree=Sup", "fixed"),
    "$": ("$", "SYM", "$", "_", "dep"),
    "£": ("£", "SYM", "$", "_", "dep"),
}  # fmt: skip
FUNCTION_WORDS |= {
    word: (word, "AUX", "MD", "VerbForm=Fin", "aux")
    for word in ("will", "would", "could", "should", "might", "must", "may", "can")
}

# base, past, participle
_IRREGULAR_VERBS: Final = """
be was been, become became become, begin began begun, bind bound bound, break broke broken, bring brought brought,
build built built, buy bought bought, cast cast cast, choose chose chosen, come came come, cut cut cut, deal dealt
dealt, do did done, draw drew drawn, drive drove driven, fall fell fallen, feel felt felt, fight fought fought, find
found found, flee fled fled, fly flew flown, forbid forbade forbidden, get got got, give gave given, go went gone,
grow grew grown, have had had, hold held held, keep kept kept, lay laid laid, lead led led, leave left left, lend lent
lent, let let let, lose lost lost, make made made, meet met met, overrun overran overrun, overthrow overthrew
overthrown, pay paid paid, put put put, read read read, rise rose risen, say said said, see saw seen, seek sought
sought, sell sold sold, send sent sent, set set set, shoot shot shot, shut shut shut, sink sank sunk, speak spoke
spoken, spend spent spent, spread spread spread, stand stood stood, steal stole stolen, strike struck struck, swear
swore sworn, take took taken, tell told told, think thought thought, undertake undertook undertaken, uphold upheld
upheld, win won won, withdraw withdrew withdrawn, withhold withheld withheld, write wrote written
"""
_IRREGULAR: Final = {
    base: (past, participle) for base, past, participle in (entry.split() for entry in _IRREGULAR_VERBS.split(","))
}
_DOUBLED: Final = words(
    """
    abet admit annul ban bar commit compel confer control cut defer deter drag equip expel get let overrun permit
    plan prefer propel put rebel refer regret repel run set ship shut step stop submit transfer transmit
    """
)
_THIRD: Final = {"have": "has", "be": "is", "do": "does", "go": "goes"}
_PLURALS: Final = {
    "man": "men",
    "crisis": "crises",
    "arms": "arms",
    "people": "people",
    "aircraft": "aircraft",
    "person": "people",
    "serviceman": "servicemen",
}
_ORDINALS: Final = frozenset({"first", "second", "third", "fourth", "fifth"})


def inflect(base: str, tag: str) -> tuple[str, str]:
    """Return the written form and the lemma of a base form under a Penn tag; names and plain tags stay as they are."""
    if tag in ("VBD", "VBN") and base in _IRREGULAR:
        past, participle = _IRREGULAR[base]
        return (past if tag == "VBD" else participle), base
    if tag in ("VBD", "VBN"):
        return _with_ed(base), base
    if tag == "VBZ":
        return _THIRD.get(base) or _with_s(base), base
    if tag == "VBG":
        return _with_ing(base), base
    if tag == "VBP" and base == "be":
        return "are", base
    if tag == "NNS" and base[:1].isdigit():
        return base, base
    if tag == "NNS":
        return _PLURALS.get(base) or _with_s(base), base
    if tag == "RBR":
        return base, {"later": "late", "earlier": "early"}.get(base, base)
    if tag == "NNPS":
        return base, re.sub(r"(?<=[a-z])s$", "", base)
    return base, base


def _with_s(base: str) -> str:
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", base) else "s")


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return base + (base[-1] if base in _DOUBLED else "") + "ed"


def _with_ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return base[:-1] + "ing"
    return base + (base[-1] if base in _DOUBLED else "") + "ing"


def features(form: str, tag: str) -> tuple[str, str]:
    """Return the universal tag and the features of a content word by its Penn tag."""
    if tag == "CD":
        digits = form[:1].isdigit()
        kind = "Digit" if digits else ("Roman" if re.fullmatch(r"[IVX]+", form) else "Word")
        return "NUM", f"NumForm={kind}|NumType=Card"
    if tag == "JJ" and (form in _ORDINALS or re.match(r"\d+(?:st|nd|rd|th)$", form)):
        return "ADJ", "Degree=Pos|NumForm=Word|NumType=Ord" if form in _ORDINALS else "Degree=Pos|NumForm=Combi|NumType=Ord"
    if tag == "NNS" and form[:1].isdigit():
        return "NOUN", "Number=Ptan|NumForm=Combi|NumType=Card"
    if tag == "NNP" and re.fullmatch(r"(?:[A-Z]\.)+|US|UK|UN|NATO|USSR|EU", form):
        return "PROPN", "Abbr=Yes|Number=Sing"
    return {
        "NN": ("NOUN", "Number=Sing"), "NNS": ("NOUN", "Number=Plur"), "NNP": ("PROPN", "Number=Sing"),
        "NNPS": ("PROPN", "Number=Plur"),
        "JJ": ("ADJ", "Degree=Pos"), "JJR": ("ADJ", "Degree=Cmp"), "JJS": ("ADJ", "Degree=Sup"), "RB": ("ADV", "_"),
        "RBR": ("ADV", "Degree=Cmp"),
        "VB": ("VERB", "VerbForm=Inf"), "VBD": ("VERB", "_"), "VBZ": ("VERB", "_"), "VBP": ("VERB", "_"), "VBN": ("VERB", "_"),
        "VBG": ("VERB", "_"), "SYM": ("SYM", "_"), "RP": ("ADP", "_"), "PRP": ("PRON", "_"),
    }[tag]  # fmt: skip
