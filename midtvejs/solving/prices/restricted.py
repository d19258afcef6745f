"""The restricted problem: some participants are free, all others stay, and the free are seated exactly.

At given prices each day of a participant has a reduced cost: how much dearer it is than their cheapest day.
The bound is the sum of all cheapest days. An assignment that is only ``slack`` above the bound cannot have a
day in it of a larger reduced cost than that: so all other days can be dropped, and nothing is lost (reduced
cost fixing; Dantzig, Fulkerson and Johnson 1954, "Solution of a large-scale traveling-salesman problem").

What is left is mostly a handful of days for each participant, the ``Columns``: a yes-or-no variable for each.
Many rounds in which many sessions are all the same to people make more days than can be listed: eight rounds
of eight such sessions make sixteen million. The sessions are only 64, so there the variables are
``Sittings``: who sits where in each round, and what regret is left to whom. The same is dropped: a session
that is in no day of theirs whose reduced cost is at most the slack. ``RestrictedProblem`` states either in
the same words.

Where there are too many participants to free all, a few are chosen for every kind of move there is. A move
takes a participant from the day they were dealt to another that is as good for them at the prices, or nearly
so. What it does to the conference is the same for many of them: out of 1B and into 1C, one step more. Which
of them makes it does not matter, so a few of each kind are as good as all: some hundred people instead of
many thousand, and no kind of move left out, however rare.

Legend: Åse, 1A at price 1, 1B at price 0: 1A costs 0 + 1, 1B costs 1 + 0. Both have a reduced cost of 0. For
sittings, a participant's day goes from round to round, from level to level of regret:

    reached     reached[round][level, person]: the cheapest way to that level before the round
    onward      onward[round][level, person]: the cheapest way to end the day from there
    cheapest    for a round, by steps: what the cheapest session at that many steps costs each person
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

import numpy as np

from midtvejs.domain.fairness import OVER_REGRETS, OVER_SEATS, Criterion
from midtvejs.solving.cpsat.highs import solve_by_highs
from midtvejs.solving.cpsat.model import Model
from midtvejs.solving.cpsat.stated import NOTHING, Outcome, Term, Variable, Verdict
from midtvejs.solving.instance.arrays import Ints
from midtvejs.solving.instance.count import count_choices, worth
from midtvejs.solving.instance.crowd import Aggregate, Leaf, amounts_of
from midtvejs.solving.limits import Limits
from midtvejs.solving.prices.columns import Columns, columns_of
from midtvejs.solving.prices.free_form import free_form
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.problem import RestrictedProblem
from midtvejs.solving.prices.relaxation import Relaxation
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedSolution:
    """``choices`` for everybody, None without a solution; ``verdict`` on the people that were freed.

    ``size`` is how many variables there were to decide on; ``bound`` what is known of the criterion, where it
    was made small.
    """

    verdict: Verdict
    choices: Ints | None
    size: int = 0
    bound: int = 0


def solve_restricted(
    relaxation: Relaxation,
    prices: Ints,
    choices: Ints,
    people: Ints,
    *,
    target: int,
    slack: int,
    effort: float,
    seed: int,
    stop: Stop,
    otherwise: Callable[[], RestrictedSolution | None] = lambda: None,
) -> RestrictedSolution:
    """Seat ``people`` anew, so that nobody is over the seats and the criterion is at most ``target``.

    They have all their days of a reduced cost up to ``slack``. ``effort`` is in CP-SAT's own seconds, which
    count work and not time; there is less of it for a large problem in sittings. What CP-SAT does not tell at
    once may be solved ``otherwise``, before HiGHS is asked.
    """
    aggregate = relaxation.aggregate
    problem = restricted_problem(relaxation, prices, people, slack, stop=stop)
    if stop.asked:
        return RestrictedSolution(verdict=Verdict.UNDECIDED, choices=None)
    if problem is None:
        return RestrictedSolution(verdict=Verdict.IMPOSSIBLE, choices=None)
    model = _model(relaxation, problem, choices, people, target=target, stop=stop)
    size = len(problem.group)
    if problem.caps:
        effort *= min(1.0, aggregate.limits.easy / size)
    question = _Question(model, size, aggregate.limits, effort=effort, seed=seed, stop=stop)
    outcome = question.ask_quickly()
    if outcome.verdict is Verdict.UNDECIDED and not stop.asked:
        solution = otherwise()
        if solution is not None:
            return solution
        outcome = question.ask_at_length()
    return _solution(relaxation, problem, choices, people, outcome)


def minimise_restricted(
    relaxation: Relaxation,
    prices: Ints,
    choices: Ints,
    *,
    target: int,
    slack: int,
    most: int,
    seed: int,
    stop: Stop,
) -> RestrictedSolution | None:
    """Make the criterion small among all that come to ``target`` at most, with everybody free.

    HiGHS mostly does that as soon as it tells of one value whether there is any. None where there are more
    than ``most`` variables to decide on, or stopping is asked for.
    """
    everybody = np.arange(relaxation.aggregate.people)
    problem = restricted_problem(relaxation, prices, everybody, slack, stop=stop)
    if stop.asked or (problem is not None and len(problem.group) > most):
        return None
    if problem is None:
        return RestrictedSolution(verdict=Verdict.IMPOSSIBLE, choices=None, bound=target + 1)
    model = _model(relaxation, problem, choices, everybody, target=target, stop=stop)
    model.minimise(_terms(problem.sums[relaxation.objective.criterion]))
    limits = relaxation.aggregate.limits
    outcome = solve_by_highs(model, seed=seed, stop=stop, nodes=limits.nodes, share=limits.share)
    solution = _solution(relaxation, problem, choices, everybody, outcome)
    # Whatever bound is above the target says no more than that nothing comes to it.
    beyond = target + 1
    return replace(
        solution,
        bound=beyond if outcome.verdict is Verdict.IMPOSSIBLE else min(outcome.bound, beyond),
    )


def _solution(
    relaxation: Relaxation, problem: RestrictedProblem, choices: Ints, people: Ints, outcome: Outcome
) -> RestrictedSolution:
    size = len(problem.group)
    if not outcome.values:
        return RestrictedSolution(verdict=outcome.verdict, choices=None, size=size)
    seated = choices.copy()
    yes = np.array(outcome.values[:size], dtype=np.bool_)
    standing = np.array([part.sessions for part in relaxation.aggregate.rounds], dtype=np.int64)
    seated[:, people] = problem.sessions(yes, standing=standing, people=len(people))
    return RestrictedSolution(verdict=outcome.verdict, choices=seated, size=size)


class _Question:
    """A model of so many variables to decide on (``size``), and how long CP-SAT may try in all."""

    def __init__(
        self, model: Model, size: int, limits: Limits, *, effort: float, seed: int, stop: Stop
    ) -> None:
        self._model = model
        self._limits = limits
        self._effort = effort
        self._quick = min(effort, limits.restricted_quick) if size <= limits.easy else 0
        self._seed = seed
        self._stop = stop

    def ask_quickly(self) -> Outcome:
        """Ask CP-SAT, which mostly knows at once; nobody, where there are many variables."""
        return self._ask_cpsat(self._quick) if self._quick else NOTHING

    def ask_at_length(self) -> Outcome:
        """Ask HiGHS about what was left open, and CP-SAT once more."""
        if self._quick == self._effort:
            return NOTHING
        outcome = solve_by_highs(
            self._model,
            seed=self._seed,
            stop=self._stop,
            nodes=self._limits.restricted_nodes,
            share=self._limits.share,
        )
        if outcome.verdict is Verdict.UNDECIDED:
            outcome = self._ask_cpsat(self._effort - self._quick)
        return outcome

    def _ask_cpsat(self, effort: float) -> Outcome:
        return self._model.solve(seed=self._seed, stop=self._stop, effort=effort)


def _model(
    relaxation: Relaxation,
    problem: RestrictedProblem,
    choices: Ints,
    people: Ints,
    *,
    target: int,
    stop: Stop,
) -> Model:
    """State a problem; once stopping is asked for, in part, as the model is not asked any more."""
    model = Model()
    for _ in problem.group:
        model.boolean()
    for group in takewhile(lambda _: not stop.asked, _group_equal(problem.group)):
        if problem.group[group[0]] >= 0:
            model.exactly_one(group.tolist())
    for terms, limit in problem.caps:
        model.at_most(terms, limit)
    everybody, freed = (
        count_choices(relaxation.aggregate, choices),
        count_choices(relaxation.aggregate, choices, people),
    )
    free_seats = relaxation.aggregate.seats - everybody.taken + freed.taken
    for session, takers in _takers(relaxation.aggregate, problem):
        model.at_most(((1, taker) for taker in takers), int(free_seats[session]))
    for criterion, limit in (*relaxation.objective.kept, (relaxation.objective.criterion, target)):
        left = limit - everybody.sums[criterion] + freed.sums[criterion]
        model.at_most(_terms(problem.sums[criterion]), left)
    return model


def _group_equal(keys: Ints) -> list[Ints]:
    """Return the places of equal keys, the least key first."""
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)


def _takers(aggregate: Aggregate, problem: RestrictedProblem) -> Iterator[tuple[int, list[Variable]]]:
    """Return who might take a seat in each session, in the day's numbering."""
    for part in aggregate.rounds:
        here = np.flatnonzero((problem.round == part.round) & (problem.session < part.sessions))
        if len(here):
            for group in _group_equal(problem.session[here]):
                yield (
                    part.first + int(problem.session[here[group[0]]]),
                    problem.variable[here[group]].tolist(),
                )


