"""Actor and agent dictionaries in PETRARCH's format (and TABARI's before it), read as extra vocabulary."""

from verbale.vocab.petrarch.actors import PetrarchActors
from verbale.vocab.petrarch.agents import PetrarchAgents

__all__ = ["PetrarchActors", "PetrarchAgents"]
