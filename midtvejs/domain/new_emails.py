"""Who is still the same participant, though their email is another one by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from midtvejs.domain.participants import Participant, fold, fold_name
from midtvejs.domain.seated import Seated


@dataclass(frozen=True, kw_only=True)
class Earlier(Seated):
    """Who sat where before, by the keys that they have now; ``old_keys`` has by these the others they had."""

    old_keys: Mapping[str, str] = field(default_factory=dict)


def find_new_emails(before: Iterable[Participant], now: Iterable[Participant]) -> Mapping[str, Participant]:
    """Return by the key that they had before everybody who is known by another one by now.

    They are recognised by their name, where nobody else has it before or now, unless they came from another
    organisation. Anyone whose key is still there is recognised by that alone.
    """
    earlier, later = ({person.key: person for person in people} for people in (before, now))
    gone, come = _by_name(earlier), _by_name(later)
    return {
        gone[name].key: come[name]
        for name in gone.keys() & come.keys()
        if gone[name].key not in later
        and come[name].key not in earlier
        and _may_be_one(gone[name], come[name])
    }


def follow_new_emails(before: Seated, now: Iterable[Participant]) -> Earlier:
    """Return what was before with everybody known by the key that they have now."""
    renewed = find_new_emails(before.participants, now)
    return Earlier(
        program=before.program,
        participants=tuple(renewed.get(person.key, person) for person in before.participants),
        days={renewed[key].key if key in renewed else key: day for key, day in before.days.items()},
        old_keys={person.key: key for key, person in renewed.items()},
    )


def _by_name(people: Mapping[str, Participant]) -> Mapping[str, Participant]:
    times = Counter(fold_name(person.name) for person in people.values())
    return {
        fold_name(person.name): person for person in people.values() if times[fold_name(person.name)] == 1
    }


def _may_be_one(earlier: Participant, later: Participant) -> bool:
    organisations = {fold(each.organisation) for each in (earlier, later) if each.organisation}
    return len(organisations) < 2