def _terms(each: Ints) -> list[tuple[int, Variable]]:
    return [(each[variable].item(), variable) for variable in np.flatnonzero(each).tolist()]


def restricted_problem(
    relaxation: Relaxation, prices: Ints, people: Ints, slack: int, *, stop: Stop
) -> RestrictedProblem | None:
    """Return all that ``people`` could have at a reduced cost of ``slack``; None where one has nothing.

    Where stopping is asked for, None says nothing.
    """
    if relaxation.aggregate.has_lists:
        return _of_lists(relaxation, prices, people, slack, stop)
    most = min(relaxation.aggregate.limits.days, len(people) * len(relaxation.aggregate.seats))
    columns = columns_of(relaxation, prices, people, slack, most=most, stop=stop)
    if columns is not None:
        return _of_days(columns, len(people))
    if stop.asked:
        return None
    # Who gains is told by steps, which sittings by themselves have no sum of.
    if Criterion.DISPLACED in relaxation.objective.criteria:
        return free_form(relaxation, people, np.arange(len(people)), first_group=0)
    return _of_sittings(relaxation, len(people), sittings_of(relaxation, prices, people, slack))


def _of_days(columns: Columns, people: int) -> RestrictedProblem | None:
    if len(np.unique(columns.person)) < people:
        return None
    rounds, days = columns.sessions.shape
    return RestrictedProblem(
        group=columns.person,
        variable=np.tile(np.arange(days), rounds),
        person=np.tile(columns.person, rounds),
        round=np.repeat(np.arange(rounds), days),
        session=columns.sessions.reshape(-1),
        sums=columns.sums,
    )


