"""Readers of single values: each gives what a node says, or reports what is wrong with it and gives None."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from midtvejs.reading.codes import Fault
from midtvejs.reading.source import Source, quoted
from midtvejs.reading.yaml_nodes import TRUTH, Items, Node, Refused, Scalar

T = TypeVar("T")
Reader = Callable[[Source, str, Node], T | None]
"""Takes the file, what the value is called in messages, and the node."""

CODE = re.compile(r"[A-Za-zÆØÅæøå0-9][A-Za-zÆØÅæøå0-9._-]{0,19}")
TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"[-+]?[0-9]+")


def described(node: Node) -> str:
    match node:
        case Scalar(plain=True) if node.is_nothing:
            return "nothing"
        case Scalar(text=words) if node.is_text:
            return quoted(words)
        case Scalar(text=words):
            return quoted(words)[1:-1]
        case Items():
            return "a list"
        case _:
            return "a mapping"


def wrong(source: Source, name: str, node: Node, expected: str, hint: str = "") -> None:
    """Report that a value is not what was expected, unless it is reported already."""
    if not isinstance(node, Refused):
        message = f"{name}: must be {expected}, not {described(node)}"
        source.report(Fault.WRONG_VALUE, node.span, message, hint)


def text(source: Source, name: str, node: Node) -> str | None:
    """Read text that is not empty."""
    if isinstance(node, Scalar) and node.is_number:
        digits = quoted(node.text)
        source.report(
            Fault.READ_AS_NUMBER,
            node.span,
            f"{name}: YAML reads {digits[1:-1]} as a number",
            f"quote it: {digits}",
        )
    elif isinstance(node, Scalar) and node.is_text and node.text.strip():
        return node.text
    else:
        nothing = isinstance(node, Scalar) and (node.is_nothing or not node.text.strip())
        wrong(source, name, node, "text", "write something, or leave out the key" if nothing else "")
    return None


def code(source: Source, name: str, node: Node) -> str | None:
    """Read a session's code or a round's id: what stands in a cell or heads a column of prefs.csv."""
    found = text(source, name, node)
    if found is None or CODE.fullmatch(found):
        return found
    hint = "use 1 to 20 letters, digits, dots, hyphens or underscores, such as 1A"
    wrong(source, name, node, "a short code", hint)
    return None


def whole(least: int, most: int, example: int) -> Reader[int]:
    """Make a reader of whole numbers from ``least`` to ``most``."""

    def read(source: Source, name: str, node: Node) -> int | None:
        hint = f"write, for example, {name}: {example}"
        if not (isinstance(node, Scalar) and node.plain and WHOLE.fullmatch(node.text)):
            wrong(source, name, node, "a whole number", hint)
        elif len(node.text) > 20 or not least <= int(node.text) <= most:
            wrong(source, name, node, f"a whole number from {least} to {most}", hint)
        else:
            return int(node.text)
        return None

    return read


def time(source: Source, name: str, node: Node) -> dt.time | None:
    if isinstance(node, Scalar) and (found := TIME.fullmatch(node.text)):
        return dt.time(int(found[1]), int(found[2]))
    wrong(source, name, node, "a time of day", f'write hours and minutes: {name}: "10:30"')
    return None


def date(source: Source, name: str, node: Node) -> dt.date | None:
    if isinstance(node, Scalar) and DATE.fullmatch(node.text):
        try:
            return dt.date.fromisoformat(node.text)
        except ValueError:
            wrong(source, name, node, "a day that is in the calendar")
            return None
    wrong(source, name, node, "a date", f"write year, month and day: {name}: 2018-01-30")
    return None


def timezone(source: Source, name: str, node: Node) -> str | None:
    from zoneinfo import ZoneInfo, available_timezones

    found = text(source, name, node)
    if found is None:
        return None
    try:
        ZoneInfo(found)
    except (KeyError, ValueError, OSError):
        # ZoneInfo looks for a file of that name: folders, .. and names too long have errors of their own.
        hint = source.did_you_mean(found, _near(found, available_timezones()))
        wrong(source, name, node, "a time zone", hint or f"write, for example, {name}: Europe/Copenhagen")
        return None
    return found


def _near(word: str, names: Iterable[str]) -> list[str]:
    """Give names that share a beginning or an end with ``word``: there are too many to compare them all."""
    start, end = word[:4].casefold(), word[-4:].casefold()
    return sorted(n for n in names if n.casefold().startswith(start) or n.casefold().endswith(end))


def one_of(*choices: str, fault: Fault = Fault.WRONG_VALUE) -> Reader[str]:
    def read(source: Source, name: str, node: Node) -> str | None:
        if isinstance(node, Scalar) and node.is_text and node.text in choices:
            return node.text
        if isinstance(node, Refused):
            return None
        near = source.did_you_mean(node.text, choices) if isinstance(node, Scalar) else ""
        message = f"{name}: must be one of {', '.join(choices)}, not {described(node)}"
        source.report(fault, node.span, message, near)
        return None

    return read


def truth(source: Source, name: str, node: Node) -> bool | None:
    if isinstance(node, Scalar) and node.plain and node.text in TRUTH:
        return node.text.lower() == "true"
    wrong(source, name, node, "true or false", f"write, for example, {name}: true")
    return None
