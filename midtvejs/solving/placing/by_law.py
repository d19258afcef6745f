"""Place the sessions before anybody has wished: by presenters, rooms, tracks, and evenly over the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from midtvejs.domain.offers import place
from midtvejs.domain.planning import PlannedByLaw, Progress
from midtvejs.domain.program import Program
from midtvejs.domain.rooms import rooms_for
from midtvejs.solving.placing.feasible import find_placement
from midtvejs.solving.placing.limits import DEFAULT, PlacingLimits
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.search import Judge, Seen, search
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.stop import Stop, stoppable

Watch = Callable[[Progress], None]
"""Told of progress, from the searching thread."""


def plan_by_law(
    program: Program,
    *,
    stop: Stop | None = None,
    limits: PlacingLimits = DEFAULT,
    watch: Watch = lambda _progress: None,
) -> PlannedByLaw:
    """Place every offer of a program for as many participants as the event expects.

    First everybody finds a seat in each round; then as few as can be of one track run in the same round; no
    session is held more often than that takes; and the rounds have as many sessions, and as many seats, as
    each other. Who wishes for what would tell more.

    Raises:
        NoLawfulPlacement: the sessions cannot be placed.
        OutOfTime: that could not be told in time.
    """

    def work(stop: Stop) -> PlannedByLaw:
        return _place(program, stop, limits, watch)

    return stoppable(work, stop or Stop())


def _place(program: Program, stop: Stop, limits: PlacingLimits, watch: Watch) -> PlannedByLaw:
    day = OpenDay(program=program)
    expected = program.event.expected_participants or 0
    walked = search(
        _ByLaw(day=day, seats=Seats(day=day, participants=(), expected=expected)),
        find_placement(day, (), stop),
        most=limits.by_law,
        shortlist=1,
        seed=program.rules.seed,
        stop=stop,
        watch=lambda tried, _best: watch(Progress(tried=tried, seated=0)),
    )
    placement = day.placement(walked.best[0].sets)
    return PlannedByLaw(
        placement=placement, program=_with_any_rooms(place(program, placement)), tried=walked.tried
    )


def _with_any_rooms(program: Program) -> Program:
    """Return the program with a room for each open sitting: the largest for those that most may attend."""
    rooms = rooms_for(program, dict.fromkeys(program.sittings, ()))
    return program.with_rooms(rooms or {})


class _ByLaw(Judge):
    """Compares placements by what is known without any wishes."""

    def measure(self, sets: Sets) -> Seen:
        counts = [
            held.bit_count() + len(round_.sessions)
            for round_, held, allowed in zip(self.day.rounds, sets, self.day.allowed, strict=True)
            if allowed
        ]
        seats = [
            self.seats.count_in(number, held) for number, held in enumerate(sets) if self.day.allowed[number]
        ]
        key = (
            self.seats.count_short(sets),
            self.day.pairs_of_tracks(sets),
            sum(counts),
            _unevenness(counts),
            _unevenness(seats),
        )
        return Seen(sets=sets, key=key, figures=())


def _unevenness(amounts: Sequence[int]) -> int:
    """Return how far amounts are from each other, squared; 0 where they are all the same."""
    return len(amounts) * sum(each * each for each in amounts) - sum(amounts) ** 2
