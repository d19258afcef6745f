"""What a search by prices hands over as proof: prices by the codes of sessions."""

from __future__ import annotations

from midtvejs.domain.certificate import Proof
from midtvejs.solving.case import Case
from midtvejs.solving.crowd import Ints
from midtvejs.solving.pricing import Aim


def in_codes(case: Case, aim: Aim, prices: Ints) -> Proof:
    """Say prices by session code, and leave out those that are nothing."""
    codes = list(case.program.sessions)
    kept = [criterion for criterion, _ in aim.kept]
    by_code = dict(zip(codes, prices[: len(codes)].tolist(), strict=True))
    return Proof(
        criterion=aim.criterion,
        worst=aim.worst,
        kept=dict(aim.kept),
        prices={code: price for code, price in by_code.items() if price},
        kept_prices=dict(zip(kept, prices[len(codes) :].tolist(), strict=True)),
    )