def _of_lists(
    relaxation: Relaxation, prices: Ints, people: Ints, slack: int, stop: Stop
) -> RestrictedProblem | None:
    """Return what people with lists over several rounds could have.

    That is their days, a variable for each; those who have too many have a variable for each sitting.
    """
    most = relaxation.aggregate.limits.list_days
    columns = columns_of(relaxation, prices, people, slack, most=most, stop=stop)
    if columns is None and stop.asked:
        return None
    if columns is None:
        return free_form(relaxation, people, np.arange(len(people)), first_group=0)
    many = np.flatnonzero(columns.many)
    days = _of_days(columns, len(people) - len(many))
    if days is None:
        return None
    if not len(many):
        return days
    return days.beside(free_form(relaxation, people, many, first_group=len(people)))


def _of_sittings(relaxation: Relaxation, people: int, could: Sittings) -> RestrictedProblem | None:
    rounds = len(relaxation.aggregate.leaves)
    place = could.person * rounds + could.round
    if len(np.unique(place)) < people * rounds:
        return None
    nothing = np.zeros(len(could.level) + people, dtype=np.int64)
    sums = {criterion: np.concatenate([each, nothing]) for criterion, each in could.sums.items()}
    no_level, no_person = np.zeros_like(place), np.zeros(people, dtype=np.int64)
    of_levels = {
        criterion: np.concatenate(
            [no_level, amounts_of(criterion, relaxation.aggregate.furthest)[could.level], no_person]
        )
        for criterion in OVER_REGRETS
    }
    first_moved = len(place) + len(could.level)
    moved = np.concatenate([np.zeros(first_moved, dtype=np.int64), np.ones_like(no_person)])
    ladders = _ladders(could) if relaxation.by_level else ()
    return RestrictedProblem(
        group=np.concatenate([place, people * rounds + could.level_of, no_person - 1]),
        variable=np.arange(len(place)),
        person=could.person,
        round=could.round,
        session=could.session,
        sums={**sums, **of_levels, Criterion.MOVED: moved},
        caps=tuple((terms, 0) for terms in (*ladders, *_moves(could, first_moved))),
    )


