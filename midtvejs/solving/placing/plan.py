"""Place the sessions of a day: search without seats, then seat everybody in the best placements, and compare.

The placement that is best when everybody is alone need not be the best with seats, nor the one that lacks the
fewest: so everybody is seated in each of a shortlist, in rooms that are chosen with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from midtvejs.domain.assignment import Assignment, NoLawfulAssignment, OutOfTime
from midtvejs.domain.fairness import Criterion, Stage
from midtvejs.domain.lots import draw_lots
from midtvejs.domain.offers import Placement, place
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
from midtvejs.solving.placing.bounds import bound_all
from midtvejs.solving.placing.counting import (
    Counting,
    block_to_count,
    count_held_once,
    count_roughly,
    count_sets,
    look_at_all,
)
from midtvejs.solving.placing.crowd import crowd_of
from midtvejs.solving.placing.feasible import find_placement, obstacles_of
from midtvejs.solving.placing.limits import DEFAULT, PlacingLimits
from midtvejs.solving.placing.open_day import OpenDay, Sets
from midtvejs.solving.placing.rough import Rough, place_with_rooms
from midtvejs.solving.placing.search import ByWishes, Key, Seen, Walked, best_of, search
from midtvejs.solving.placing.seats import Seats
from midtvejs.solving.search import Solution
from midtvejs.solving.solve import solve
from midtvejs.solving.stop import Stop, stoppable

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

    Participants have the offers that they present among what they present, as ``recognise_presenters`` fills
    it in. The same program, participants, in whatever order, and ``rules.seed`` give the same placement,
    unless ``stop`` ends the search: then it is the best so far.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seated:
    """A placement in which everybody is seated, its rooms chosen, and what it comes to."""

    seen: Seen
    placement: Placement
    solution: Solution
    assignment: Assignment

    def figures(self, order: Sequence[Criterion]) -> Key:
        return tuple(self.assignment.criteria[criterion] for criterion in order)


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

    @property
    def order(self) -> tuple[Criterion, ...]:
        return ORDERS[self.by]

    def plan(self) -> Planned:
        day = OpenDay(program=self.program, told_apart=_told_apart(self.people))
        alone = Alone(day, crowd_of(self.program, self.people))
        seats = Seats(day=day, participants=self.people)
        judge = ByWishes(day=day, alone=alone, seats=seats, by=self.by)
        walked = self._search(judge)
        seated = self._seat_all(judge, walked) or self._seat_late(judge, walked)
        if not seated:
            raise self._why_nobody_is_seated(day, seats, walked)
        return self._planned(judge, walked, seated)

    def _rough(self, judge: ByWishes) -> Rough:
        lots = draw_lots(self.people, self.program.rules.seed)
        return Rough(judge=judge, people=lots, stop=self.stop)

    def _most(self, seen: Sequence[Seen], seats: int) -> int:
        """Return in how many such placements everybody can be seated for so many seats, in one at least."""
        sittings = sum(held.bit_count() for held in seen[0].sets)
        return max(1, seats // max(1, len(self.people) * sittings))

    def _search(self, judge: ByWishes) -> Walked:
        start = find_placement(judge.day, self.people, self.stop)
        if count_roughly(judge.day) <= self.limits.one_by_one:
            judge.look(start)
            exist = look_at_all(judge, self.stop)
            return best_of(judge, self.limits.shortlist, exist=exist, one_by_one=exist is not None)
        block = block_to_count(judge.alone)
        if block and self._can_be_counted(judge):
            walked = self._walk(judge, start, self.limits.before_counting)
            return self._count(judge, block, walked)
        most = self.limits.placements if judge.alone.by_rounds else self.limits.repeated
        return self._walk(judge, start, most)

    def _can_be_counted(self, judge: ByWishes) -> bool:
        looked_up = count_sets(judge.day) * len(judge.alone.crowd.kinds)
        return looked_up <= self.limits.looked_up and count_held_once(judge.day) <= self.limits.counted

    def _walk(self, judge: ByWishes, start: Sets, most: int, *, tell: bool = True) -> Walked:
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
            stop=self.stop,
            watch=watch,
        )

    def _count(self, judge: ByWishes, block: ByRounds, walked: Walked) -> Walked:
        """Count all placements; where there is no time for it, stay with what the search has found."""
        try:
            counting = Counting(judge, block, seen=walked.best, keep=self.limits.shortlist, stop=self.stop)
            alone, best = counting.count()
        except OutOfTime:
            return walked
        if not counting.exist:
            return walked
        for sets in best:
            judge.look(sets)
        found = best_of(judge, self.limits.shortlist, exist=counting.exist)
        return replace(found, tried=max(found.tried, counting.exist), alone=alone)

    def _seat_all(self, judge: ByWishes, walked: Walked) -> list[_Seated]:
        """Seat everybody in the best placements; in all that may be better, where that proves something."""
        seated: list[_Seated] = []
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
        most = min(self.limits.exhausted, self._most(walked.best, self.limits.seats_to_exhaust))
        for seen in self._possibly_better(judge, seated) if walked.one_by_one and seated else ():
            if len(self._looked_at) >= most or self.stop.asked:
                break
            self._try(judge.day, seen, seated, walked.tried)
        return seated

    def _seat_late(self, judge: ByWishes, walked: Walked) -> list[_Seated]:
        """Seat everybody in one of the best placements, if the time was up before any seats were found.

        In rooms that are chosen beforehand there are seats at once, be they as they may.
        """
        for seen in walked.best[: self.limits.hurried] if self.stop.asked else ():
            found = None if seen.short else self._seat(judge.day, seen, place_with_rooms(judge, seen))
            if found:
                return [found]
        return []

    def _ranked(self, judge: ByWishes, walked: Walked) -> list[Seen]:
        most = min(self.limits.rough, self._most(walked.best, self.limits.rough_seats))
        return self._rough(judge).rank(walked, most)

    def _possibly_better(self, judge: ByWishes, seated: Sequence[_Seated]) -> list[Seen]:
        """Return the placements that are better than the best without seats, and were not seated in."""
        best = min(each.figures(self.order) for each in seated)
        return sorted(
            (
                seen
                for seen in judge.tried.values()
                if not seen.short and seen.figures < best and seen.sets not in self._looked_at
            ),
            key=lambda seen: (seen.figures, seen.sets),
        )

    def _try(self, day: OpenDay, seen: Seen, seated: list[_Seated], tried: int) -> None:
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

    def _seat(self, day: OpenDay, seen: Seen, placed: Program | None = None) -> _Seated | None:
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
        return _Seated(
            seen=seen, placement=placement, solution=solution, assignment=solution.assignment.with_rooms()
        )

    def _is_counted(self, judge: ByWishes, walked: Walked, seated: Sequence[_Seated]) -> bool:
        """Return whether no placement there is can be better with seats."""
        told = set(self.order) <= set(self.program.rules.fairness)
        if walked.exist is None or not told or not all(map(self._is_proven, seated)):
            return False
        best = min(each.figures(self.order) for each in seated)
        if walked.alone == best:
            return True
        return walked.one_by_one and not self._possibly_better(judge, seated)

    def _is_proven(self, seated: _Seated) -> bool:
        return all(stage.proven for stage in seated.solution.stages)

    def _planned(self, judge: ByWishes, walked: Walked, seated: list[_Seated]) -> Planned:
        best = min(seated, key=lambda each: (each.figures(self.order), each.seen.key))
        assignment, stages = self._seated_again(best)
        counted = self._is_counted(judge, walked, seated)
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
            bound=self._bound(judge, walked, seated, counted=counted),
            alone=dict(zip(self.order, walked.alone, strict=True)),
            exist=walked.exist,
            alternatives=tuple(self._alternatives(judge, walked, seated, figures)),
        )

    def _seated_again(self, best: _Seated) -> tuple[Assignment, tuple[Stage, ...]]:
        """Return what assign will find in the rooms that were chosen; where that is proven, it is known."""
        if not self._is_proven(best) and not self.stop.asked:
            with suppress(OutOfTime):
                again = solve(best.assignment.program, self.people, stop=self.stop)
                return again.assignment, again.stages
        return best.assignment, best.solution.stages

    def _bound(self, judge: ByWishes, walked: Walked, seated: Sequence[_Seated], *, counted: bool) -> Figures:
        """Return what no placement is below, as far as that is known, each criterion by itself.

        What comes second in the best placement may be less in another one, in which the first is more.
        """
        bound = dict(bound_all(judge.alone, judge.seats.strictly_wanted))
        first = self.order[0]
        if walked.exist is not None:
            bound[first] = max(bound[first], walked.alone[0])
        if counted and walked.one_by_one:
            for criterion, values in zip(
                self.order, zip(*self._of_all(judge, seated), strict=True), strict=True
            ):
                bound[criterion] = max(bound[criterion], min(values))
        return {criterion: bound[criterion] for criterion in self.order}

    def _of_all(self, judge: ByWishes, seated: Sequence[_Seated]) -> list[Key]:
        """Return the figures of all placements: with seats, or without them where nobody was seated."""
        known = {each.seen.sets: each.figures(self.order) for each in seated}
        return [
            known[sets] if sets in self._looked_at else seen.figures
            for sets, seen in judge.tried.items()
            if not seen.short and (sets in known or sets not in self._looked_at)
        ]

    def _alternatives(
        self, judge: ByWishes, walked: Walked, seated: Sequence[_Seated], figures: Figures
    ) -> Iterator[Alternative]:
        """Return where another criterion is less than in the best placement, and what that costs."""
        affordable = self._most(walked.best, self.limits.seats_asked_for)
        for criterion in self.order[1:]:
            found = [*seated]
            if figures[criterion] and affordable > 1 and not self.stop.asked:
                found += self._by_another(judge, walked, criterion)
            least = min(found, key=lambda each: each.figures(ORDERS[criterion]))
            if least.assignment.criteria[criterion] < figures[criterion]:
                yield Alternative(
                    criterion=criterion,
                    placement=least.placement,
                    figures=dict(zip(self.order, least.figures(self.order), strict=True)),
                )

    def _by_another(self, judge: ByWishes, walked: Walked, criterion: Criterion) -> Iterator[_Seated]:
        """Search a little by another criterion, and seat everybody in what is best."""
        other = ByWishes(day=judge.day, alone=judge.alone, seats=judge.seats, by=criterion)
        if walked.one_by_one:
            other.look(walked.best[0].sets)
            look_at_all(other, self.stop)
            shortlist = best_of(other, self.limits.alternatives)
        else:
            shortlist = self._walk(other, walked.best[0].sets, self.limits.beside, tell=False)
        most = min(self.limits.alternatives, self._most(shortlist.best, self.limits.rough_seats))
        first, *_ = self._rough(other).rank(shortlist, most)
        if not first.short and first.sets not in self._looked_at:
            found = self._seat(judge.day, first)
            yield from [found] if found else []


def _told_apart(people: Iterable[Participant]) -> frozenset[str]:
    """Return the ids of rounds that some do not attend, or that their pins name."""
    return frozenset(
        id_
        for person in people
        for id_ in (*person.absent, *(pin.round_id for pin in person.pins if pin.round_id))
    )
