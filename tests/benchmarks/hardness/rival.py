"""The rival: one plain model of the whole day in HiGHS, which is told nothing that prices or counting know.

``python -m tests.benchmarks.hardness.rival PROGRAM PREFERENCES SECONDS`` prints the stages that it came to.
`worst` is scanned upward, as it is in midtvejs: as a variable it takes far longer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from midtvejs.auditing.audit import audit
from midtvejs.commands._exit import Exit
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.fairness import Criterion
from midtvejs.reading.answers.preferences import read_preferences
from midtvejs.reading.program.build import read_program
from midtvejs.solving.cpsat.question import Answer, Question
from midtvejs.solving.cpsat.stated import Verdict
from midtvejs.solving.instance.case import Case, Choice, case_of
from midtvejs.solving.instance.choices import measure
from midtvejs.solving.stop import Stop

NODES = 10**6
"""More than it looks at in any time that it is given."""

Stages = Iterator[tuple[Criterion, int, list[Choice]]]
"""A criterion, its bound, and the seats that were found."""


def stages(case: Case, stop: Stop) -> Stages:
    """Make one criterion small after the other, each held at what it reached, until the time is up.

    Raises:
        NoLawfulAssignment: HiGHS says that there is none.
    """
    limits: dict[Criterion, int] = {}
    for criterion in case.program.rules.fairness:
        if criterion is Criterion.WORST:
            bound, answer = _worst(case, stop)
        else:
            bound, answer = _least(case, criterion, limits, stop)
        if answer.outcome.verdict is Verdict.IMPOSSIBLE and not limits:
            raise NoLawfulAssignment(())
        if answer.choices is None:
            return
        yield criterion, bound, answer.choices
        limits[criterion] = measure(case, answer.choices)[criterion]


def _worst(case: Case, stop: Stop) -> tuple[int, Answer]:
    bound = 0
    for limit in range(case.furthest + 1):
        answer = _ask(Question(case=case, limits={Criterion.WORST: limit}, minimise=None), stop)
        if answer.choices is not None or answer.outcome.verdict is not Verdict.IMPOSSIBLE:
            break
        bound = limit + 1
    return bound, answer


def _least(case: Case, criterion: Criterion, limits: dict[Criterion, int], stop: Stop) -> tuple[int, Answer]:
    answer = _ask(Question(case=case, limits=dict(limits), minimise=criterion), stop)
    return answer.outcome.bound, answer


def _ask(question: Question, stop: Stop) -> Answer:
    return question.ask_highs(seed=1, stop=stop, nodes=NODES, share=1.0)


def main() -> None:
    program, preferences, seconds = sys.argv[1:]
    stop = Stop(seconds=float(seconds))
    day = read_program(Path(program)).accepted()
    people = read_preferences(Path(preferences), day).accepted()
    case = case_of(day, people)
    try:
        found = [_judged(case, *stage) for stage in stages(case, stop)]
    except NoLawfulAssignment:
        raise SystemExit(Exit.NO_LAWFUL_ASSIGNMENT) from None
    sys.stdout.write(json.dumps({"stages": found}))
    raise SystemExit(Exit.DONE if found else Exit.OUT_OF_TIME)


def _judged(case: Case, criterion: Criterion, bound: int, choices: list[Choice]) -> dict[str, str | int]:
    """Return a stage with what the audit says that it comes to; end where it is not lawful."""
    people = case.participants
    verdict = audit(case.assignment(choices, people), people)
    if not verdict.lawful:
        raise SystemExit(verdict.violations[0].message)
    return {"criterion": str(criterion), "value": verdict.criteria[criterion], "bound": bound}


if __name__ == "__main__":
    main()
