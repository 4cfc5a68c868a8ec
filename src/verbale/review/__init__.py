"""A manuscript to findings: the editorial checks, each a small module with an id, a severity and a reason; opens no records."""

from verbale.review.check import Check, Slip
from verbale.review.manuscript import Manuscript
from verbale.review.runner import CHECKS, check_infos, choose_checks, review

__all__ = ["CHECKS", "Check", "Manuscript", "Slip", "check_infos", "choose_checks", "review"]
