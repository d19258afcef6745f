"""Which columns rank a round, where several might: what their headings and their cells speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from midtvejs.reading.forms.evidence import Evidence
from midtvejs.reading.forms.layout import ByRank, BySession, Naming, Ranking, RoundColumns
from midtvejs.reading.source import quoted

MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Claim:
    """That a round is ranked in these columns. Their cells are looked at only where they have to decide.

    ``ranks`` are words for ranks that this form has of its own.
    """

    round_id: str
    columns: RoundColumns
    heading: str
    naming: Naming
    evidence: Evidence
    ranks: tuple[str, ...] = ()

    @property
    def indices(self) -> list[int]:
        return [index for index, _ in self.columns.uses(self.round_id)]

    @cached_property
    def fits(self) -> bool:
        """Whether most cells can be read as what they would have to be."""
        if isinstance(self.columns, BySession):
            return self.evidence.holds_ranks(self.indices, self.ranks)
        return self.evidence.ranks_round(self.indices, self.round_id)

    @cached_property
    def filled(self) -> bool:
        return self.evidence.fills_most_rows(self.indices)

    @property
    def doubt(self) -> int:
        """Give how little speaks for it; 0 is surest. Cells alone convince where most people filled them."""
        if self.naming and self.fits:
            return Naming.EXACTLY - self.naming
        return 2 if self.fits and self.filled else 3

    @property
    def doubtful(self) -> bool:
        """Whether nothing but a few people's cells speaks for it: it may be another question."""
        return not (self.naming or self.filled)

    @property
    def may_be_one_of_several(self) -> bool:
        """Whether it is a column of its own in which each cell names one session."""
        ranking = isinstance(self.columns, Ranking)
        return ranking and self.evidence.holds_single_sessions(self.indices[0], self.round_id)


def chosen(claims: Iterable[Claim]) -> tuple[dict[str, RoundColumns], list[str]]:
    """Give the columns that rank each round, and why that is in doubt; then they are a guess."""
    by_round: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_round[claim.round_id].append(claim)
    columns: dict[str, RoundColumns] = {}
    doubts = []
    for id_, found in by_round.items():
        best = _surest(found)
        columns[id_] = _guess(best)
        headings = ", ".join(quoted(claim.heading.strip()) for claim in best[:MOST_NAMED])
        if len(best) > 1:
            more = ", ..." if len(best) > MOST_NAMED else ""
            doubts.append(f"several questions for {id_}: {headings}{more}")
        elif best[0].doubtful:
            doubts.append(f"whether {headings} asks for {id_}")
    return columns, doubts


def _surest(claims: Sequence[Claim]) -> Sequence[Claim]:
    if len(claims) == 1:
        return claims
    least = min(claim.doubt for claim in claims)
    return [claim for claim in claims if claim.doubt == least]


def _guess(claims: Sequence[Claim]) -> RoundColumns:
    """Take the first that fits; columns of one session each are likely to be a column a rank."""
    if len(claims) == 1:
        return claims[0].columns
    fitting = [claim for claim in claims if claim.fits] or claims
    if len(fitting) > 1 and all(claim.may_be_one_of_several for claim in fitting):
        return ByRank(columns=tuple(index for claim in fitting for index in claim.indices))
    return fitting[0].columns