def _ladders(could: Sittings) -> Iterator[list[Term]]:
    """Return each person's steps less the level that is theirs."""
    amounts = np.concatenate([could.steps, -could.level])
    used = np.flatnonzero(amounts)
    owners = np.concatenate([could.person, could.level_of])[used]
    order = used[np.argsort(owners, kind="stable")]
    for terms in np.split(order, np.flatnonzero(np.diff(np.sort(owners))) + 1):
        yield list(zip(amounts[terms].tolist(), terms.tolist(), strict=True))


def _moves(could: Sittings, first: int) -> Iterator[list[Term]]:
    """Return each seat that its holder did not have before, less the yes that tells that they are moved.

    That of the first participant is the variable ``first``.
    """
    seats = np.flatnonzero(could.sums[Criterion.MOVED_SEATS])
    for seat, person in zip(seats.tolist(), could.person[seats].tolist(), strict=True):
        yield [(1, seat), (-1, first + person)]


Cheapest = dict[int, Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sittings:
    """Who could sit where: ``person`` (a number among the people asked for), ``round`` and ``session``.

    ``steps`` says how far below the first wish each is, ``sums`` what it adds to every criterion that is a
    sum over seats. ``level_of`` and ``level``: whose day could end at which regret; at 0, where regret does
    not count.
    """

    person: Ints
    round: Ints
    session: Ints
    steps: Ints
    sums: dict[Criterion, Ints]
    level_of: Ints
    level: Ints


def sittings_of(relaxation: Relaxation, prices: Ints, people: Ints, slack: int) -> Sittings:
    """Find every session in a day of ``people`` whose reduced cost is at most ``slack``, in 1 / SCALE."""
    leaves = [leaf for leaf in relaxation.aggregate.leaves if isinstance(leaf, Leaf)]
    rows = [relaxation.aggregate.ranking[leaf.number, people] for leaf in leaves]
    costs = [relaxation.costs(leaf, prices)[row] for leaf, row in zip(leaves, rows, strict=True)]
    steps = [leaf.steps[row] * relaxation.by_level for leaf, row in zip(leaves, rows, strict=True)]
    cheapest = [_cheapest(*each, relaxation.levels) for each in zip(costs, steps, strict=True)]
    of_regrets = relaxation.costs_of_regrets(prices)[:, None]
    nowhere = np.full((relaxation.levels, len(people)), NEVER, dtype=np.int64)
    start = np.where(np.arange(relaxation.levels)[:, None] == 0, 0, nowhere)
    reached = list(accumulate(cheapest, _after, initial=start))
    onward = list(accumulate(reversed(cheapest), _before, initial=np.minimum(of_regrets, nowhere)))[::-1]
    # To be moved costs no seat anything, but the day.
    least = (
        relaxation.days(prices).each[relaxation.aggregate.row_of[people]]
        if relaxation.aggregate.keeps
        else onward[0][0]
    )
    ceiling = np.minimum(least + slack, NEVER - 1)
    found = []
    for number, (cost, step) in enumerate(zip(costs, steps, strict=True)):
        through = np.full(cost.shape, NEVER, dtype=np.int64)
        for height in cheapest[number]:
            ways = reached[number][: relaxation.levels - height] + onward[number + 1][height:]
            through = np.where(step == height, ways.min(axis=0)[:, None], through)
        found.append(np.nonzero(through + cost <= ceiling[:, None]))
    level, level_of = np.nonzero(reached[-1] + of_regrets <= ceiling)
    cells = [(row[person], session) for row, (person, session) in zip(rows, found, strict=True)]
    return Sittings(
        person=np.concatenate([person for person, _ in found]),
        round=np.repeat(np.arange(len(leaves)), [len(person) for person, _ in found]),
        session=np.concatenate([session for _, session in found]),
        steps=np.concatenate([leaf.steps[cell] for leaf, cell in zip(leaves, cells, strict=True)]),
        sums={
            criterion: np.concatenate(
                [leaf.amounts[criterion][cell] for leaf, cell in zip(leaves, cells, strict=True)]
            )
            for criterion in OVER_SEATS
        },
        level_of=level_of,
        level=level,
    )


def _cheapest(costs: Ints, steps: Ints, levels: int) -> Cheapest:
    heights = np.unique(steps[steps < levels]).tolist()
    return {height: np.where(steps == height, costs, NEVER).min(axis=1) for height in heights}


def _after(reached: Ints, cheapest: Cheapest) -> Ints:
    """Go one round on."""
    after = np.full_like(reached, NEVER)
    for height, cost in cheapest.items():
        after[height:] = np.minimum(after[height:], reached[: len(after) - height] + cost)
    return after


def _before(onward: Ints, cheapest: Cheapest) -> Ints:
    """Go one round back."""
    before = np.full_like(onward, NEVER)
    for height, cost in cheapest.items():
        rest = len(before) - height
        before[:rest] = np.minimum(before[:rest], onward[height:] + cost)
    return before


def choose_free(
    relaxation: Relaxation, prices: Ints, choices: Ints, pool: Ints, *, slack: int, each: int, stop: Stop
) -> Ints:
    """Pick people out of ``pool``: up to ``each`` for every kind of move, the first in the pool first.

    Return nobody where there are too many moves to look at, or stopping is asked for.
    """
    aggregate = relaxation.aggregate
    columns = columns_of(relaxation, prices, pool, slack, most=aggregate.limits.moves, stop=stop)
    if columns is None:
        return pool[:0]
    kinds = _kinds(relaxation, choices, pool, columns)
    by_kind = np.argsort(kinds, kind="stable")
    starts = np.flatnonzero(np.diff(kinds[by_kind], prepend=-1))
    sizes = np.diff(starts, append=len(kinds))
    place_in_kind = np.arange(len(kinds)) - np.repeat(starts, sizes)
    picked = by_kind[place_in_kind < each]
    # Whoever has too many days to look at makes any move, and a few of them are enough.
    flexible = np.flatnonzero(columns.many)[: each * len(aggregate.seats)]
    return np.asarray(pool[np.union1d(columns.person[picked], flexible)])


def _kinds(relaxation: Relaxation, choices: Ints, pool: Ints, columns: Columns) -> Ints:
    """Number the moves by what they do: the same number for the same sessions left and entered, and sums."""
    aggregate = relaxation.aggregate
    differences = []
    for part in aggregate.rounds:
        old, new = choices[part.round, pool][columns.person], columns.sessions[part.round]
        differences.append(np.where(old == new, 0, 1 + old * (part.sessions + 1) + new))
    before = worth(aggregate, choices[:, pool], pool)
    criteria = (Criterion.TOTAL, *(criterion for criterion, _ in relaxation.objective.kept))
    differences += [columns.sums[each] - before[each][columns.person] for each in criteria]
    return _number_columns(differences)


def _number_columns(lines: list[Ints]) -> Ints:
    """Number the different columns of some lines, two lines at a time so that no number overflows."""
    numbers = np.zeros(len(lines[0]), dtype=np.int64)
    for line in lines:
        least = int(line.min(initial=0))
        width = int(line.max(initial=0)) - least + 1
        numbers = np.unique(numbers * width + (line - least), return_inverse=True)[1].reshape(-1)
    return numbers
