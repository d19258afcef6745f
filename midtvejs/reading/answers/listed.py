"""A list of everybody who takes part, whether they answered or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from midtvejs.domain.diagnostic import Diagnostic, Faulty
from midtvejs.domain.participants import NO_WISHES, Participant, fold_name
from midtvejs.domain.program import Program
from midtvejs.domain.roles import TEXTS
from midtvejs.reading.answers.header import find_header
from midtvejs.reading.answers.name_order import names_in, settle_name_order
from midtvejs.reading.answers.people import People, form_people
from midtvejs.reading.answers.shapes import sheets_together
from midtvejs.reading.codes import Fault
from midtvejs.reading.faults import Faults
from midtvejs.reading.files.source import quote
from midtvejs.reading.files.table import Table
from midtvejs.reading.files.tables import read_tables
from midtvejs.reading.forms.layout import Layout
from midtvejs.reading.forms.recognise import Given, recognise_people
from midtvejs.reading.forms.suggest import find_given_people, people_section


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Those on a list, by key; ``people`` says where each of them stands."""

    people: People
    by_key: dict[str, Participant]
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.people.faults.diagnostics

    def match(self, person: Participant) -> Participant | None:
        """Return a participant who answered as the list knows them; None for a stranger.

        They are told by email; by name where the list or the answer has no email, and one alone is meant.
        """
        known = self.by_key.get(person.key) if person.email else None
        if known is None:
            namesakes = [self.by_key[key] for key in self.by_name.get(fold_name(person.name), ())]
            namesakes = [each for each in namesakes if not (each.email and person.email)]
            known = namesakes[0] if len(namesakes) == 1 else None
        if known is None:
            return None
        texts: dict[str, Any] = {name: getattr(known, name) or getattr(person, name) for name in TEXTS}
        said = dict(person.traits) | dict(known.traits)
        traits = tuple((group, said[group]) for group in self.people.program.groups if group in said)
        return replace(person, name=known.name, email=known.email, traits=traits, **texts)

    def nearest(self, person: Participant) -> str:
        """Return a hint at who on the list a stranger may be, to go on after with what else can be done."""
        namesakes = self.by_name.get(fold_name(person.name), ())
        for key in namesakes:
            email = self.by_key[key].email
            if email and person.email:
                return f"the list has {person.name} with another email: {email};"
        if len(namesakes) > 1:
            return f"the list has {len(namesakes)} of this name, and only an email tells which is meant;"
        source = self.people.table.source
        # Colleagues share all that follows the @: only what stands before it can be nearly right.
        emails = {each.email.partition("@")[0]: each.email for each in self.by_key.values() if each.email}
        local = source.nearest(person.email.partition("@")[0], emails) if person.email else None
        if local:
            return f"did you mean {quote(emails[local])}?"
        return source.did_you_mean(person.name, (each.name for each in self.by_key.values()))


def read_listed(path: Path, program: Program, *, encoding: str = "") -> Listed:
    """Read a list of participants: names, emails and organisations; what else it holds is of no concern.

    Raises:
        OSError: the file cannot be read at all.
        Faulty: it has faults.
    """
    tables = read_tables(path, encoding=encoding)
    layouts = [_from_its_header(table, program) for table in tables if table.records]
    if not layouts:
        raise Faulty(tables[0].source.diagnostics)
    table, layout = max(layouts, key=lambda each: (len(each[1].people), len(each[0].records)))
    alike = [each for each in layouts if len(each[0].records) > 1 and _is_header(each[1])]
    if len(alike) > 1 and (together := sheets_together(alike)):
        together.source.diagnostics.extend(each for part, _ in alike for each in part.source.diagnostics)
        table, layout = together, _layout(together, program)
    listed = _build_list(table, layout, program)
    if listed.people.faults.fatal:
        raise Faulty(listed.diagnostics)
    return listed


def _layout(table: Table, program: Program) -> Layout:
    given = find_given_people(table, program.forms, Faults(table.source)) if program.forms else Given()
    return recognise_people(table, program, given)


def _is_header(layout: Layout) -> bool:
    return bool(layout.people.keys() & {"name", "email"})


def _from_its_header(table: Table, program: Program) -> tuple[Table, Layout]:
    """Return a table from its header on, which a title may stand above."""
    layout = _layout(table, program)
    found = find_header(
        table, program, lambda rest: _is_header(_layout(rest, program)), certain=_is_header(layout)
    )
    if found is None:
        return table, layout
    table, told = found
    table.source.diagnostics.append(told)
    return table, _layout(table, program)


def _build_list(table: Table, layout: Layout, program: Program) -> Listed:
    people = form_people(table, program, layout, Faults(table.source))
    people = settle_name_order(people, names_in(program))
    listed = Listed(people=people, by_key={})
    if not layout.people.keys() & {"name", "email"}:
        hint = "the list needs a column name, or email, or both; or put its heading into the program"
        paste = tuple(people_section(table, layout))
        people.faults.add(
            Fault.MISSING_COLUMN, table.row(0), "no column of names or emails", hint, paste=paste
        )
    elif layout.doubts:
        message = f"it cannot be told which column is what: {'; '.join(layout.doubts)}"
        hint, paste = "put this into the program, and correct it", tuple(people_section(table, layout))
        people.faults.add(Fault.UNCLEAR_FORM, table.row(0), message, hint, paste=paste)
    nothing = (NO_WISHES,) * len(program.blocks)
    for number, *_ in people.rows():
        person = people.admit(number, nothing)
        if person:
            listed.by_key[person.key] = person
            listed.by_name[fold_name(person.name)].append(person.key)
    return listed
