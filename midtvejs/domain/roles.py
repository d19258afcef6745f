"""The columns that describe people, each said once: what heads it, where it stands, how it is shown.

Whatever reads or writes a table of people walks ``ROLES``. A column of plain text (an organisation) needs no
more than its entry here and a field of ``Participant`` of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, zip_longest

from midtvejs.domain.participants import Participant
from midtvejs.domain.program import Program
from midtvejs.domain.traits import called, value_of
from midtvejs.domain.words import LANGUAGES, read_only_headings, words_for

Said = Callable[[Program, Participant], str]
"""What stands below a column for a participant."""


class Holds(Enum):
    """What a column is there for: who answers, what there is to know of them, or when they did."""

    WHO = "who"
    ABOUT = "about"
    WHEN = "when"


class Written(Enum):
    """When a column stands in the files that we write."""

    ALWAYS = "always"
    WHERE_USED = "where a participant has something below it"
    BESIDE_WISHES = "the same, and only beside wishes"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A column of people. ``name`` heads it in our own files, and is its key under ``forms:``.

    Its other headings stand in the file of each language; with ``surest_of_all`` none of them is surer than
    another. With ``of_our_own`` our own form may have it. With ``text`` the participant's field of
    this name is what the cell says. A ``group`` is a column that the program names.
    """

    name: str
    holds: Holds
    written: Written
    said: Said = lambda _program, _person: ""
    of_our_own: bool = True
    optional: bool = True
    surest_of_all: bool = False
    text: bool = False
    on_rosters: bool = False
    group: bool = False

    def synonyms(self) -> Iterator[str]:
        """Return all headings, the surest first, whatever the language; last those of which we write none."""
        ours = (words_for(language).read for language in LANGUAGES)
        found = [self.name]
        for languages in (ours, read_only_headings().values()):
            headings = zip_longest(*(words.columns[self.name] for words in languages), fillvalue="")
            found.extend(filter(None, chain.from_iterable(headings)))
        return iter(dict.fromkeys(found))

    def label(self, language: str) -> str:
        """Return what heads the column where participants read it."""
        return self.name if self.group else words_for(language).read.columns[self.name][0]


def _rounds_attended(program: Program, person: Participant) -> str:
    if not person.absent:
        return ""
    return " ".join(round_.id for round_ in program.rounds if round_.id not in person.absent)


NAME = Role(
    name="name",
    holds=Holds.WHO,
    written=Written.ALWAYS,
    said=lambda _, person: person.name,
    optional=False,
)
SURNAME = Role(
    name="surname",
    holds=Holds.WHO,
    written=Written.NEVER,
    of_our_own=False,
)
EMAIL = Role(
    name="email",
    holds=Holds.WHO,
    written=Written.ALWAYS,
    said=lambda _, person: person.email,
    surest_of_all=True,
)
ORGANISATION = Role(
    name="organisation",
    holds=Holds.ABOUT,
    written=Written.ALWAYS,
    said=lambda _, person: person.organisation,
    text=True,
    on_rosters=True,
)
STEP_FREE = Role(
    name="step_free",
    holds=Holds.ABOUT,
    written=Written.WHERE_USED,
    said=lambda _, person: "yes" if person.step_free else "",
)
ATTENDS = Role(
    name="attends",
    holds=Holds.ABOUT,
    written=Written.WHERE_USED,
    said=_rounds_attended,
)
WITH = Role(
    name="with",
    holds=Holds.ABOUT,
    written=Written.BESIDE_WISHES,
    said=lambda _, person: "; ".join(person.named),
)
TIMESTAMP = Role(
    name="timestamp",
    holds=Holds.WHEN,
    written=Written.NEVER,
)

ROLES: Mapping[str, Role] = {
    role.name: role for role in (NAME, SURNAME, EMAIL, ORGANISATION, STEP_FREE, ATTENDS, WITH, TIMESTAMP)
}
"""By name, in the order in which our own files have them."""

TEXTS = tuple(role.name for role in ROLES.values() if role.text)
"""The fields of a participant that are what their cells say."""


def roles_of(program: Program) -> list[Role]:
    """Return the columns of people that a program has: its groups stand behind the organisation."""
    roles = list(ROLES.values())
    behind = roles.index(ORGANISATION) + 1
    return [*roles[:behind], *map(_group, program.groups), *roles[behind:]]


def _group(name: str) -> Role:
    return Role(
        name=name,
        holds=Holds.ABOUT,
        written=Written.ALWAYS,
        said=lambda _, person: value_of(person, name),
        on_rosters=True,
        group=True,
    )


def label_of(group: str, language: str) -> str:
    """Return what a group is called where participants read it."""
    return ORGANISATION.label(language) if group == ORGANISATION.name else group


def names_of(*holding: Holds) -> list[str]:
    """Return the names of the columns that hold such things."""
    return [role.name for role in ROLES.values() if role.holds in holding]


def written_columns(program: Program, people: Sequence[Participant], *, wishes: bool = False) -> list[Role]:
    """Return the columns that our own files have for these people; a file of ``wishes`` may have more."""
    used = {Written.WHERE_USED, *([Written.BESIDE_WISHES] if wishes else [])}
    return [
        role
        for role in roles_of(program)
        if role.written is Written.ALWAYS
        or (role.written in used and any(role.said(program, person) for person in people))
    ]


def roster_columns(program: Program, people: Sequence[Participant]) -> list[Role]:
    """Return the columns that tables of who is where have beside name and email."""
    return [role for role in written_columns(program, people) if role.on_rosters]


BESIDE = tuple(role.name for role in ROLES.values() if role.on_rosters)


def beside(person: Participant) -> str:
    """Return what stands beside a name on rosters."""
    traits = [called(group, value) for group, value in person.traits]
    return ", ".join(filter(None, [*(getattr(person, name) for name in BESIDE), *traits]))
