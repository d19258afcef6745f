"""Why nobody can be seated, told of one rule as of one, and of several as of several."""

from __future__ import annotations

import pytest

from midtvejs.domain.assignment import Clash, Impasse
from midtvejs.output.pages.failures import shortages_page
from tests import conferences

ALONE = Clash(rules=("1A has 9 people at least",), changes=("hold 1A with fewer",))
PAIR = Clash(rules=("Åse is in 1A", "Bo is apart from Åse"), changes=())


@pytest.mark.parametrize(
    ("clashes", "what"),
    [
        ((ALONE,), "this cannot hold"),
        ((PAIR,), "these cannot all hold"),
        ((ALONE, ALONE), "these cannot all hold"),
    ],
)
def test_one_rule_is_not_told_of_as_several(clashes: tuple[Clash, ...], what: str) -> None:
    round_ = conferences.program({"1A": 2}).rounds[0]
    first = next(iter(shortages_page((), (Impasse(round=round_, clashes=clashes, smallest=()),)).plain()))
    assert first == f"error: {round_.id} ({round_.name}): {what}"
