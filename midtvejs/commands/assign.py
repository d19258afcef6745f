"""``midtvejs assign``: read, seat everybody, audit, save, show; and save what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from midtvejs.api import seat
from midtvejs.auditing.verify import certificate_of
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_earlier, load_preferences, load_program
from midtvejs.commands._next import next_command
from midtvejs.commands._save import files_among, refuse_taken, save
from midtvejs.commands._solve import show_progress
from midtvejs.domain import keeping
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import Assignment
from midtvejs.domain.certificate import Proof
from midtvejs.domain.changes import find_changes
from midtvejs.domain.fairness import Criterion, Stage, Status
from midtvejs.domain.mechanism import Mechanism, Way
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.domain.seated import Seated
from midtvejs.domain.wording import quantity
from midtvejs.output.choices import By, Csv
from midtvejs.output.pages.assign import summary_page
from midtvejs.output.pages.changes import Changes, changes_below, changes_object
from midtvejs.output.pages.figures import list_stages, mechanism_line
from midtvejs.output.pages.rosters import resolve_by, rosters_page
from midtvejs.output.progress import Progress
from midtvejs.output.screen import Screen
from midtvejs.output.tables.assignment_json import assignment_json, certificate_json
from midtvejs.output.tables.people import assignment_file
from midtvejs.reading.files.source import name_of
from midtvejs.reading.program.fill_rooms import read_rooms_to_fill
from midtvejs.solving.search import Solution
from midtvejs.solving.stop import Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted: how wishes are read, how seats are dealt, how that is shown, and where it is saved."""

    mechanism: Mechanism = Mechanism.FAIR
    by: str = By.ROOM
    json: bool = False
    save: Path | None = None
    save_program: Path | None = None
    certificate: Path | None = None
    keep: Path | None = None
    improve: bool = False
    force: bool = False
    csv: Csv = Csv.EXCEL
    options: ReadOptions = DEFAULT_OPTIONS

    @property
    def files(self) -> list[Path]:
        """The files that are to be written."""
        return files_among(self.save, self.save_program, self.certificate)


def assign(
    screen: Screen, prefs: Path, program: Path, wanted: Wanted, *, seed: int | None, seconds: float | None
) -> Exit:
    """Seat everybody. It ends as interrupted where Ctrl-C ended the search with what it had."""
    stop = Stop(seconds=seconds)
    refuse_taken(*wanted.files, force=wanted.force)
    day = load_program(screen, program, prefs, wanted.options).replace_rules(seed=seed)
    by = resolve_by(day, wanted.by)
    to_fill = read_rooms_to_fill(program) if wanted.save_program else None
    signed_up = load_preferences(screen, prefs, day, wanted.options)
    earlier = load_earlier(screen, wanted.keep, day, signed_up.participants) if wanted.keep else None
    people = signed_up.participants
    asked = keeping.keep(day, people, earlier.days) if earlier else (day, people)
    solution = _solve(screen, asked, signed_up.signed_up, wanted.mechanism, stop)
    kept = solution.stages
    if wanted.improve:
        asked = keeping.improve(day, people, solution.assignment.days)
        solution = _solve(screen, asked, signed_up.signed_up, wanted.mechanism, stop)
    seated = solution.assignment.with_rooms()
    if wanted.mechanism is Mechanism.FAIR and solution.status is not Status.OPTIMAL:
        screen.warn(_why_not_proven(solution, seconds))
    rooms = {key: room.name for key, room in chosen_rooms(day, seated.program).items()}
    contents: dict[Path, str | bytes] = {}
    if wanted.save:
        contents[wanted.save] = assignment_file(wanted.save, seated, wanted.csv)
    if wanted.save_program and to_fill:
        contents[wanted.save_program] = to_fill.fill(rooms)
    if wanted.certificate:
        # What is proven is proven of the program as it is, whichever rooms were chosen.
        proof = certificate_text(solution.assignment, solution.stages, solution.proofs)
        contents[wanted.certificate] = proof
    save(screen, contents, force=wanted.force)
    line = mechanism_line(wanted.mechanism, seed=day.rules.seed, timed=bool(signed_up.signed_up))
    changed = _compare(earlier, seated) if earlier else None
    if changed and wanted.improve:
        screen.note(_what_was_kept(kept, solution))
    _show(screen, solution, seated, replace(wanted, by=by), dealt=line, changed=changed)
    for note in _what_was_saved(wanted, prefs, program, filled=len(rooms), left=_sessions_left_open(seated)):
        screen.note(note)
    return Exit.INTERRUPTED if solution.interrupted else Exit.DONE


