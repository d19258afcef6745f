"""Large neighbourhood search: free some participants, let CP-SAT seat them anew, and leave all others seated.

It is for assignments of too many participants to look at all at once (Shaw 1998, "Using constraint
programming and local search methods to solve vehicle routing problems"): free those who are far down their
lists and as many of the others, let CP-SAT seat them anew, keep what is better; then free others. It finds,
and proves nothing.

Legend: of 1,000 people 120 are freed, 60 of whom have a regret. The seats they leave are theirs to share out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from midtvejs.domain.fairness import Criterion
from midtvejs.solving.cpsat.question import Question
from midtvejs.solving.instance.case import Case, Choice
from midtvejs.solving.instance.choices import measure, regret_of
from midtvejs.solving.search import Watch
from midtvejs.solving.stop import Stop


def improve(
    case: Case,
    choices: Sequence[Choice],
    criterion: Criterion,
    limits: Mapping[Criterion, int],
    *,
    bound: int,
    seed: int,
    stop: Stop,
    watch: Watch,
) -> Sequence[Choice]:
    """Make a criterion smaller, down to ``bound`` at best; ``choices`` keep all rules and ``limits``.

    What a step betters of the limited criteria is kept by the next. The same choices are returned where
    nothing is better.
    """
    best = choices
    if stop.asked:
        return best
    value, before = measure(case, best)[criterion], None
    random = Random(seed)  # noqa: S311 - a search, no secret
    for _ in range(case.limits.freed_passes):
        if before is not None and before - value < before * case.limits.worthwhile:
            break
        before = value
        for freed in _neighbourhoods(case, best, random):
            if value <= bound or stop.asked:
                return best
            fixed = {person: choice for person, choice in enumerate(best) if person not in freed}
            question = Question(case=case, limits=limits, minimise=criterion, bound=bound, fixed=fixed)
            answer = question.ask(best, seed=seed, stop=stop, effort=case.limits.freed_effort)
            worth = measure(case, answer.choices) if answer.choices else {}
            if answer.choices and worth[criterion] < value:
                best, value = answer.choices, worth[criterion]
                limits = {each: min(limit, worth[each]) for each, limit in limits.items()}
                watch(criterion, bound, value)
    return best


def bring_within(
    case: Case,
    choices: Sequence[Choice],
    limit: int,
    limits: Mapping[Criterion, int],
    *,
    seed: int,
    stop: Stop,
) -> list[Choice] | None:
    """Bring everybody's regret within ``limit``, keeping ``limits``; None where no way was found."""
    beyond = {person for person, regret in enumerate(_regrets(case, choices)) if regret > limit}
    random = Random(seed)  # noqa: S311 - a search, no secret
    for _ in range(case.limits.freed_attempts):
        others = {*random.sample(range(len(choices)), min(2 * case.limits.freed, len(choices)))}
        fixed = {person: choice for person, choice in enumerate(choices) if person not in beyond | others}
        question = Question(case=case, limits={**limits, Criterion.WORST: limit}, minimise=None, fixed=fixed)
        answer = question.ask(choices, seed=seed, stop=stop, effort=case.limits.freed_effort)
        if answer.choices is not None:
            return answer.choices
    return None


def _regrets(case: Case, choices: Sequence[Choice]) -> list[int]:
    return [regret_of(case, person, choice) for person, choice in enumerate(choices)]


def _neighbourhoods(case: Case, choices: Sequence[Choice], random: Random) -> Iterator[set[int]]:
    """Free everybody once, some at a time: half of each those who have to go far, and half the others."""
    regret = _regrets(case, choices)
    people = sorted(range(len(choices)), key=lambda person: (regret[person] == 0, random.random()))
    unhappy = [person for person in people if regret[person]]
    happy = people[len(unhappy) :]
    batches = max(1, -(-len(people) // case.limits.freed))
    for number in range(batches):
        yield {*unhappy[number::batches], *happy[number::batches]}
