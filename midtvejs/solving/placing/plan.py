"""Place the sessions of a day: search without seats, then seat everybody in the best placements, and compare.

The placement that is best when everybody is alone need not be the best with seats, nor the one that lacks the
fewest: so everybody is seated in each of a shortlist, in rooms that are chosen with it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from midtvejs.domain.assignment import Assignment, NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.offers import place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import (
    ORDERS,
    Alternative,
    Figures,
    NoLawfulPlacement,
    Planned,
    Progress,
)
from midtvejs.domain.program import Program
from midtvejs.solving.placing.alone import Alone, ByRounds
from midtvejs.solving.placing.counting import (
    Counting,
    block_to_count,
    count_held_once,
    count_roughly,
    count_sets,
    look_at_all,
)
from midtvejs.solving.placing.crowd import crowd_of
from midtvejs.solving.placing.feasible import obstacles_of
from midtvejs.solving.placing.limits import DEFAULT, PlacingLimits
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.pinned import pinned_participants
from midtvejs.solving.placing.priced import SetPrices, proves
from midtvejs.solving.placing.priced_days import DayPrices
from midtvejs.solving.placing.proof import Proof, Seated, raise_floors
from midtvejs.solving.placing.rough import Rough, place_with_rooms
from midtvejs.solving.placing.search import ByWishes, Key, Seen, Walked, best_of, search
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.placing.with_seats import find_seated_placement, keep_tracks_apart
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop, stoppable

FOR_PLACING = 0.5
"""What part of the time is for placements without seats, at the most; then people are seated in the best."""

FOR_RANKING = 0.5
"""What part of the rest is for telling these apart by seating everybody at once in each, at the most."""

Watch = Callable[[Progress], None]
"""Told of progress, from the searching thread."""


def plan(
    program: Program,
    participants: Iterable[Participant],
    *,
    by: Criterion = Criterion.EVEN,
    stop: Stop | None = None,
    limits: PlacingLimits = DEFAULT,
    watch: Watch = lambda _progress: None,
) -> Planned:
    """Place every offer of a program, so that what comes first in ``ORDERS[by]`` is as little as can be.

    There are seats in each round for as many as the event expects, where that can be. Participants have the
    offers that they present among what they present, as ``recognise_presenters`` fills it in. The same
    program, participants, in whatever order, and ``rules.seed`` give the same placement, unless ``stop`` ends
    the search: then it is the best so far.

    Raises:
        NoLawfulPlacement: the sessions cannot be placed.
        NoLawfulAssignment: nobody can be seated in any placement that was looked at.
        OutOfTime: no placement was found in which everybody has a seat.
    """
    people = tuple(participants)
    stop = stop or Stop()

    def work(stop: Stop) -> Planned:
        return _Planning(program, people, by, limits, stop, watch).plan()

    return replace(stoppable(work, stop), interrupted=stop.interrupted)


@dataclass(slots=True)
class _Planning:
    """One planning of one day."""

    program: Program
    people: tuple[Participant, ...]
    by: Criterion
    limits: PlacingLimits
    stop: Stop
    watch: Watch
    _refused: NoLawfulAssignment | None = field(default=None, init=False)
    _looked_at: set[Sets] = field(default_factory=set, init=False)
    _days: DayPrices | None = field(default=None, init=False)

    @property
    def order(self) -> tuple[Criterion, ...]:
        return ORDERS[self.by]

    def plan(self) -> Planned:
        day = OpenDay(
            program=self.program,
            told_apart=_told_apart(self.people),
            pinned=pinned_participants(self.people),
        )
        seats = self._seats(day)
        stricter = keep_tracks_apart(day, seats, self.stop)
        if stricter.apart:
            # Pins and other rules may seat nobody in it all the same.
            with suppress(NoLawfulPlacement, NoLawfulAssignment):
                return self._plan_on(stricter, replace(seats, day=stricter))
        self._refused = None
        self._looked_at.clear()
        return self._plan_on(day, seats)

    def _plan_on(self, day: OpenDay, seats: Seats) -> Planned:
        alone = Alone(day, crowd_of(self.program, self.people))
        judge = ByWishes(day=day, alone=alone, seats=seats, by=self.by)
        walked = self._search(judge)
        seated = self._seat_all(judge, walked) or self._seat_late(judge, walked)
        if not seated:
            raise self._why_nobody_is_seated(day, seats, walked)
        walked = self._seat_what_may_be_better(judge, walked, seated)
        return self._planned(judge, walked, seated)

    def _seats(self, day: OpenDay) -> Seats:
        """Return the seats, for all who are still expected, too, where a placement has so many."""
        seats = Seats(day=day, participants=self.people)
        more = (self.program.event.expected_participants or 0) - len(self.people)
        if more > 0:
            for_all = replace(seats, expected=more)
            with suppress(NoLawfulPlacement):
                if not for_all.count_short(find_seated_placement(day, for_all, self.stop)):
                    return for_all
        return seats

    def _rough(self, judge: ByWishes) -> Rough:
        lots = draw_lots(self.people, self.program.rules.seed)
        return Rough(judge=judge, people=lots, stop=self.stop.part(FOR_RANKING))

    def _most(self, seen: Sequence[Seen], seats: int) -> int:
        """Return in how many such placements everybody can be seated for so many seats, in one at least."""
        sittings = sum(held.bit_count() for held in seen[0].sets)
        return max(1, seats // max(1, len(self.people) * sittings))

    def _search(self, judge: ByWishes) -> Walked:
        stop = self.stop.part(FOR_PLACING)
        start = find_seated_placement(judge.day, judge.seats, self.stop)
        if count_roughly(judge.day) <= self.limits.one_by_one:
            judge.look(start)
            exist = look_at_all(judge, stop)
            return best_of(judge, self.limits.shortlist, exist=exist, one_by_one=exist is not None)
        block = block_to_count(judge.alone)
        if block and self._can_be_counted(judge):
            walked = self._walk(judge, start, self.limits.before_counting, stop)
            return self._count(judge, block, walked, stop)
        most = self.limits.placements if judge.alone.by_rounds else self.limits.repeated
        return self._walk(judge, start, most, stop)

    def _can_be_counted(self, judge: ByWishes) -> bool:
        looked_up = count_sets(judge.day) * len(judge.alone.crowd.kinds)
        return looked_up <= self.limits.looked_up and count_held_once(judge.day) <= self.limits.counted

    def _walk(self, judge: ByWishes, start: Sets, most: int, stop: Stop, *, tell: bool = True) -> Walked:
        def watch(tried: int, best: Seen) -> None:
            if not tell:
                return
            figures = dict(zip(self.order, best.figures, strict=True))
            self.watch(Progress(tried=tried, seated=0, figures=figures))

        return search(
            judge,
            start,
            most=most,
            shortlist=self.limits.shortlist,
            seed=self.program.rules.seed,
            stop=stop,
            watch=watch,
        )

    def _count(self, judge: ByWishes, block: ByRounds, walked: Walked, stop: Stop) -> Walked:
        """Count all placements; where there is no time for it, stay with what the search has found."""
        prices = SetPrices(judge.day, block, self.people, stop) if proves(judge.day) else None
        try:
            counting = Counting(
                judge, block, seen=walked.best, keep=self.limits.shortlist, stop=stop, prices=prices
            )
            counted = counting.count()
        except OutOfTime:
            return walked
        if not counted.exist:
            return walked
        best = tuple(judge.look(each.sets) for each in counted.kept)
        tried = max(len(judge.tried), counted.exist)
        found = Walked(best=best, tried=tried, alone=counted.alone, exist=counted.exist, least=counted.least)
        if not prices:
            return found
        self._days = DayPrices(judge.day, block, prices, self.stop)
        floors = {each.sets: each.floor for each in counted.kept}
        return self._in_order_of_floors(replace(found, floors=floors, beyond=counted.beyond))

    def _in_order_of_floors(self, walked: Walked) -> Walked:
        """Return the best placements in the order of what they come to with seats, as far as prices tell.

        Those that there were no prices for come last: a low floor says nothing of them.
        """
        raised, priced = self._raise_floors(walked, [seen.sets for seen in walked.best])
        if not priced:
            return walked

        def rank(seen: Seen) -> tuple[bool, Key, Key, Sets]:
            return seen.sets not in priced, raised.floors[seen.sets], seen.key, seen.sets

        return replace(raised, best=tuple(sorted(walked.best, key=rank)))

    def _seat_all(self, judge: ByWishes, walked: Walked) -> list[Seated]:
        """Seat everybody in the best placements; in all that may be better, where that proves something."""
        seated: list[Seated] = []
        first = walked.best[0]
        if not any(first.wishes):
            # There are seats for all first wishes, as it seems.
            self._try(judge.day, first, seated, walked.tried)
            if seated and not any(seated[0].figures(self.order)):
                return seated
        affordable = self._most(walked.best, self.limits.seats_asked_for)
        enough = max(1, min(self.limits.seated, affordable // 2))
        for attempts, seen in enumerate(self._ranked(judge, walked)):
            if attempts >= self.limits.exhausted or len(seated) >= enough or self.stop.asked:
                break
            self._try(judge.day, seen, seated, walked.tried)
        return seated

    def _seat_what_may_be_better(self, judge: ByWishes, walked: Walked, seated: list[Seated]) -> Walked:
        """Seat everybody in all placements that may be better than the best, as far as that is affordable.

        Return what was walked, with the floors that prices could raise.
        """
        seats = self.limits.seats_to_exhaust if walked.one_by_one else self.limits.seats_to_prove
        most = min(self.limits.exhausted, self._most(walked.best, seats))
        raised_for: int | None = None
        while waiting := self._proof(judge, walked, seated).possibly_better():
            best = self._proof(judge, walked, seated).best[0]
            if best != raised_for:
                raised_for = best
                walked, _ = self._raise_floors(walked, waiting, best=best)
            elif len(self._looked_at) >= most or self.stop.asked:
                break
            else:
                self._try(judge.day, judge.look(waiting[0]), seated, walked.tried)
                if waiting[0] not in self._looked_at:
                    break
        return walked

    def _raise_floors(
        self, walked: Walked, placements: Sequence[Sets], best: int | None = None
    ) -> tuple[Walked, Collection[Sets]]:
        """Raise floors by what whole days cost, if there is time; and tell which placements were priced."""
        if self._days:
            with suppress(OutOfTime):
                return raise_floors(walked, self._days, placements, self.by, best=best, limits=self.limits)
        return walked, ()

    def _proof(self, judge: ByWishes, walked: Walked, seated: Sequence[Seated]) -> Proof:
        return Proof(judge=judge, walked=walked, order=self.order, seated=seated, looked_at=self._looked_at)

    def _seat_late(self, judge: ByWishes, walked: Walked) -> list[Seated]:
        """Seat everybody in one of the best placements, if the time was up before any seats were found.

        In rooms that are chosen beforehand there are seats at once, be they as they may.
        """
        for seen in walked.best[: self.limits.hurried] if self.stop.asked else ():
            found = None if seen.short else self._seat(judge.day, seen, place_with_rooms(judge, seen))
            if found:
                return [found]
        return []

    def _ranked(self, judge: ByWishes, walked: Walked) -> Sequence[Seen]:
        if walked.floors and self.by is not Criterion.WORST and not walked.one_by_one:
            return walked.best
        most = min(self.limits.rough, self._most(walked.best, self.limits.rough_seats))
        return self._rough(judge).rank(walked, most)

    def _try(self, day: OpenDay, seen: Seen, seated: list[Seated], tried: int) -> None:
        """Seat everybody in a placement, unless it cannot be the best: with seats nobody gains."""
        best = min((each.figures(self.order) for each in seated), default=None)
        if seen.short or seen.sets in self._looked_at or (best is not None and seen.figures > best):
            return
        found = self._seat(day, seen)
        if found is None:
            return
        seated.append(found)
        best = min(each.figures(self.order) for each in seated)
        figures = dict(zip(self.order, best, strict=True))
        self.watch(Progress(tried=tried, seated=len(seated), figures=figures))

    def _why_nobody_is_seated(self, day: OpenDay, seats: Seats, walked: Walked) -> Exception:
        if self._refused:
            return self._refused
        if self.stop.asked:
            return OutOfTime()
        return NoLawfulPlacement(tuple(obstacles_of(day, seats, walked.best[0].sets)))

    def _seat(self, day: OpenDay, seen: Seen, placed: Program | None = None) -> Seated | None:
        """Seat everybody in a placement; None where that cannot be, or there was no time for it.

        Its rooms are chosen with the seats, unless it is ``placed`` in some: of others that tells nothing.
        """
        placement = day.placement(seen.sets)
        try:
            solution = solve(placed or place(self.program, placement), self.people, stop=self.stop)
        except NoLawfulAssignment as error:
            if not placed:
                self._looked_at.add(seen.sets)
                self._refused = self._refused or error
            return None
        except OutOfTime:
            return None
        if not placed:
            self._looked_at.add(seen.sets)
        return Seated(
            seen=seen, placement=placement, solution=solution, assignment=solution.assignment.with_rooms()
        )

    def _planned(self, judge: ByWishes, walked: Walked, seated: list[Seated]) -> Planned:
        proof = self._proof(judge, walked, seated)
        counted, by_word = proof.is_counted(), proof.is_by_word()
        bound, recomputable = proof.bound(), proof.without_word().bound()
        # What is best by another criterion may be the best of all, where not all are known.
        seated = [*seated, *self._seat_by_others(judge, walked, self._best(seated))]
        best = self._best(seated)
        assignment, stages = self._seated_again(best)
        figures = {criterion: assignment.criteria[criterion] for criterion in self.order}
        return Planned(
            placement=best.placement,
            program=assignment.program,
            assignment=assignment,
            stages=stages,
            order=self.order,
            tried=walked.tried,
            seated=len(seated),
            counted=counted,
            by_word=by_word,
            bound=bound,
            recomputable=recomputable,
            alone=dict(zip(self.order, walked.alone, strict=True)),
            exist=walked.exist,
            apart=tuple(sorted(judge.day.apart)),
            alternatives=tuple(self._alternatives(seated, figures)),
        )

    def _best(self, seated: Sequence[Seated]) -> Seated:
        return min(seated, key=lambda each: (each.figures(self.order), each.seen.key))

    def _seated_again(self, best: Seated) -> tuple[Assignment, tuple[Stage, ...]]:
        """Return what assign finds in the rooms that were chosen, seat for seat, if there is time for it."""
        if not self.stop.asked:
            with suppress(OutOfTime):
                again = solve(best.assignment.program, self.people, stop=self.stop)
                if again.assignment.criteria == best.assignment.criteria or not best.is_proven:
                    return again.assignment, again.stages
        return best.assignment, best.solution.stages

    def _seat_by_others(self, judge: ByWishes, walked: Walked, best: Seated) -> Iterator[Seated]:
        """Seat everybody in what is best by the other criteria, where there is anything to gain."""
        if self._most(walked.best, self.limits.seats_asked_for) > 1:
            for criterion in self.order[1:]:
                if best.assignment.criteria[criterion] and not self.stop.asked:
                    yield from self._by_another(judge, walked, criterion)

    def _by_another(self, judge: ByWishes, walked: Walked, criterion: Criterion) -> Iterator[Seated]:
        """Search a little by another criterion, and seat everybody in what is best."""
        other = ByWishes(day=judge.day, alone=judge.alone, seats=judge.seats, by=criterion)
        if walked.one_by_one:
            other.look(walked.best[0].sets)
            look_at_all(other, self.stop)
            shortlist = best_of(other, self.limits.alternatives)
        else:
            shortlist = self._walk(other, walked.best[0].sets, self.limits.beside, self.stop, tell=False)
        most = min(self.limits.alternatives, self._most(shortlist.best, self.limits.rough_seats))
        first, *_ = self._rough(other).rank(shortlist, most)
        if not first.short and first.sets not in self._looked_at:
            found = self._seat(judge.day, judge.look(first.sets))
            yield from [found] if found else []

    def _alternatives(self, seated: Sequence[Seated], figures: Figures) -> Iterator[Alternative]:
        """Return where another criterion is less than in the best placement, and what that costs.

        A placement is told once, though several criteria are less in it.
        """
        told: list[Seated] = []
        for criterion in self.order[1:]:
            least = min(seated, key=lambda each: each.figures(ORDERS[criterion]))
            if least.assignment.criteria[criterion] < figures[criterion] and least not in told:
                told.append(least)
                yield Alternative(
                    criterion=criterion,
                    placement=least.placement,
                    figures=dict(zip(self.order, least.figures(self.order), strict=True)),
                )


def _told_apart(people: Iterable[Participant]) -> frozenset[str]:
    """Return the ids of rounds that some do not attend, or that their pins name."""
    return frozenset(
        id_
        for person in people
        for id_ in (*person.absent, *(pin.round_id for pin in person.pins if pin.round_id))
    )
