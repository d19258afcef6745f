"""Read wishes from a file, in our own shape or as a sign-up form exported them.

Our own shape is ``name,email,organisation`` and a column of wishes a list: for a round, or for several.
A column ``timestamp`` may say when a participant signed up, ``step_free`` whether they need a way without
steps, ``attends`` which rounds they attend, and ``with`` whom they would like to be with.
"""

from __future__ import annotations

import datetime as dt
import gc
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import cast

from midtvejs.domain.answers import DEFAULT_OPTIONS, Admission, OnDuplicate, Provenance, ReadOptions
from midtvejs.domain.diagnostic import Faulty, Read, in_order
from midtvejs.domain.participants import NO_WISHES, Participant, Wishes
from midtvejs.domain.program import Program
from midtvejs.domain.roles import TIMESTAMP
from midtvejs.reading.answers.cleaning import IdleRows, strike_cancelled, tell_of_failed_formulas
from midtvejs.reading.answers.closed import strike_closed
from midtvejs.reading.answers.counting import Answers
from midtvejs.reading.answers.decisions import match_decisions
from midtvejs.reading.answers.friends import match_friends
from midtvejs.reading.answers.listed import Listed, read_listed
from midtvejs.reading.answers.mixed_up import refuse_assignment, warn_of_assignment
from midtvejs.reading.answers.moments import Moments
from midtvejs.reading.answers.name_order import names_in, settle_name_order
from midtvejs.reading.answers.needs import NO_NEEDS, Needs
from midtvejs.reading.answers.people import People
from midtvejs.reading.answers.shapes import recognise_shape
from midtvejs.reading.answers.spelling import settle_groups
from midtvejs.reading.answers.wishes import ListedWishes, wishes_of
from midtvejs.reading.files.tables import read_tables
from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.forms.products import PRODUCTS


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Keep the collector from looking, again and again, through the million cells and people made meanwhile.

    Nothing among them refers back to itself: all that is left over goes when it is let go of.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Lines(Mapping[str, int]):
    """The lines of participants, in their order; by their key once one is asked for, as few verbs do."""

    def __init__(self, participants: Sequence[Participant], lines: Sequence[int]) -> None:
        self._participants = participants
        self._lines = lines

    @cached_property
    def _by_key(self) -> dict[str, int]:
        return dict(zip((person.key for person in self._participants), self._lines, strict=True))

    def __getitem__(self, key: str) -> int:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Everybody who signed up, in the order of the rows; by their key the line in which they did, and when.

    ``signed_up`` has no entry for those of whom the file does not say when. The line is 0 for those who are
    on a list of participants and gave no answer that counts; ``too_late`` are those of them who gave another.
    """

    participants: tuple[Participant, ...]
    lines: Mapping[str, int]
    signed_up: Mapping[str, dt.datetime] = field(default_factory=dict)
    provenance: Provenance = field(default_factory=lambda: Provenance(file=""))
    too_late: frozenset[str] = frozenset()


def read_preferences(path: Path, program: Program) -> Read[tuple[Participant, ...]]:
    """Read who signed up and what they wish for; presenters are recognised.

    Raises:
        OSError: the file cannot be read at all.
    """
    read = read_preferences_with_lines(path, program)
    participants = None if read.value is None else read.value.participants
    return Read(value=participants, diagnostics=read.diagnostics)


@without_garbage_collection()
def read_preferences_with_lines(
    path: Path, program: Program, options: ReadOptions = DEFAULT_OPTIONS
) -> Read[Preferences]:
    """As ``read_preferences``, for anyone who has to know the line of a participant, or when they signed up.

    Raises:
        OSError: the file, or the list of participants, cannot be read at all.
    """
    try:
        listed = read_listed(options.participants, program) if options.participants else None
        tables = read_tables(path, encoding=options.encoding, sheets=options.sheets)
        for table in tables:
            refuse_assignment(table, program)
        people, layout = recognise_shape(
            tables, program, listed.people if listed else None, all_of_them=len(options.sheets) > 1
        )
    except Faulty as faulty:
        return Read(value=None, diagnostics=in_order(faulty.diagnostics))
    called = (person.name for person in listed.by_key.values()) if listed else ()
    people = settle_name_order(people, (*names_in(program), *called))
    tell_of_failed_formulas(people, layout)
    answers = Answers(people, options, _on_duplicate(people, layout, options), listed)
    _collect(people, layout, answers, options)
    people.tell_of_misreadings()
    people.tell_of_repeated()
    everybody = settle_groups(people, strike_cancelled(people, answers.settle()))
    decided = match_friends(people, match_decisions(people, people.recognise(everybody)))
    participants = strike_closed(people, decided)
    warn_of_assignment(people, participants)
    preferences = Preferences(
        participants=participants,
        lines=_lines(people, participants),
        signed_up=answers.moments,
        provenance=_provenance(people, layout, answers, listed),
        too_late=answers.too_late,
    )
    read = people.faults.read(preferences)
    return Read(value=read.value, diagnostics=(*(listed.diagnostics if listed else ()), *read.diagnostics))


def _on_duplicate(people: People, layout: Layout, options: ReadOptions) -> OnDuplicate:
    if options.on_duplicate:
        return options.on_duplicate
    product = PRODUCTS.get(layout.shape)
    once = product is not None and product.once and TIMESTAMP.name not in people.columns
    return OnDuplicate.ERROR if once else OnDuplicate.LAST


def _collect(people: People, layout: Layout, answers: Answers, options: ReadOptions) -> None:
    columns = [wishes_of(people, block, layout) for block in people.program.blocks]
    needs, idle = Needs(people), IdleRows(people, layout)
    told, timed = needs.told, TIMESTAMP.name in people.columns
    moments = Moments(people, needed=_needs_moments(people, options))
    for number, cells, wishes in _rows(people, columns, idle):
        absent, step_free = needs.of(number, cells) if told else NO_NEEDS
        left = _unless_in(absent, columns, number, wishes) if absent else wishes
        if person := people.person(number, left, absent=absent, step_free=step_free):
            moment = moments.of(number, cells) if timed else None
            finished = moment is not None or not timed or moments.is_finished(cells)
            answers.add(number, person, moment, finished=finished)
    moments.tell()
    idle.tell()


def _rows(
    people: People, columns: Sequence[ListedWishes], idle: IdleRows
) -> Iterator[tuple[int, list[str], tuple[Wishes, ...]]]:
    """Return number, cells and wishes of each record that is somebody's answer."""
    nothing = (NO_WISHES,) * len(columns)
    # Nearly all wish in words that stand further up: these are looked up in a column at once.
    of_all = zip(*[column.known() for column in columns], strict=False)
    for (number, cells, fits), known in zip(people.rows(), of_all, strict=False):
        if idle.has(number, cells):
            continue
        if not fits:
            yield number, cells, nothing
        elif all(known):
            yield number, cells, cast("tuple[Wishes, ...]", known)
        else:
            yield number, cells, tuple([column.wishes(number, cells) for column in columns])