def _what_was_saved(
    wanted: Wanted, prefs: Path, program: Path, *, filled: int, left: list[str]
) -> Iterator[str]:
    if wanted.save and wanted.save in wanted.files:
        yield f"Saved to {wanted.save}. Print it again: {next_command('rosters', wanted.save, program)}"
    if wanted.save_program in wanted.files and filled:
        yield f"Saved {name_of(program)} with {quantity(filled, 'room')} filled in: {wanted.save_program}"
    elif wanted.save_program in wanted.files:
        yield f"No session needed a room: {wanted.save_program} is a copy of {name_of(program)}"
    if wanted.save_program and filled and left:
        yield f"Left open in it, as nobody comes: {', '.join(left)}"
    if wanted.certificate and wanted.certificate in wanted.files:
        check = how_to_check(
            wanted.certificate,
            save=wanted.save,
            prefs=prefs,
            program=program,
            keep=wanted.keep,
            options=wanted.options,
        )
        yield f"Certified in {wanted.certificate}. Check it: {check}"


def _sessions_left_open(seated: Assignment) -> list[str]:
    program = seated.program
    return [program.name_sitting(session) for session in program.sittings.values() if session.rooms]


def _compare(earlier: Seated, seated: Assignment) -> Changes:
    """Compare with the earlier assignment; better and worse are told by the wishes of today."""
    changes = find_changes(earlier, seated)
    return Changes(program=seated.program, changes=changes, people=seated.participants)


def _what_was_kept(kept: tuple[Stage, ...], improved: Solution) -> str:
    """Say what the fewest moves come to, and how many more gain at nobody's cost."""
    fewest = list_stages(kept[: len(keeping.FEWEST)])
    more = improved.assignment.criteria[Criterion.MOVED]
    if more:
        gain = "gains" if more == 1 else "gain"
        return f"Kept: {fewest}. Beyond that {quantity(more, 'participant')} {gain}, at nobody's cost."
    helps = "helps" if improved.status is Status.OPTIMAL else "was found that helps"
    return f"Kept: {fewest}. Beyond that no move {helps} anyone at nobody's cost."


def _solve(
    screen: Screen,
    asked: tuple[Program, tuple[Participant, ...]],
    signed_up: Mapping[str, datetime],
    mechanism: Mechanism,
    stop: Stop,
) -> Solution:
    """Seat the participants of a program; ``signed_up`` says when they did."""
    with show_progress(screen) if mechanism is Mechanism.FAIR else Progress(screen) as progress:
        return seat(Way(mechanism=mechanism), *asked, signed_up, stop=stop, watch=progress.update)


def _why_not_proven(solution: Solution, seconds: float | None) -> str:
    up = "The search ended" if seconds is None else "The time was up"
    why = "Interrupted" if solution.interrupted else up
    gaps = list_stages(stage for stage in solution.stages if stage.gap)
    return f"{why}: this is the best assignment found so far. It is lawful, but not proven best: {gaps}."


def _show(
    screen: Screen,
    solution: Solution,
    seated: Assignment,
    wanted: Wanted,
    *,
    dealt: str,
    changed: Changes | None,
) -> None:
    if wanted.json:
        changes = changes_object(changed) if changed else None
        screen.write(assignment_json(seated, solution.stages, solution.status, changes))
        return
    screen.show(rosters_page(seated, by=wanted.by))
    if changed:
        screen.show(changes_below(changed))
    planned = solution.assignment.program
    screen.show(summary_page(seated, solution.stages, solution.status, dealt, planned))


def certificate_text(
    assignment: Assignment, stages: tuple[Stage, ...], proofs: tuple[Proof | None, ...]
) -> str:
    """Certify a lawful assignment; each proof's bound is recomputed before anybody is told of it.

    Raises:
        UnlawfulResult: prices do not prove what they are said to.
    """
    return certificate_json(certificate_of(assignment, stages, proofs))


def how_to_check(
    certificate: Path,
    *,
    save: Path | None,
    prefs: Path,
    program: Path,
    keep: Path | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> str:
    """Return the command that checks a certificate, ready to be pasted where the assignment is saved."""
    arguments = ["--prefs", str(prefs), "--certificate", str(certificate)]
    arguments += [*(["--keep", str(keep)] if keep else []), *options.words]
    return next_command("verify", save or Path("assignment.csv"), program, arguments)
