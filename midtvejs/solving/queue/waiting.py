"""Bipartite matching: keep a seat for each participant who still waits in the queue.

Where pins, bans or steps leave some participants few sessions, a queue may not take just any seat: nobody
takes the last one that anyone behind them needs. So each who waits has a seat set aside, any that is open to
them. The one whose turn it is gets the seat they ask for if it is free; or if the one it is set aside for can
have another seat, which that one's holder leaves for yet another, and so on to a seat that is free (an
augmenting path; Kuhn 1955, "The Hungarian method"). If there is no such path, some of those behind have fewer
seats than they are (Hall 1935, "On representatives of subsets"), and it is refused. So nobody is refused who
need not be.

Only heads count: those to whom the same sessions are open are of one kind.

With a pencil: 1A has 1 seat, 1B has 2. Åse and Bo may be in both, Cai is pinned to 1A. Set aside: 1A for Cai,
1B for Åse and for Bo. Åse, who is first, asks for 1A: it is Cai's, who can have no other. She takes 1B. Were
1C open to Cai as well, with a seat that is free, Cai's would be there from now on, and Åse would have 1A.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence

from midtvejs.solving.instance.case import PRESENTS, Case
from midtvejs.solving.stop import Stop

Kind = frozenset[int]
"""The sessions that are open to a participant."""


class Waiting:
    """Everybody who waits for a seat in one round. ``whole``: there is one for each of them.

    Raises OutOfTime, when made and when asked, once ``stop`` has been asked for.
    """

    def __init__(self, seats: Sequence[int], people: Iterable[Kind], stop: Stop | None = None) -> None:
        self._stop = stop or Stop()
        self._free = list(seats)
        self._aside: list[dict[Kind, int]] = [{} for _ in seats]
        kinds = Counter(people)
        # Who has the fewest sessions comes first: then few have to move.
        narrow_first = sorted(kinds, key=lambda kind: (len(kind), sorted(kind)))
        self.whole = all(self._waits(kind, kinds[kind]) for kind in narrow_first)

    def _waits(self, kind: Kind, count: int) -> bool:
        """Set seats aside for more people of a kind; False if there are not so many."""
        for session in sorted(kind):
            some = min(count, self._free[session])
            self._set_aside(kind, session, some)
            count -= some
        return all(self._one_more(kind) for _ in range(count))

    def _one_more(self, kind: Kind) -> bool:
        session = self._free_seat(kind)
        if session is not None:
            self._set_aside(kind, session, 1)
        return session is not None

    def takes(self, kind: Kind, session: int) -> bool:
        """Let one of a kind have a seat that is open to them, unless anyone behind them would have none."""
        given_up = session if kind in self._aside[session] else self._somewhere(kind)
        self._set_aside(kind, given_up, -1)
        if self._free_seat({session}) is None:
            self._set_aside(kind, given_up, 1)
            return False
        self._free[session] -= 1
        return True

    def _somewhere(self, kind: Kind) -> int:
        return next(session for session in kind if kind in self._aside[session])

    def _set_aside(self, kind: Kind, session: int, more: int) -> None:
        """Turn so many free seats into ones set aside, or, where it is less than 0, back again."""
        self._free[session] -= more
        count = self._aside[session].pop(kind, 0) + more
        if count:
            self._aside[session][kind] = count

    def _free_seat(self, wanted: Iterable[int]) -> int | None:
        """Free a seat in one of the sessions that are wanted, if those it is set aside for can move."""
        self._stop.check()
        came: dict[int, tuple[Kind, int] | None] = dict.fromkeys(wanted)
        unseen = set(range(len(self._free))).difference(came)
        queue = deque(came)
        while queue:
            session = queue.popleft()
            if self._free[session]:
                return self._move_along(session, came)
            for kind in self._aside[session]:
                for other in kind & unseen:
                    came[other] = kind, session
                    unseen.remove(other)
                    queue.append(other)
        return None

    def _move_along(self, free: int, came: dict[int, tuple[Kind, int] | None]) -> int:
        """Move one of a kind into a free seat, another one into theirs, and so on; give where that ends."""
        while step := came[free]:
            kind, left = step
            self._set_aside(kind, free, 1)
            self._set_aside(kind, left, -1)
            free = left
        return free


def can_be_seated(case: Case, stop: Stop) -> bool:
    """Return whether everybody has a seat that is open to them, and presenters get to their own session."""
    own = (
        session
        for person in case.participants
        if person.step_free and person.presents
        for round_ in case.program.rounds
        if person.attends(round_)
        for session in round_.sessions
        if session.code in person.presents
    )
    return all(session.may_be_step_free or session.may_be_cancelled for session in own) and all(
        Waiting(round_.seats, kinds_in(case, index), stop).whole for index, round_ in enumerate(case.rounds)
    )


def kinds_in(case: Case, index: int) -> Iterable[Kind]:
    """Return what is open to each of those who take a seat in a round."""
    is_open = case.rounds[index].open
    return (is_open[row[index]] for row in case.rows if row[index] != PRESENTS)
