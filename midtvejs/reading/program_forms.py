"""The section ``forms`` of a program: which columns of a sign-up form hold what."""

from __future__ import annotations

from midtvejs.domain.forms import Columns, Forms
from midtvejs.domain.roles import ROLES
from midtvejs.reading.drafts import Draft, Found, list_of
from midtvejs.reading.source import Source
from midtvejs.reading.values import text, wrong
from midtvejs.reading.yaml_nodes import Items, Keys, Node, Refused

ByKey = dict[str, Found[str]]
"""Texts by keys that the file chooses; a found value's node is its key."""


def columns(source: Source, name: str, node: Node) -> str | tuple[Found[str], ...] | ByKey | None:
    """Read the heading of one column, a list of them, or a mapping of them by code."""
    if isinstance(node, Items):
        return list_of(text, item_name="heading")(source, name, node)
    if not isinstance(node, Keys):
        return text(source, name, node)
    found: ByKey = {}
    for key, (place, value) in node.entries.items():
        heading = text(source, f"the column of {key}", value)
        if heading is not None:
            found[key] = Found(heading, place)
    return found if len(found) == len(node.entries) else None


def rounds(source: Source, name: str, node: Node) -> dict[str, Found[object]] | None:
    """Read the columns of each round."""
    if not isinstance(node, Keys):
        if not isinstance(node, Refused):
            hint = "give each round a key, its id: {R1: the heading of its column}"
            wrong(source, name, node, "a mapping", hint)
        return None
    found: dict[str, Found[object]] = {}
    for key, (place, value) in node.entries.items():
        read = columns(source, key, value)
        if read is not None:
            found[key] = Found(read, place)
    return found


def forms_of(draft: Draft | None) -> Forms | None:
    """Make the section of a draft without errors."""
    if draft is None:
        return None
    by_round: dict[str, Found[object]] = draft.value("rounds") or {}
    return Forms(
        people={key: draft.value(key) for key in ROLES if key in draft.values},
        rounds={id_: _columns(found.value) for id_, found in by_round.items()},
        ranks=tuple(found.value for found in draft.value("ranks") or ()),
    )


def _columns(value: object) -> Columns:
    if isinstance(value, dict):
        return {code: found.value for code, found in value.items()}
    return tuple(found.value for found in value) if isinstance(value, tuple) else str(value)