def _unless_in(
    absent: frozenset[str], columns: Sequence[ListedWishes], number: int, wishes: tuple[Wishes, ...]
) -> tuple[Wishes, ...]:
    return tuple(column.unless_in(absent, number, each) for column, each in zip(columns, wishes, strict=True))


def _needs_moments(people: People, options: ReadOptions) -> bool:
    """Whether moments must be known: anyone who writes our own form wants them to count."""
    sign_up = people.program.event.sign_up
    refusing = bool(sign_up and sign_up.deadline and options.late is not Admission.ACCEPT)
    return refusing or not people.forms


def _lines(people: People, participants: Sequence[Participant]) -> Lines:
    numbers = map(people.records.get, (person.key for person in participants))
    of_record = people.table.lines
    return Lines(participants, array("q", (of_record[number] if number else 0 for number in numbers)))


def _provenance(people: People, layout: Layout, answers: Answers, listed: Listed | None) -> Provenance:
    table = people.table
    return Provenance(
        file=people.file,
        shape=layout.shape,
        encoding=table.source.encoding,
        sheet=table.sheet,
        columns=layout.uses(table),
        rows=len(table.records) - 1,
        doubled=answers.doubled,
        late=len(answers.late),
        strangers=answers.strangers,
        unanswered=len(listed.by_key.keys() - people.records.keys() - answers.too_late) if listed else 0,
    )
