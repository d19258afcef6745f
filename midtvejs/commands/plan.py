"""``midtvejs plan``: decide when, where and how often sessions are held, and write that into the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from midtvejs import api
from midtvejs.commands._exit import Exit
from midtvejs.commands._load import load_open_program, load_preferences, reload_open
from midtvejs.commands._next import next_command, plan_command
from midtvejs.commands._save import files_among, refuse_taken, save
from midtvejs.commands._solve import show_progress, solve_fairly
from midtvejs.domain.answers import DEFAULT_OPTIONS, ReadOptions
from midtvejs.domain.assignment import OutOfTime
from midtvejs.domain.fairness import Criterion
from midtvejs.domain.offers import Placement, place
from midtvejs.domain.participants import Participant
from midtvejs.domain.planning import Planned, PlannedByLaw, Progress
from midtvejs.domain.program import Program
from midtvejs.domain.rooms import chosen_rooms
from midtvejs.domain.wording import quantity
from midtvejs.output.pages.plan import PlannedDay, plan_json, plan_page
from midtvejs.output.screen import Screen
from midtvejs.reading.files.source import name_of
from midtvejs.reading.program.fill_placement import read_placement_to_fill
from midtvejs.solving.stop import Stop

Watch = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted: what comes first, what stays as it is, how wishes are read, what is saved and shown."""

    by: Criterion = Criterion.EVEN
    keep: tuple[str, ...] = ()
    save_program: Path | None = None
    force: bool = False
    json: bool = False
    options: ReadOptions = DEFAULT_OPTIONS

    def words(self, seed: int | None) -> list[str]:
        """Return what was typed of it, so that the same comes of it again."""
        by = [] if self.by is Criterion.EVEN else ["--by", self.by.value]
        kept = [word for id_ in self.keep for word in ("--keep", id_)]
        seeded = [] if seed is None else ["--seed", str(seed)]
        return [*by, *kept, *seeded, *self.options.words]


def plan(
    screen: Screen,
    prefs: Path | None,
    program: Path,
    wanted: Wanted,
    *,
    seed: int | None,
    seconds: float | None,
) -> Exit:
    """Place the sessions. It ends as interrupted where Ctrl-C ended the search with what it had.

    Raises:
        Faulty: a file has faults.
        UnknownName: the program has no such round or session to keep.
        NoLawfulPlacement: the sessions cannot be placed.
        NoLawfulAssignment: they can, and there is no way to seat everybody.
        OutOfTime: the time was up before that was known.
        OSError: a file cannot be read, or exists and ``force`` is not given.
    """
    stop = Stop(seconds=seconds)
    refuse_taken(wanted.save_program, force=wanted.force)
    as_read = load_open_program(screen, program)
    to_place = reload_open(program, as_read, wanted.keep) if wanted.keep else as_read
    to_place = to_place.replace_rules(seed=seed)
    to_fill = read_placement_to_fill(program) if wanted.save_program else None
    people = load_preferences(screen, prefs, to_place, wanted.options).participants if prefs else None
    day, placement = _place(screen, to_place, people, wanted, stop)
    day = replace(day, was=as_read) if wanted.keep else day
    if stop.has_ended and to_place.offers:
        screen.warn(_why_ended(stop))
    if wanted.save_program and to_fill:
        placed = place(to_place, placement) if to_place.offers else to_place
        rooms = {key: room.name for key, room in chosen_rooms(placed, day.program).items()}
        save(screen, {wanted.save_program: to_fill.fill(placement, rooms)}, force=wanted.force)
    screen.write(plan_json(day)) if wanted.json else screen.show(plan_page(day))
    for note in _what_was_saved(day, prefs, program, wanted, seed):
        screen.note(note)
    return Exit.INTERRUPTED if stop.interrupted else Exit.DONE


def _place(
    screen: Screen, program: Program, people: tuple[Participant, ...] | None, wanted: Wanted, stop: Stop
) -> tuple[PlannedDay, Placement]:
    """Place what is to be placed, or look at what there is where that is nothing."""
    if not program.offers:
        return _look_at(screen, program, people, stop, wanted.keep), {}
    with show_progress(screen) as progress:

        def watch(state: Progress) -> None:
            found = ", ".join(f"{criterion} {value}" for criterion, value in state.figures.items())
            progress.say("planning", f"{state.tried:,} placements{f', best {found}' if found else ''}")

        try:
            found = _search(program, people, wanted.by, stop, watch)
        except OutOfTime:
            raise OutOfTime("lawful program") from None
    if isinstance(found, PlannedByLaw):
        return PlannedDay(before=program, program=found.program, keep=wanted.keep), found.placement
    day = PlannedDay(
        before=program,
        program=found.program,
        assignment=found.assignment,
        stages=found.stages,
        planned=found,
        keep=wanted.keep,
    )
    return day, found.placement


def _search(
    program: Program, people: tuple[Participant, ...] | None, by: Criterion, stop: Stop, watch: Watch
) -> Planned | PlannedByLaw:
    if people is None:
        from midtvejs.solving.placing.by_law import plan_by_law

        return plan_by_law(program, stop=stop, watch=watch)
    return api.place_by_wishes(program, people, by=by, stop=stop, watch=watch)


def _look_at(
    screen: Screen,
    program: Program,
    people: tuple[Participant, ...] | None,
    stop: Stop,
    keep: tuple[str, ...],
) -> PlannedDay:
    """Seat everybody in a program of which nothing is to be placed."""
    if people is None:
        return PlannedDay(before=program, program=program, keep=keep)
    with show_progress(screen) as progress:
        solution = solve_fairly(program, people, stop=stop, watch=progress.update)
    seated = solution.assignment.with_rooms()
    return PlannedDay(
        before=program, program=seated.program, assignment=seated, stages=solution.stages, keep=keep
    )


def _why_ended(stop: Stop) -> str:
    why = "Interrupted" if stop.interrupted else "The time was up"
    return f"{why}: this is the best program found so far."


def _what_was_saved(
    day: PlannedDay, prefs: Path | None, program: Path, wanted: Wanted, seed: int | None
) -> Iterator[str]:
    if not wanted.save_program:
        if day.before.offers:
            yield f"Nothing is written. To save it: {plan_command(program, prefs, wanted.words(seed))}"
        return
    if not files_among(wanted.save_program):
        return
    offers = day.before.offers
    placed = f"with {quantity(len(offers), 'session')} placed" if offers else "with nothing to place"
    yield f"Saved {name_of(program)} {placed}: {wanted.save_program}"
    if prefs:
        yield f"Next: {next_command('assign', prefs, wanted.save_program, wanted.options.words)}"
    else:
        yield f"Next: {next_command('form', Path(), wanted.save_program)}"
