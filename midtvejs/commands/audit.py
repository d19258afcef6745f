"""``midtvejs audit``: judge an assignment that was edited by hand, and compare it with the optimum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from midtvejs import api
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_preferences, load_program
from midtvejs.commands._next import next_command
from midtvejs.commands._solve import show_progress, solve_fairly
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.diagnostic import Diagnostic, Faulty
from midtvejs.domain.fairness import Stage
from midtvejs.domain.program import Program
from midtvejs.output.choices import OutputFormat
from midtvejs.output.pages.audit import Audited, audit_json, audit_page, breaches_json
from midtvejs.output.pages.diagnostics import diagnostics_page, render
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.preferences import Preferences
from midtvejs.reading.codes import MEANINGS
from midtvejs.reading.files.source import name_of
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How it is shown, whether it is compared with the ``optimum``, and how long that may take."""

    output_format: OutputFormat = OutputFormat.FULL
    json: bool = False
    optimum: bool = True
    seconds: float | None = None
    options: ReadOptions = DEFAULT_OPTIONS


def audit(screen: Screen, assignment: Path, program: Path, prefs: Path, wanted: Wanted) -> Exit:
    """Show what breaks a rule, or else what it comes to. How far from the optimum it is, is no fault.

    Raises:
        Faulty: the program or the wishes have faults.
        OSError: a file cannot be read.
        KeyboardInterrupt: Ctrl-C; half a comparison is none.
    """
    day = load_program(screen, program, prefs, wanted.options)
    signed_up = load_preferences(screen, prefs, day, wanted.options)
    warnings: list[Diagnostic] = []
    try:
        lawful = api.read_assignment(assignment, day, signed_up, prefs=prefs, tell=warnings.extend)
    except Faulty as faulty:
        if wanted.json:
            screen.write(breaches_json(name_of(assignment), faulty.diagnostics))
        else:
            _show_diagnostics(screen, faulty.diagnostics, assignment, wanted.output_format)
        if _can_be_kept(assignment, day, signed_up):
            screen.note(_how_to_mend(assignment, program, prefs, wanted.options))
        return Exit.FAULTS
    only_faults = not wanted.json and wanted.output_format.is_document
    sought = wanted.optimum and not only_faults
    audited = Audited(
        file=name_of(assignment),
        criteria={criterion: lawful.criteria[criterion] for criterion in day.rules.fairness},
        stages=_seek_optimum(screen, day, signed_up, wanted.seconds) if sought else (),
        sought=sought,
        diagnostics=tuple(warnings),
    )
    if wanted.json:
        screen.write(audit_json(audited))
        return Exit.DONE
    if warnings or only_faults:
        _show_diagnostics(screen, audited.diagnostics, assignment, wanted.output_format)
    if not only_faults:
        screen.show(audit_page(audited))
    return Exit.DONE


def _can_be_kept(assignment: Path, day: Program, signed_up: Preferences) -> bool:
    """Whether ``assign --keep`` would mend it: it need not be lawful for that, but it is read."""
    try:
        api.read_earlier(assignment, day, signed_up.participants, tell=lambda _: None)
    except Faulty:
        return False
    return True


def _how_to_mend(assignment: Path, program: Path, prefs: Path, options: ReadOptions) -> str:
    keeping = next_command("assign", prefs, program, ["--keep", str(assignment), *options.words])
    return f"To seat everybody again, and move the fewest: {keeping}"


def _show_diagnostics(
    screen: Screen, diagnostics: tuple[Diagnostic, ...], assignment: Path, output_format: OutputFormat
) -> None:
    if output_format is OutputFormat.FULL:
        screen.show_faults(diagnostics_page(diagnostics))
    else:
        screen.write(render(diagnostics, output_format, [name_of(assignment)], MEANINGS))


def _seek_optimum(
    screen: Screen, day: Program, signed_up: Preferences, seconds: float | None
) -> tuple[Stage, ...]:
    """Seat everybody anew; return what that reached, nothing where the time was up before anything was."""
    stop = Stop(seconds=seconds)
    try:
        with show_progress(screen) as progress:
            return solve_fairly(day, signed_up.participants, stop=stop, watch=progress.update).stages
    except OutOfTime:
        return ()
