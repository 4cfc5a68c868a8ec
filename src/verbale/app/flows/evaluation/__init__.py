"""How coded events are measured against a gold standard: reading gold, matching, precision and recall."""

from verbale.app.flows.evaluation.gold import GoldEvent, read_gold
from verbale.app.flows.evaluation.scoring import LEVELS, Evaluation, LevelScore, Miss, score

__all__ = ["LEVELS", "Evaluation", "GoldEvent", "LevelScore", "Miss", "read_gold", "score"]
