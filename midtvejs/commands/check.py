"""``midtvejs check``: read who signed up, and show what they want before anybody is seated."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_open_program
from midtvejs.commands._next import next_command, plan_command
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.concerns import Concern, concerns
from midtvejs.domain.demand import demand, turnout
from midtvejs.domain.diagnostic import Diagnostic
from midtvejs.domain.friends import friends_of, one_sided
from midtvejs.domain.program import Program
from midtvejs.output.pages.check import Checked, check_json, check_page, faults_json
from midtvejs.output.pages.diagnostics import diagnostics_page
from midtvejs.output.screen import Screen
from midtvejs.reading.answers.preferences import Preferences, read_preferences_with_lines
from midtvejs.reading.files.source import name_of


def check(
    screen: Screen, prefs: Path, program: Path, *, json: bool, options: ReadOptions = DEFAULT_OPTIONS
) -> Exit:
    """Show what was read, and what will hurt. Warnings are no faults.

    Raises:
        Faulty: the program has faults.
        OSError: a file cannot be read.
    """
    day = load_open_program(screen, program)
    read = read_preferences_with_lines(prefs, day, options)
    if read.value is None:
        if json:
            screen.write(faults_json(name_of(prefs), read.diagnostics))
        else:
            screen.show_faults(diagnostics_page(read.diagnostics))
        return Exit.FAULTS
    checked = _check(day, read.value, read.diagnostics, options, (prefs, program))
    if json:
        screen.write(check_json(checked))
    else:
        screen.show(check_page(checked))
    return Exit.DONE


def _check(
    day: Program,
    read: Preferences,
    warnings: tuple[Diagnostic, ...],
    options: ReadOptions,
    files: tuple[Path, Path],
) -> Checked:
    people = read.participants
    answered = [person for person in people if read.lines[person.key]]
    silent = [person for person in people if not read.lines[person.key]]
    demands = demand(day, people)
    found = concerns(day, people, read.lines, demands)
    return Checked(
        program=day,
        participants=len(people),
        answers=len(answered),
        too_late=tuple(person for person in silent if person.key in read.too_late),
        unanswered=tuple(person for person in silent if person.key not in read.too_late),
        options=options,
        provenance=read.provenance,
        turnout=turnout(day, answered),
        demands=demands,
        concerns=found,
        pairs=len(friends_of(people)) if any(person.named for person in people) else None,
        one_sided=tuple(one_sided(people)),
        warnings=warnings,
        next=_next(day, found, files, options),
    )


def _next(day: Program, found: Iterable[Concern], files: tuple[Path, Path], options: ReadOptions) -> str:
    """Return the command to go on with: this one again where nobody can be seated as the program is."""
    prefs, program = files
    if any(each.forbids for each in found):
        return next_command("check", prefs, program, options.words)
    if day.offers:
        return plan_command(program, prefs, options.words)
    return next_command("assign", prefs, program, options.words)
