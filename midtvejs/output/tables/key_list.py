"""The keys of a file, as tables in Markdown: what each of them means, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Shape = Mapping[str, Any]
"""A JSON Schema, or a part of one."""

NO_END = 1_000_000
"""A number that may be as high as this may be any."""

MANY = {"text": "text", "a mapping": "mappings"}


def key_list(schema: Shape) -> str:
    """Return a table of the keys at the top, and one for each mapping below them.

    Of a mapping that has all keys of one before, only those are listed that it has besides.
    """
    at_the_top = (
        _row(f"`{key}`", shape, required=key in schema["required"])
        for key, shape in schema["properties"].items()
    )
    parts = ["\n".join(_table(at_the_top))]
    listed: dict[str, Shape] = {}
    for key, shape in schema["properties"].items():
        parts.extend(_sections(shape, key, listed))
    return "\n\n".join(parts)


def _sections(shape: Shape, path: str, listed: dict[str, Shape]) -> Iterator[str]:
    """Yield the table of each mapping that a key holds, and those of what its own keys list."""
    for name, found in ((path, _mappings(shape)), (f"each of {path}", _items(shape))):
        for mapping in found:
            keys = mapping["properties"]
            like = next((name for name, before in listed.items() if _is_like(before, keys)), "")
            new = {key: each for key, each in keys.items() if each != listed.get(like, {}).get(key)}
            listed.setdefault(name, keys)
            yield "\n".join(_section(name, like, {**mapping, "properties": new}))
            for key, each in new.items():
                yield from _lists_below(each, f"{path}.{key}", listed)


def _lists_below(shape: Shape, path: str, listed: dict[str, Shape]) -> Iterator[str]:
    """Yield the tables of what is listed below a key; its own keys stand with those around it."""
    if _items(shape):
        yield from _sections(shape, path, listed)
    for mapping in _mappings(shape):
        for key, each in mapping["properties"].items():
            yield from _lists_below(each, f"{path}.{key}", listed)


def _is_like(before: Shape, keys: Shape) -> bool:
    """Whether a mapping has all keys of one before, and half of its own are the same."""
    same = sum(before.get(key) == each for key, each in keys.items())
    return before.keys() <= keys.keys() and 2 * same >= len(keys)


def _section(name: str, like: str, mapping: Shape) -> Iterator[str]:
    yield from (f"### {name}", "")
    if like:
        yield f"The same keys as {like}{', but for these:' if mapping['properties'] else '.'}"
    if like and mapping["properties"]:
        yield ""
    if mapping["properties"]:
        yield from _table(_rows(mapping))


def _table(rows: Iterator[str]) -> Iterator[str]:
    yield from ("| key | holds | what it means |", "|---|---|---|")
    yield from rows


def _rows(mapping: Shape, prefix: str = "") -> Iterator[str]:
    """Yield a row for each key, and for the keys of the mapping that it may hold."""
    for key, shape in mapping["properties"].items():
        yield _row(f"`{prefix}{key}`", shape, required=key in mapping.get("required", ()))
        for below in _mappings(shape):
            yield from _rows(below, f"{prefix}{key}.")
    if isinstance(others := mapping.get("additionalProperties"), Mapping) and not prefix:
        yield _row("any of `groups`", others)


def _row(name: str, shape: Shape, *, required: bool = False) -> str:
    return f"| {name} | {_holds(shape)}{'; required' if required else ''} | {shape['description']} |"


def _mappings(shape: Shape) -> Sequence[Shape]:
    """Return the mappings of known keys that may stand here."""
    if "anyOf" in shape:
        return [found for each in shape["anyOf"] for found in _mappings(each)]
    known = shape.get("properties", {})
    return [shape] if any(each != shape.get("additionalProperties") for each in known.values()) else []


def _items(shape: Shape) -> Sequence[Shape]:
    """Return the mappings of known keys of which several may stand here, in a list or by their names."""
    if "anyOf" in shape:
        return [found for each in shape["anyOf"] for found in _items(each)]
    several = shape.get("items") or shape.get("additionalProperties")
    return _mappings(several) if isinstance(several, Mapping) and not _mappings(shape) else []


def _holds(shape: Shape) -> str:
    """Say what may stand here, in words."""
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(map(_holds, shape["anyOf"])))
    if chosen := shape.get("enum", [shape["const"]] if "const" in shape else []):
        return ", ".join(f"`{each}`" for each in chosen)
    kinds = {"boolean": lambda _: "`true`, `false`", "integer": _number, "array": _list, "object": _mapping}
    # Where numbers are read as text, there are two types.
    return kinds.get(str(shape["type"]), _text)(shape)


def _number(shape: Shape) -> str:
    end = f" to {shape['maximum']:,}" if shape["maximum"] < NO_END else ""
    return f"a whole number from {shape['minimum']}{end}"


def _list(shape: Shape) -> str:
    held = _holds(shape["items"])
    return f"a list of {MANY.get(held) or f'these: {held}'}"


def _mapping(shape: Shape) -> str:
    return "a mapping" if _mappings(shape) else f"by name: {_holds(shape['additionalProperties'])}"


def _text(shape: Shape) -> str:
    like = [f'"{each}"' if ":" in each else each for each in shape.get("examples", ())]
    return f"`{like[0]}`" if like else "text"
