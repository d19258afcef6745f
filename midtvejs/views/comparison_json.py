"""A comparison as one JSON object, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping

from midtvejs.domain.comparison import Outcome
from midtvejs.views.comparison import Compared


def comparison_json(compared: Compared) -> str:
    """Give the object. All but ``seconds`` is the same on every run."""
    thing = {
        "participants": compared.participants,
        "seed": compared.seed,
        "first_come": "timestamps" if compared.timed else "rows",
        "ways": [_outcome(outcome) for outcome in compared.outcomes],
    }
    return json.dumps(thing, indent=2) + "\n"


def _outcome(outcome: Outcome) -> Mapping[str, object]:
    way, profile = outcome.way, outcome.profile
    return {
        "mechanism": way.mechanism.value,
        "fairness": [criterion.value for criterion in way.fairness],
        "reversing": way.reversing,
        "status": outcome.status,
        "broken_rules": outcome.broken,
        "seats_by_rank": {str(rank): count for rank, count in profile.ranks.items()},
        **{criterion.value: value for criterion, value in outcome.criteria.items()},
        "without_first_wish": outcome.without_first_wish,
        "seconds": round(outcome.seconds, 3),
    }
