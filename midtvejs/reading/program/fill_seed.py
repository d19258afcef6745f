"""A program.yaml with the seed that was drawn for its lottery; all else of its text stays as it is."""

from __future__ import annotations

from midtvejs.reading.files.source import Source, Span
from midtvejs.reading.files.yaml_nodes import Keys
from midtvejs.reading.program.fill_rooms import line_break_at, read_day

EXPLICIT_KEY = "?"
"""What may stand ahead of a key; it belongs to it."""


def fill_seed(name: str, text: str, seed: int) -> str:
    """Return the text of a program that was read without faults, with a seed: its own one gives way.

    Raises:
        Faulty: it has got faults since.
    """
    day = read_day(name, text)
    source, mark = day.source, len(text) - len(day.source.text)
    span, written = _find_place(source, day.draft.node, str(seed))
    return text[: mark + span.start] + written + text[mark + span.end :]


def _find_place(source: Source, root: Keys, seed: str) -> tuple[Span, str]:
    """Return what of the text gives way, and for what."""
    if "rules" not in root.entries:
        return _before_the_first(source, root, f"rules: {{seed: {seed}}}")
    _, rules = root.entries["rules"]
    if not isinstance(rules, Keys) or not rules.entries:
        return rules.span, f"{{seed: {seed}}}"
    if "seed" in rules.entries:
        return rules.entries["seed"][1].span, seed
    return _before_the_first(source, rules, f"seed: {seed}")


def _before_the_first(source: Source, node: Keys, written: str) -> tuple[Span, str]:
    """Return where one more key stands ahead of the others, on a line of its own if they have lines."""
    start = next(iter(node.entries.values()))[0].span.start
    if source.text.startswith("{", node.span.start):
        return Span(start, start), f"{written}, "
    line = source.start_of(source.line_of(Span(start, start)))
    ahead = source.text[line:start]
    if ahead.rstrip().endswith(EXPLICIT_KEY):
        start = line + ahead.rindex(EXPLICIT_KEY)
    margin = " " * (start - line)
    return Span(start, start), f"{written}{line_break_at(source, start)}{margin}"
