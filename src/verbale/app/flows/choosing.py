"""Which coder a user asked for."""

from __future__ import annotations

from typing import Final

from verbale.app.flows.coder import Coder
from verbale.app.flows.common import check_confidence
from verbale.app.flows.llm.coder import LlmCoder
from verbale.app.flows.llm.options import LlmOptions
from verbale.app.flows.pipeline import OwnCoder
from verbale.app.flows.projects import ProjectLike, choose_project
from verbale.coding import CODER
from verbale.core import Settings, VerbaleError

LLM: Final = "llm"
CODERS: Final = (CODER, LLM)


def choose_coder(
    coder: str | Coder = CODER,
    *,
    model: str | None = None,
    endpoint: str | None = None,
    llm: LlmOptions | None = None,
    min_confidence: float = 0.0,
    workers: int = 1,
    project: ProjectLike = None,
    settings: Settings | None = None,
) -> Coder:
    """Return the coder by its name, made ready with the vocabulary of a project; one that was made already comes back as it is.

    Raises VerbaleError `coder-unknown`, `coder-options` for options that do not belong to it or are missing,
    `confidence-range`, `workers-range`, and as `choose_project` and the coder do.
    """
    check_confidence(min_confidence)
    if workers < 1:
        raise VerbaleError("workers-range", workers=workers)
    if not isinstance(coder, str):
        if project is not None and choose_project(project, settings=settings) != coder.project:
            raise VerbaleError("coder-options", coder=coder.name, problem="was made with another project, or with none")
        return coder
    if coder not in CODERS:
        raise VerbaleError("coder-unknown", coder=coder, allowed=", ".join(CODERS))
    if coder == CODER:
        if endpoint is not None or llm is not None:
            raise VerbaleError("coder-options", coder=coder, problem="asks no server, but options for one were given")
        own = choose_project(project, settings=settings)
        return OwnCoder(model=model, min_confidence=min_confidence, workers=workers, project=own)
    for name, value in (("an endpoint", endpoint), ("the name of a model", model)):
        if not (value or "").strip():
            raise VerbaleError("coder-options", coder=coder, problem=f"needs {name}")
    return LlmCoder(
        str(endpoint),
        str(model).strip(),
        llm or LlmOptions(),
        min_confidence=min_confidence,
        workers=workers,
        project=choose_project(project, settings=settings),
    )
