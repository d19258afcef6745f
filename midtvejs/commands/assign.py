"""``midtvejs assign``: read, seat everybody, audit, save, show; and save what proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from midtvejs.api import seat
from midtvejs.auditing.verify import certificate_of
from midtvejs.commands._draw import draw_seed, seed_text
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_earlier, load_preferences, load_program
from midtvejs.commands._next import next_command
from midtvejs.commands._save import files_among, refuse_taken, save
from midtvejs.commands._solve import show_progress
from midtvejs.commands._usual import seed_beside
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
from midtvejs.output.tables.assignment_json import assignment_json_parts, certificate_json
from midtvejs.output.tables.people import assignment_file
from midtvejs.reading.files.source import name_of
from midtvejs.reading.program.fill_rooms import read_rooms_to_fill
from midtvejs.reading.program.fill_seed import fill_seed
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
    draw: bool = False
    force: bool = False
    csv: Csv = Csv.EXCEL
    options: ReadOptions = DEFAULT_OPTIONS

    @property
    def save_seed(self) -> Path | None:
        """Where a seed that is drawn is saved."""
        return seed_beside(self.save) if self.draw else None

    @property
    def files(self) -> list[Path]:
        """The files that are to be written."""
        return files_among(self.save, self.save_seed, self.save_program, self.certificate)


def assign(
    screen: Screen, prefs: Path, program: Path, wanted: Wanted, *, seed: int | None, seconds: float | None
) -> Exit:
    """Seat everybody. It ends as interrupted where Ctrl-C ended the search with what it had."""
    stop = Stop(seconds=seconds)
    refuse_taken(*wanted.files, force=wanted.force)
    seed = draw_seed() if wanted.draw else seed
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
    filled = to_fill.fill(rooms) if to_fill else ""
    if wanted.draw and to_fill:
        filled = fill_seed(name_of(program), filled, day.rules.seed)
    again = _how_to_draw_again(wanted, prefs, program, day.rules.seed)
    contents = _to_save(wanted, solution, seated, filled=filled, drawn=seed_text(day.rules.seed, again))
    save(screen, dict(contents), force=wanted.force)
    line = mechanism_line(wanted.mechanism, seed=day.rules.seed, timed=bool(signed_up.signed_up))
    changed = _compare(earlier, seated) if earlier else None
    if changed and wanted.improve:
        screen.note(_what_was_kept(kept, solution))
    _show(screen, solution, seated, replace(wanted, by=by), dealt=line, changed=changed)
    for note in _what_was_saved(wanted, prefs, program, filled=len(rooms), left=_sessions_left_open(seated)):
        screen.note(note)
    if wanted.draw:
        # What stands nowhere else is told, however quiet the verb is to be.
        tell = screen.note if wanted.save_seed or wanted.json else screen.warn
        for note in _what_was_drawn(wanted, program, day.rules.seed, again):
            tell(note)
    return Exit.INTERRUPTED if solution.interrupted else Exit.DONE


def _to_save(
    wanted: Wanted, solution: Solution, seated: Assignment, *, filled: str, drawn: str
) -> Iterator[tuple[Path, str | bytes]]:
    """Return what is saved where: ``filled`` is the program, ``drawn`` tells of the seed."""
    if wanted.save:
        yield wanted.save, assignment_file(wanted.save, seated, wanted.csv)
    if wanted.save_seed:
        yield wanted.save_seed, drawn
    if wanted.save_program:
        yield wanted.save_program, filled
    if wanted.certificate:
        # What is proven is proven of the program as it is, whichever rooms were chosen.
        yield wanted.certificate, certificate_text(solution.assignment, solution.stages, solution.proofs)


def _how_to_draw_again(wanted: Wanted, prefs: Path, program: Path, seed: int) -> str:
    """Return the command that draws the same lots again, ready to be pasted."""
    mechanism = [] if wanted.mechanism is Mechanism.FAIR else ["--mechanism", str(wanted.mechanism)]
    kept = ["--keep", str(wanted.keep)] if wanted.keep else []
    improved = ["--improve"] if wanted.improve else []
    arguments = [*mechanism, *kept, *improved, "--seed", str(seed), *wanted.options.words]
    return next_command("assign", prefs, program, arguments)


def _what_was_drawn(wanted: Wanted, program: Path, seed: int, again: str) -> Iterator[str]:
    saved = f", saved in {wanted.save_seed}" if wanted.save_seed else ""
    yield f"Drew the seed {seed}{saved}. The same lots again: {again}"
    if wanted.save_program is None:
        where = "the program" if str(program) == "-" else program
        yield f"For later commands write it into {where}, below rules: seed: {seed}"


def _what_was_saved(
    wanted: Wanted, prefs: Path, program: Path, *, filled: int, left: list[str]
) -> Iterator[str]:
    if wanted.save and wanted.save in wanted.files:
        yield f"Saved to {wanted.save}. Print it again: {next_command('rosters', wanted.save, program)}"
    if wanted.save_program in wanted.files and (filled or wanted.draw):
        what = [*(["the seed"] if wanted.draw else []), *([quantity(filled, "room")] if filled else [])]
        yield f"Saved {name_of(program)} with {' and '.join(what)} filled in: {wanted.save_program}"
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
        drawn = wanted.draw
        made = assignment_json_parts(seated, solution.stages, solution.status, changes, drawn=drawn)
        screen.write_parts(made)
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
