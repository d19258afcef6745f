"""``midtvejs what-if``: read, seat everybody as it is and as it could be, and show who would gain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_preferences, load_program
from midtvejs.commands._solve import Tried, show_progress, try_plan
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import NoLawfulAssignment
from midtvejs.domain.changes import find_changes
from midtvejs.domain.criteria import Criteria
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.seated import Seated
from midtvejs.domain.variation import Plan, Variation, count_struck
from midtvejs.output.pages.changes import Changes
from midtvejs.output.pages.what_if import WhatIf, what_if_json, what_if_page
from midtvejs.output.screen import Screen
from midtvejs.reading.variations import Typed, read_variations
from midtvejs.solving.stop import Stop


def what_if(
    screen: Screen,
    prefs: Path,
    program: Path,
    typed: Typed,
    *,
    names: bool,
    json: bool,
    seconds: float | None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> Exit:
    """Show what a change of the program comes to. It is wrong usage where what was typed cannot be.

    Raises:
        Faulty: a file has faults.
        NoLawfulAssignment: there would be none.
        OutOfTime: nobody was seated in time.
        KeyboardInterrupt: Ctrl-C; half an answer is none.
    """
    stop = Stop(seconds=seconds)
    day = load_program(screen, program, prefs, options)
    wanted = read_variations(typed, day)
    for fault in wanted.faults:
        screen.warn(f"error: {fault}")
    if wanted.faults:
        return Exit.USAGE
    plan = Plan(program=day, participants=load_preferences(screen, prefs, day, options).participants)
    answer = _answer(screen, plan, wanted.variations, stop, names=names)
    if json:
        screen.write(what_if_json(answer))
    else:
        screen.show(what_if_page(answer))
    return Exit.DONE


def _answer(
    screen: Screen, plan: Plan, variations: Sequence[Variation], stop: Stop, *, names: bool
) -> WhatIf:
    words: list[str] = []
    edits: list[str] = []
    varied = plan
    for variation in variations:
        words.append(variation.words(varied.program))
        edits += variation.edits(varied.program)
        varied = variation.apply(varied)
    before, after = _try_both(screen, plan, varied, stop)
    struck = count_struck(plan, varied)
    changes = find_changes(before.assignment, after.assignment) if before else ()
    return WhatIf(
        words=tuple(words),
        edits=tuple(edits),
        before=before.stages if before else None,
        after=after.stages,
        changes=Changes(program=varied.program, changes=changes, people=varied.participants),
        struck=struck,
        as_listed=_count_as_listed(plan, after) if struck else {},
        names=names,
    )


def _count_as_listed(plan: Plan, after: Tried) -> Mapping[Criterion, int]:
    """Return what the days to come are worth by the lists as they were handed in."""
    criteria = Criteria(
        Seated(program=plan.program, participants=plan.participants, days=after.assignment.days)
    )
    return {criterion: criteria[criterion] for criterion in plan.program.rules.fairness}


def _try_both(screen: Screen, plan: Plan, varied: Plan, stop: Stop) -> tuple[Tried | None, Tried]:
    """Seat everybody now, None where that is impossible, and then as near to it as it can be."""
    with show_progress(screen) as progress:

        def watch(when: str, criterion: Criterion, bound: int | None, value: int | None) -> None:
            progress.update(f"{when}: {criterion}", bound, value)

        try:
            before = try_plan(plan, stop, watch=lambda *known: watch("now", *known))
        except NoLawfulAssignment:
            before = None
        near = before.assignment.days if before else None
        return before, try_plan(varied, stop, watch=lambda *known: watch("then", *known), near=near)
