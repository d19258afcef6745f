"""Place the sessions before anybody has wished: by presenters, rooms, tracks, and evenly over the day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from midtvejs.domain.offers import place, who_presents
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import PlannedByLaw, Progress
from midtvejs.domain.program import Program
from midtvejs.solving.placing.limits import DEFAULT, PlacingLimits
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.search import Judge, Seen, search
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.placing.with_seats import find_seated_placement
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
    each other. Who wishes for what would tell more. Where no placement was found in which everybody finds a
    seat, and none was refused either, seats are missing in the best of them.

    Raises:
        NoLawfulPlacement: the sessions cannot be placed, or there is no way to seat so many.
        OutOfTime: that could not be told in time.
    """

    def work(stop: Stop) -> PlannedByLaw:
        return _place(program, stop, limits, watch)

    return stoppable(work, stop or Stop())


def _place(program: Program, stop: Stop, limits: PlacingLimits, watch: Watch) -> PlannedByLaw:
    day = OpenDay(program=program)
    seats = _seats_for_all(day)
    walked = search(
        _ByLaw(day=day, seats=seats),
        find_seated_placement(day, seats, stop),
        most=limits.by_law,
        shortlist=1,
        seed=program.rules.seed,
        stop=stop,
        watch=lambda tried, _best: watch(Progress(tried=tried, seated=0)),
    )
    best = walked.best[0].sets
    placement = day.placement(best)
    placed = place(program, placement)
    rooms = {
        placed.keys[number][code]: room
        for number, held in enumerate(best)
        for code, room in seats.largest_rooms_in(number, held).items()
    }
    return PlannedByLaw(placement=placement, program=placed.with_rooms(rooms), tried=walked.tried)


def _seats_for_all(day: OpenDay) -> Seats:
    """Return the seats of as many as are expected, the presenters that are to sign up among them."""
    program = day.program
    expected = program.event.expected_participants or 0
    presenters = tuple(
        Participant(name=who.name, email=who.email, wishes=(), presents=codes)
        for who, codes in who_presents(program.known_sessions.values())
        if not who.external
    )
    known = presenters if len(presenters) <= expected else ()
    return Seats(day=day, participants=known, expected=expected - len(known))


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
        empty = sum(self.seats.is_empty(number, held) for number, held in enumerate(sets))
        key = (
            self.seats.count_short(sets) + empty,
            self.day.pairs_of_tracks(sets),
            sum(counts),
            _unevenness(counts),
            _unevenness(seats),
        )
        return Seen(sets=sets, key=key, figures=())


def _unevenness(amounts: Sequence[int]) -> int:
    """Return how far amounts are from each other, squared; 0 where they are all the same."""
    return len(amounts) * sum(each * each for each in amounts) - sum(amounts) ** 2
