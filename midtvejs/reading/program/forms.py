"""The shape of the section ``forms`` of program.yaml: which columns hold what, and what their cells say."""

from __future__ import annotations

from collections.abc import Sequence

from midtvejs.domain.program import Columns, Forms, RatedWords, Ratings
from midtvejs.domain.roles import ROLES
from midtvejs.reading.files.source import Source
from midtvejs.reading.files.yaml_nodes import Items, Keys, Node, Refused, Scalar
from midtvejs.reading.program.fields import (
    Draft,
    Found,
    Mapped,
    by_any,
    list_of,
    means,
    reads,
    shape_of,
    text,
    text_or_number,
    truth,
    whole,
    wrong,
)

ByKey = dict[str, Found[str]]
"""Texts by keys that the file chooses; a found value's node is its key."""
RATED = 1_000_000_000


@reads(lambda: {"anyOf": [shape_of(text), shape_of(list_of(text, item_name="heading")), by_any(text)]})
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


@reads(lambda: by_any(columns))
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


def forms_of(draft: Draft | None, groups: Sequence[str]) -> Forms | None:
    """Make the section of a draft without errors, in a program with these groups."""
    if draft is None:
        return None
    by_round: dict[str, Found[object]] = draft.value("rounds") or {}
    return Forms(
        people={key: draft.value(key) for key in (*ROLES, *groups) if key in draft.values},
        rounds={id_: _columns(found.value) for id_, found in by_round.items()},
        ranks=tuple(found.value for found in draft.value("ranks") or ()),
        ratings=_ratings(draft.value("ratings")),
        ticks=draft.value("ticks"),
    )


def _ratings(draft: Draft | None) -> Ratings | RatedWords | None:
    if draft is None:
        return None
    best: int | tuple[Found[tuple[Found[str], ...]], ...] = draft.value("best")
    if isinstance(best, tuple):
        return RatedWords(
            tiers=tuple(tuple(word.value for word in equals.value) for equals in best),
            not_wished=tuple(word.value for word in draft.value("not_wished") or ()),
        )
    return Ratings(best=draft.value("best"), not_wished=draft.value("not_wished"))


def _columns(value: object) -> Columns:
    if isinstance(value, dict):
        return {code: found.value for code, found in value.items()}
    return tuple(found.value for found in value) if isinstance(value, tuple) else str(value)


RATED_NUMBERS = Mapped(
    required={"best": means(whole(0, RATED, 5), "The number of a first wish.")},
    optional={"not_wished": means(whole(0, RATED, 1), "The number of what is not wished for at all.")},
)


@reads(lambda: {"anyOf": [shape_of(text_or_number), shape_of(list_of(text_or_number, item_name="word"))]})
def equals(source: Source, name: str, node: Node) -> tuple[Found[str], ...] | None:
    """Read a word, or a list of words of one worth."""
    if isinstance(node, Items):
        return list_of(text_or_number, item_name="word")(source, name, node)
    found = text_or_number(source, name, node)
    return None if found is None else (Found(found, node),)


@reads(lambda: {"anyOf": [shape_of(equals), shape_of(list_of(equals, item_name="word", least=1))]})
def words_rated(source: Source, name: str, node: Node) -> tuple[Found[tuple[Found[str], ...]], ...] | None:
    """Read words from the best to the worst, or a single one."""
    if isinstance(node, Items):
        return list_of(equals, item_name="word", least=1)(source, name, node)
    found = equals(source, name, node)
    return None if found is None else (Found(found, node),)


RATED_WORDS = Mapped(
    required={"best": means(words_rated, "The words for wishes, from the best to the worst.")},
    optional={"not_wished": means(equals, "The words for what is not wished for at all.")},
)


@reads(lambda: {"anyOf": [shape_of(RATED_NUMBERS), shape_of(RATED_WORDS)]})
def ratings(source: Source, name: str, node: Node) -> Draft | None:
    """Read which numbers rate sessions, or which words."""
    _, best = node.entries.get("best", (None, None)) if isinstance(node, Keys) else (None, None)
    words = isinstance(best, Items) or (isinstance(best, Scalar) and best.is_text)
    return (RATED_WORDS if words else RATED_NUMBERS)(source, name, node)


FORMS = Mapped(
    required={},
    optional={
        **{
            role: means(text, f"The heading of the column {role} in the export of the form.")
            for role in ROLES
        },
        "rounds": means(
            rounds, "By the id of each round or list, the heading of its column, or of its columns."
        ),
        "ranks": means(
            list_of(text, item_name="rank", least=1),
            "The words for first choice, second choice and so on, in this order.",
        ),
        "ratings": means(ratings, "What numbers, or words, mean where sessions are rated."),
        "ticks": means(
            truth, "Whether what is ticked is wished for equally; false: it is ranked as it stands."
        ),
    },
)
