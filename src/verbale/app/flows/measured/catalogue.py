"""The registry of measures: every declaration, in the order in which a dossier shows them."""

from __future__ import annotations

from typing import Final

from verbale.app.flows.measured.base import Measure
from verbale.app.flows.measured.declared_commitments import PROMISES
from verbale.app.flows.measured.declared_networks import NETWORKS
from verbale.app.flows.measured.declared_series import SERIES

MEASURES: Final[dict[str, Measure]] = {measure.name: measure for measure in (*SERIES, *PROMISES, *NETWORKS)}
