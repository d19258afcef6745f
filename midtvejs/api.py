"""The public API, and what the verbs of the command line are made of.

Each function is one step of the way: read the program, read the wishes, seat everybody, judge, write. Faults
in a file end in Faulty, which carries every diagnostic (errors.py has the tree). Warnings go to ``tell``.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from midtvejs.domain import keeping
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.diagnostic import Diagnostic, Read
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.mechanism import CannotKeep, Mechanism, Way
from midtvejs.domain.offers import StillOpen
from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.rules import rules_beyond_a_queue
from midtvejs.errors import MidtvejsWarning

if TYPE_CHECKING:
    from midtvejs.auditing.audit import Audit
    from midtvejs.auditing.verify import Verification
    from midtvejs.domain.assignment import Assignment
    from midtvejs.domain.certificate import Certificate
    from midtvejs.domain.changes import Change
    from midtvejs.domain.new_emails import Earlier
    from midtvejs.domain.planning import Planned, PlannedByLaw, Progress
    from midtvejs.domain.seated import Seated
    from midtvejs.domain.waiting import Waiting
    from midtvejs.reading.answers.preferences import Preferences
    from midtvejs.solving.search import Solution, Watch
    from midtvejs.solving.stop import Stop

T = TypeVar("T")

Tell = Callable[[tuple[Diagnostic, ...]], None]
"""Told of the warnings of a file that could be read."""


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    """Issue a MidtvejsWarning for each diagnostic: its place, its code and what it says."""
    for diagnostic in diagnostics:
        place = diagnostic.place
        said = f"{place.file}:{place.line}:{place.column}: {diagnostic.code} {diagnostic.message}"
        warnings.warn(said, MidtvejsWarning, stacklevel=4)


def read_program(file: str | Path, *, tell: Tell = warn) -> Program:
    """Read program.yaml.

    Raises:
        Faulty: it has faults.
        OSError: it cannot be read at all.
    """
    from midtvejs.reading.program import build

    return accept(build.read_program(Path(file)), tell)


def read_preferences(
    file: str | Path, program: Program, options: ReadOptions = DEFAULT_OPTIONS, *, tell: Tell = warn
) -> Preferences:
    """Read who signed up for a program and what they wish for, in whatever shape a sign-up form exported it.

    Raises:
        Faulty: the file has faults, or leaves open what it means.
        OSError: it cannot be read at all.
    """
    from midtvejs.reading.answers.preferences import read_preferences_with_lines

    return accept(read_preferences_with_lines(Path(file), program, options), tell)


def read_assignment(
    file: str | Path,
    program: Program,
    preferences: Preferences | None = None,
    *,
    prefs: str | Path | None = None,
    tell: Tell = warn,
) -> Assignment:
    """Read assignment.csv, edited by hand or not, and judge it.

    With ``preferences``, read from the file ``prefs``, participants have their wishes, and nobody may be
    missing or be a stranger; without them nobody has any wishes.

    Raises:
        Faulty: the file has faults, or the assignment is not lawful.
        OSError: it cannot be read at all.
    """
    from midtvejs.reading.answers import assignment
    from midtvejs.reading.answers.diagnosis import diagnose

    saved = assignment.read_assignment(Path(file), program, preferences)
    return accept(diagnose(saved, preferences, Path(prefs) if prefs else None), tell)


def read_earlier(
    file: str | Path,
    program: Program,
    participants: Collection[Participant] | None = None,
    *,
    tell: Tell = warn,
) -> Earlier:
    """Read an assignment that was made before something changed. It need not be lawful any more.

    With the ``participants`` of today it is a fault if it has none of them, and those who are known by
    another email by now have the key that they have now.

    Raises:
        Faulty: the file has faults.
        OSError: it cannot be read at all.
    """
    from midtvejs.reading.answers import earlier

    return accept(earlier.read_earlier(Path(file), program, participants), tell)


def read_certificate(file: str | Path, *, tell: Tell = warn) -> Certificate:
    """Read what ``midtvejs assign --certificate`` wrote.

    Raises:
        Faulty: the file has faults.
        OSError: it cannot be read at all.
    """
    from midtvejs.reading import certificate

    return accept(certificate.read_certificate(Path(file)), tell)


def accept(read: Read[T], tell: Tell = warn) -> T:
    """Return the value that was read, its warnings told.

    Raises:
        Faulty: there is none.
    """
    value = read.accepted()
    if read.diagnostics:
        tell(read.diagnostics)
    return value


def assign(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    mechanism: Mechanism | str = Mechanism.FAIR,
    signed_up: Mapping[str, datetime] | None = None,
    time_limit: float | None = None,
    keep: Seated | None = None,
) -> Solution:
    """Seat everybody, fairly in the order of ``program.rules.fairness``, or by another mechanism.

    With an earlier assignment to ``keep`` the fewest are moved, before anything else. The result has passed
    the audit: it is lawful, and worth what its stages say. ``signed_up`` says by a participant's key when
    they did, for Mechanism.FIRST_COME. ``time_limit`` is in seconds; without one the search ends with its
    proof, or with the best that its limits let it find.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: the time limit came before any was found.
        CannotKeep: the program has rules that the mechanism does not know.
        StillOpen: the program has sessions that are still to be placed.
    """
    from midtvejs.solving.stop import Stop

    way = Way(mechanism=Mechanism(mechanism))
    asked = keeping.keep(program, participants, keep.days) if keep else (program, participants)
    solution = seat(way, *asked, signed_up or {}, stop=Stop(seconds=time_limit))
    # What was asked of this search is none of the program's rules.
    seated = replace(solution.assignment, program=program, participants=participants)
    return replace(solution, assignment=seated)


def plan(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    by: Criterion | str = Criterion.EVEN,
    time_limit: float | None = None,
) -> Planned:
    """Decide in which rounds and rooms the open sessions of a program are held, by what people wish for.

    ``by`` is what is to be least first: ``even``, ``worst`` or ``total``. Nothing is open in the ``program``
    of the result, and its ``assignment`` has passed the audit: it is what ``assign`` finds in that program.
    ``counted`` says whether it is proven that no placement is better. ``time_limit`` is in seconds; without
    one the search ends after so many placements, and is the same each time.

    Raises:
        NoLawfulPlacement: the sessions cannot be placed; its ``obstacles`` say why, and what would help.
        NoLawfulAssignment: they can, and there is no way to seat everybody.
        OutOfTime: the time limit came before anything was found.
    """
    from midtvejs.solving.stop import Stop

    return place_by_wishes(program, participants, by=Criterion(by), stop=Stop(seconds=time_limit))


def plan_by_law(program: Program, *, time_limit: float | None = None) -> PlannedByLaw:
    """Decide in which rounds and rooms open sessions are held before anybody has wished for any.

    There are seats for as many as the event expects, where it says so; sessions of one track do not run
    against each other where that can be; rounds are even. ``time_limit`` is in seconds.

    Raises:
        NoLawfulPlacement: the sessions cannot be placed, or not with so many seats.
        OutOfTime: the time limit came before anything was found.
    """
    from midtvejs.solving.placing import by_law
    from midtvejs.solving.stop import Stop

    return by_law.plan_by_law(program, stop=Stop(seconds=time_limit))


def place_by_wishes(
    program: Program,
    participants: tuple[Participant, ...],
    *,
    by: Criterion,
    stop: Stop,
    watch: Callable[[Progress], None] = lambda _progress: None,
) -> Planned:
    """Place the open sessions of a program by wishes; the result has passed the audit, as that of ``plan``.

    Raises:
        NoLawfulPlacement: the sessions cannot be placed.
        NoLawfulAssignment: they can, and there is no way to seat everybody.
        OutOfTime: ``stop`` left too little time to find anything.
    """
    from midtvejs.auditing.audit import certify
    from midtvejs.solving.placing import plan as placing

    planned = placing.plan(program, participants, by=by, stop=stop, watch=watch)
    certify(planned.assignment, participants, planned.stages)
    return planned


def save_planned(
    planned: Planned | PlannedByLaw, program: str | Path, file: str | Path, *, force: bool = False
) -> None:
    """Write into ``file`` the program.yaml that was planned, its rounds and rooms filled in.

    Everything else of the text stays as it is. ``program`` is the file that was read.

    Raises:
        Faulty: the program has got faults since.
        OSError: the file exists and ``force`` is not given, or cannot be written.
    """
    from midtvejs.domain.offers import place
    from midtvejs.domain.rooms import chosen_rooms
    from midtvejs.output.files import write_all
    from midtvejs.reading.program.fill_placement import read_placement_to_fill

    placed = place(read_program(program, tell=lambda _warnings: None), planned.placement)
    rooms = {key: room.name for key, room in chosen_rooms(placed, planned.program).items()}
    text = read_placement_to_fill(Path(program)).fill(planned.placement, rooms)
    write_all({Path(file): text}, force=force)


def ignore(_criterion: Criterion, _bound: int | None, _value: int | None) -> None:
    """Watch a search without a word."""


def seat(
    way: Way,
    program: Program,
    participants: tuple[Participant, ...],
    signed_up: Mapping[str, datetime],
    *,
    stop: Stop | None = None,
    watch: Watch = ignore,
) -> Solution:
    """Deal the seats in one way; the result has passed the audit. ``watch`` is told of progress.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: ``stop`` left too little time to seat anybody.
        CannotKeep: the program has rules that the mechanism does not know.
    """
    from midtvejs.auditing.audit import certify

    solution = deal(way, program, participants, signed_up, stop=stop, watch=watch)
    certify(solution.assignment.with_rooms(), participants, solution.stages)
    return solution


def deal(
    way: Way,
    program: Program,
    participants: tuple[Participant, ...],
    signed_up: Mapping[str, datetime],
    *,
    stop: Stop | None = None,
    watch: Watch = ignore,
    strictly: bool = True,
) -> Solution:
    """Deal the seats in one way; the result is not judged yet. ``watch`` is told of progress.

    Raises:
        NoLawfulAssignment: there is none.
        OutOfTime: ``stop`` left too little time to seat anybody.
        CannotKeep: the program has rules that the mechanism does not know; not unless ``strictly``.
        StillOpen: the program has sessions that are still to be placed.
    """
    if program.offers:
        raise StillOpen(offer.code for offer in program.offers)
    unkept = () if way.mechanism is Mechanism.FAIR else rules_beyond_a_queue(program)
    if strictly and unkept:
        raise CannotKeep(way.mechanism, unkept)
    program = program.replace_rules(fairness=way.fairness or None)
    if way.mechanism is Mechanism.FAIR:
        from midtvejs.solving.solve import solve

        return solve(program, participants, stop=stop, watch=watch)
    from midtvejs.solving.queue.in_turn import by_first_come, by_lottery

    if way.mechanism is Mechanism.LOTTERY:
        return by_lottery(program, participants, reversing=way.reversing, stop=stop)
    return by_first_come(program, participants, signed_up, stop=stop)


def find_changes(before: Seated, after: Seated) -> tuple[Change, ...]:
    """Return whose day changes between two assignments of one program, for better or worse.

    Newcomers and drop-outs are among them, in the order of their keys. Neither needs to be lawful.
    """
    from midtvejs.domain import changes

    return changes.find_changes(before, after)


def find_waiting(assignment: Assignment) -> tuple[Waiting, ...]:
    """Return every session of a lawful assignment, in the order of the day, and who waits for a seat in it.

    The first to whom a seat that becomes free is to be offered stands first.
    """
    from midtvejs.domain import waiting

    return waiting.find_waiting(assignment)


def audit(assignment: Assignment, participants: tuple[Participant, ...] | None = None) -> Audit:
    """Judge an assignment: is it lawful, and what does each criterion come to?

    ``participants`` are those who are to be seated; without them, those of the assignment.
    """
    from midtvejs.auditing import audit as judge

    return judge.audit(assignment, assignment.participants if participants is None else participants)


def verify(
    assignment: Assignment, certificate: Certificate, participants: tuple[Participant, ...] | None = None
) -> Verification:
    """Recompute what a certificate says of an assignment, without the solver."""
    from midtvejs.auditing import verify as verification

    people = assignment.participants if participants is None else participants
    return verification.verify(assignment, people, certificate)


def export(
    assignment: Assignment,
    folder: str | Path,
    *,
    formats: Collection[str] | None = None,
    public: bool = False,
    stack_cut: bool = False,
    one_file_each: bool = False,
    plain: bool = False,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write what the day needs into a folder, which is made where there is none; all of it, or nothing.

    ``formats`` are names such as ``html`` and ``ics``; all of them but ``eml`` without. ``public``: only
    what names no participant. ``stack_cut``: days on paper are in order once cut. ``one_file_each``: a
    calendar is a folder, with a file for each entry. ``plain``: CSV is for programs, with commas and without
    a byte order mark, and not for the Excel of the program's language. Calendars that the folder has are
    replaced by later revisions.
    Returns the files in the order of making.

    Raises:
        NoTypst: PDFs are among them, and typst is not installed.
        OSError: a file exists and ``force`` is not given, or cannot be written.
        ValueError: there is no such format.
    """
    from midtvejs.output.choices import Csv
    from midtvejs.output.export.formats import BY_DEFAULT, FORMATS, making
    from midtvejs.output.export.sent import read_calendars
    from midtvejs.output.export.wanted import Wanted
    from midtvejs.output.files import write_into

    wanted = BY_DEFAULT if formats is None else tuple(formats)
    if unknown := sorted(set(wanted).difference(FORMATS)):
        raise ValueError(f"no such format: {', '.join(unknown)}; there are {', '.join(FORMATS)}")
    folder = Path(folder)
    of_it = Wanted(
        public=public,
        stack_cut=stack_cut,
        one_file_each=one_file_each,
        sent=read_calendars(folder),
        csv=Csv.PLAIN if plain else Csv.EXCEL,
    )
    made = making(assignment.with_rooms(), wanted, of_it)
    files = {folder / name: make for name, make in made.items()}
    write_into(folder, files, force=force)
    return tuple(files)
