"""Deal the seats in several ways, and show what each of them comes to: read, deal, audit, show."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from midtvejs.api import deal
from midtvejs.auditing.audit import audit, certify
from midtvejs.commands._load import load_preferences, load_program
from midtvejs.commands._solve import show_progress
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.fairness import OF_WISHES, Criterion, Status
from midtvejs.domain.mechanism import Mechanism, Way, ways_for
from midtvejs.domain.outcome import Outcome
from midtvejs.domain.profile import without_first_wish
from midtvejs.domain.program import Program
from midtvejs.domain.rules import rules_beyond_a_queue
from midtvejs.output.pages.compare import Compared, comparison_json, comparison_page
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.solving.search import Solution


def compare(
    screen: Screen,
    prefs: Path,
    program: Path,
    *,
    seed: int | None,
    json: bool,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> None:
    """Show how well people fare in each way to deal the seats.

    Raises:
        Faulty: a file has faults.
        NoLawfulAssignment: there is none.
        KeyboardInterrupt: Ctrl-C; half a comparison is none.
    """
    day = load_program(screen, program, prefs, options).replace_rules(seed=seed)
    signed_up = load_preferences(screen, prefs, day, options)
    # Importing the solver is not the time of the first way.
    with show_progress(screen) as progress:
        outcomes = tuple(_outcome(way, day, signed_up, progress) for way in ways_for(day.rules.fairness))
    compared = Compared(
        participants=len(signed_up.participants),
        seed=day.rules.seed,
        timed=bool(signed_up.signed_up),
        outcomes=outcomes,
    )
    if json:
        screen.write(comparison_json(compared))
    else:
        screen.show(comparison_page(compared))


def _outcome(way: Way, day: Program, signed_up: Preferences, progress: Progress) -> Outcome:
    def watch(criterion: Criterion, bound: int | None, value: int | None) -> None:
        progress.update(f"{way.name}: {criterion}", bound, value)

    started = perf_counter()
    solution = deal(way, day, signed_up.participants, signed_up.signed_up, watch=watch, strictly=False)
    seconds = perf_counter() - started
    if solution.interrupted:
        raise KeyboardInterrupt
    broken = _count_breaches(way, day, signed_up, solution)
    assignment = solution.assignment
    return Outcome(
        way=way,
        profile=assignment.profile,
        criteria={each: assignment.criteria[each] for each in _choose_criteria(day)},
        evidence={
            stage.criterion: stage.evidence for stage in solution.stages if way.mechanism is Mechanism.FAIR
        },
        without_first_wish=without_first_wish(assignment),
        status=Status.UNLAWFUL if broken else solution.status,
        seconds=seconds,
        broken=broken,
    )


def _count_breaches(way: Way, day: Program, signed_up: Preferences, solution: Solution) -> int:
    """Count the breaches of rules that a queue does not know; anything else has to be lawful.

    Raises:
        UnlawfulResult: it is not.
    """
    if way.mechanism is not Mechanism.FAIR and rules_beyond_a_queue(day):
        return len(audit(solution.assignment, signed_up.participants).violations)
    certify(solution.assignment, signed_up.participants, solution.stages)
    return 0


def _choose_criteria(day: Program) -> list[Criterion]:
    """Return the criteria of wishes, and what else the program asks for."""
    return [each for each in Criterion if each in OF_WISHES or each in day.rules.fairness]
