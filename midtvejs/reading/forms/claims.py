"""Which columns rank a round, where several might: what their headings and their cells speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from midtvejs.reading.forms.layout import ByRank, Naming, Ranking, RoundColumns
from midtvejs.reading.source import quoted

MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That a round is ranked in these columns.

    ``fits`` says that the cells can be read so, ``filled`` that most rows have one, ``single`` that each cell
    names one session.
    """

    round_id: str
    columns: RoundColumns
    heading: str
    naming: Naming
    fits: bool
    filled: bool
    single: bool = False

    @property
    def doubt(self) -> int:
        """Give how little speaks for it; 0 is surest. Cells alone convince where most people filled them."""
        if self.fits and self.naming:
            return Naming.EXACTLY - self.naming
        return 2 if self.fits and self.filled else 3

    @property
    def doubtful(self) -> bool:
        """Whether nothing but a few people's cells speaks for it: it may be another question."""
        return not (self.naming or self.filled)


def chosen(claims: Iterable[Claim]) -> tuple[dict[str, RoundColumns], list[str]]:
    """Give the columns that rank each round, and why that is in doubt; then they are a guess."""
    by_round: Mapping[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_round[claim.round_id].append(claim)
    columns: dict[str, RoundColumns] = {}
    doubts = []
    for id_, found in by_round.items():
        least = min(claim.doubt for claim in found)
        best = [claim for claim in found if claim.doubt == least]
        columns[id_] = _guess(best)
        headings = ", ".join(quoted(claim.heading.strip()) for claim in best[:MOST_NAMED])
        if len(best) > 1:
            more = ", ..." if len(best) > MOST_NAMED else ""
            doubts.append(f"several questions for {id_}: {headings}{more}")
        elif best[0].doubtful:
            doubts.append(f"whether {headings} asks for {id_}")
    return columns, doubts


def _guess(claims: Sequence[Claim]) -> RoundColumns:
    """Take the first that fits; columns of one session each are likely to be a column a rank."""
    fitting = [claim for claim in claims if claim.fits] or claims
    found = [claim.columns.column for claim in fitting if isinstance(claim.columns, Ranking) and claim.single]
    return ByRank(columns=tuple(found)) if len(found) == len(fitting) > 1 else fitting[0].columns
