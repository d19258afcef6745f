"""Which presenters of a program are one person, as far as it could be read."""

from __future__ import annotations

from dataclasses import dataclass

from midtvejs.domain.participants import fold
from midtvejs.reading.program.fields import Draft

Identity = tuple[str, str]
"""Something that a presenter is known by."""


@dataclass(frozen=True, slots=True)
class Identities:
    """A presenter is one person with another where they ``ask`` for anything that the other ``has``.

    That is by email, and by name where one of the two has no email; nobody where neither can be read.
    """

    ask: tuple[Identity, ...]
    has: tuple[Identity, ...]


def identities(presenter: Draft) -> Identities:
    name, email = fold(presenter.value("name") or ""), fold(presenter.value("email") or "")
    if not name and not email:
        return Identities((), ())
    asks = (("email", email), ("nameless", name)) if email else (("name", name),)
    return Identities(asks, (("email", email) if email else ("nameless", name), ("name", name)))
