"""Deal the seats in several ways, and show what each of them comes to: read, deal, audit, show."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from midtvejs.commands.dealing import dealt
from midtvejs.commands.read import read_program, read_sign_ups
from midtvejs.domain.audit import certify
from midtvejs.domain.comparison import WAYS, Outcome, Way
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.profile import profile, without_first_wish
from midtvejs.domain.program import Program
from midtvejs.reading.preferences import Preferences
from midtvejs.views.comparison import Compared, comparison_page
from midtvejs.views.comparison_json import comparison_json
from midtvejs.views.progress import Progress
from midtvejs.views.screen import Screen


def compare(screen: Screen, prefs: Path, program: Path, *, seed: int | None, json: bool) -> None:
    """Show how well people fare in each way to deal the seats.

    Raises:
        Faulty: a file has faults.
        NoLawfulAssignment: a round has fewer seats than participants.
        KeyboardInterrupt: Ctrl-C; half a comparison is none.
    """
    day = read_program(screen, program).replace_rules(seed=seed)
    signed_up = read_sign_ups(screen, prefs, day)
    import midtvejs.solving.solve  # noqa: F401 - what it takes to start is not the time of the first way

    with Progress(screen) as progress:
        outcomes = tuple(_outcome(way, day, signed_up, progress) for way in WAYS)
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
    solution = dealt(way, day, signed_up, watch=watch)
    seconds = perf_counter() - started
    if solution.interrupted:
        raise KeyboardInterrupt
    certify(solution.assignment, signed_up.participants, solution.stages)
    return Outcome(
        way=way,
        profile=profile(solution.assignment),
        without_first_wish=without_first_wish(solution.assignment),
        status=solution.status,
        seconds=seconds,
    )
