"""The flow `explain`: why an event was coded, read again from its document with the coder that is installed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verbale.app.flows.common import LedgerLike, opened
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.coding import CODER, CODER_VERSION, in_context, screen
from verbale.coding.explaining import explain as explain_sentence
from verbale.coding.explaining import sentence_of
from verbale.core import Document, Event, Explanation, Remark, Run, VerbaleError
from verbale.core.amendments import AMENDED, BY_HAND
from verbale.ledger import Ledger
from verbale.parse import Parser, load_parser, split
from verbale.report import explanation_lines
from verbale.vocab import ProjectReport, Vocabulary, load_vocabulary

# Two confidences that differ by no more than this are the same to a reader.
SAME_CONFIDENCE = 0.005
AMENDED_REMARK = "a person has amended this event; what is explained is the event as the coder wrote it"


@dataclass(frozen=True, slots=True)
class Explained:
    """Why an event was coded, with the run that coded it (None where the ledger does not say) and where its document lies.

    `project` tells what the user's vocabulary files came to, None without a project.
    """

    explanation: Explanation
    run: Run | None
    document: str
    project: ProjectReport | None = None

    def text(self, *, width: int = 100) -> str:
        """Return the explanation as plain text, no line longer than a width."""
        return "\n".join(explanation_lines(self.explanation, width=width)) + "\n"


def explain(event_id: str, *, ledger: LedgerLike, model: str | None = None, project: ProjectLike = None) -> Explained:
    """Return why an event was coded: the parse, the lexicon rows, actors and date, and the pairs that were weighed.

    The document is read again as the coder reads it, with `model` where another spaCy pipeline coded it, and with the
    vocabulary of `project`, which is found as in `code` (False for none); what comes from the user's files names file and line.
    What differs from the run that coded the event, and an event of another coder, is told in the remarks; there the explanation
    says what the coder installed here makes of the sentence. Raises VerbaleError `event-unknown`, `explain-no-text` where the
    ledger has the event without its document, or as `code` does for a project file that cannot be used.
    """
    vocabulary = load_vocabulary(project=choose_project(project))
    with opened(ledger, read_only=True) as open_one:
        base = open_one.amendable(event_id)
        amended = base.current.coder.endswith(AMENDED)
        event = base.original if amended else base.current
        run = _run_of(open_one, event)
        try:
            document = open_one.document(event.evidence.document_id)
        except VerbaleError as error:
            if error.code != "document-unknown":
                raise
            raise VerbaleError(
                "explain-no-text", path=open_one.path, event=event.event_id, coder=event.coder or "not named"
            ) from error
    parser = load_parser(model)
    explanation = _read_again(event, document, parser, vocabulary)
    by_hand = [Remark("amended", AMENDED_REMARK)] if amended else []
    remarks = (*by_hand, *_provenance(event, run, parser, vocabulary), *explanation.remarks, *_confidence(explanation))
    return Explained(replace(explanation, remarks=remarks), run, document.name, vocabulary.project)


def _run_of(ledger: Ledger, event: Event) -> Run | None:
    """Return the run that wrote an event, the newest where several did."""
    rows = ledger.events(all_versions=True)
    written = rows.filter(
        (rows.event_id == event.event_id) & (rows.coder == event.coder) & (rows.coder_version == event.coder_version)
    )
    runs = ledger.runs()
    found = runs.semi_join(written, "run_id").order_by(runs.started.desc()).limit(1).to_pyarrow().to_pylist()
    return Run(**found[0]) if found else None


def _read_again(event: Event, document: Document, parser: Parser, vocabulary: Vocabulary) -> Explanation:
    """Split, screen and parse a document up to an event's sentence, as the coder does, and explain the event.

    Its own sentence is parsed even where the screen would pass over it.
    """
    sentences = in_context(document, split(document), vocabulary)
    if not sentences:
        raise VerbaleError("explain-no-text", path=document.name, event=event.event_id, coder=event.coder or "not named")
    place = sentence_of(event, sentences)
    screened = screen(sentences[place], vocabulary)
    wanted = [number for number in range(place) if screen(sentences[number], vocabulary)] + [place]
    for number, sentence in zip(wanted, parser.parse(sentences[number] for number in wanted), strict=True):
        sentences[number] = sentence
    explanation = explain_sentence(event, document, sentences, vocabulary)
    if screened:
        return explanation
    remark = Remark(
        "screened-out",
        "the coder does not parse this sentence at all, because it is a heading or table, or does not hold the words of any "
        "act, or nobody who could have acted; it was parsed here to show what is in it",
    )
    return replace(explanation, remarks=(remark, *explanation.remarks))


def _provenance(event: Event, run: Run | None, parser: Parser, vocabulary: Vocabulary) -> list[Remark]:
    """Return what a reader has to know where the event was not coded by exactly what is installed here."""
    if event.coder != CODER:
        by = "by hand" if event.coder == BY_HAND else f'by "{event.coder or "a coder without a name"}"'
        return [
            Remark(
                "coder-foreign",
                f"the event was coded {by}, so that there is no parse and no rule of ours behind it; what can be told is its "
                "quote, and what the coder installed here makes of the same sentence",
            )
        ]
    remarks = []
    if event.coder_version != CODER_VERSION:
        remarks.append(
            Remark(
                "version-differs",
                f"the event was coded by version {event.coder_version or 'unknown'} of the coder, and is read again with "
                f"version {CODER_VERSION}",
            )
        )
    if run is None or run.coder != CODER:
        remarks.append(
            Remark(
                "imported",
                "the event was imported from a file, so that its vocabulary and its parser are not known",
            )
        )
        return remarks
    if run.vocabulary != vocabulary.digest:
        remarks.append(Remark("vocabulary-differs", _other_vocabulary(run, vocabulary)))
    if run.model != parser.name:
        remarks.append(
            Remark(
                "parser-differs",
                f"the sentence was parsed by {run.model or 'an unknown parser'}, and is parsed here by {parser.name}; name "
                "the first with --model where it is installed",
            )
        )
    return remarks


def _other_vocabulary(run: Run, vocabulary: Vocabulary) -> str:
    """Say which vocabulary coded an event, where it is not the one that explains it, and how to ask with that one."""
    used = f" of {vocabulary.project.path}" if vocabulary.project is not None else ""
    if used and run.vocabulary == load_vocabulary().digest:
        return f"the event was coded without the vocabulary{used}, which is used here; --no-project leaves it out"
    project = f"that{used} among it" if used else "if a project file was used then, name it with --project"
    return (
        f"the vocabulary has changed since (then {run.vocabulary}, now {vocabulary.digest}; {project}), so rows may be others"
    )


def _confidence(explanation: Explanation) -> list[Remark]:
    """Return a remark where the event is found again with another confidence: weights or parse are others now."""
    now, then = explanation.confidence, explanation.event.confidence
    if now is None or abs(now - then) <= SAME_CONFIDENCE:
        return []
    return [
        Remark(
            "confidence-differs",
            f"the ledger has the confidence {then:.2f}, the coder installed here gives {now:.2f}; the weights are today's",
        )
    ]
