"""``midtvejs guide``: the manual, a file a topic, shipped beside the modules."""

from __future__ import annotations

import re
from pathlib import Path

from midtvejs.output.pages.guide import guide_page, topics_page
from midtvejs.output.screen import Screen

GUIDE = Path(__file__).parents[1] / "guide"
FIRST = "start"
KEYS = "<!-- keys of program.yaml -->"
SECTION = re.compile(r"^## ([a-z-]+): .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def guide(screen: Screen, name: str) -> None:
    """Show a topic, or what the guide says of a verb; without a name, which topics there are."""
    if name:
        screen.read(guide_page(fill_in(topics().get(name) or sections()[name])))
    else:
        screen.show(topics_page({topic: _title(text) for topic, text in topics().items()}))


def topics() -> dict[str, str]:
    """Return the text of every topic by its name, in the order of the alphabet but for the first."""
    paths = sorted(GUIDE.glob("*.md"), key=lambda path: (path.stem != FIRST, path.stem))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def sections() -> dict[str, str]:
    """Return the section of every verb by its name, wherever it stands."""
    return {found[1]: found[0] for text in topics().values() for found in SECTION.finditer(text)}


def fill_in(text: str) -> str:
    """Put the list of keys where a text asks for it: made of what validate goes by, it is never behind."""
    if KEYS not in text:
        return text
    from midtvejs.output.tables.key_list import key_list
    from midtvejs.reading.program.schema import program_schema

    return text.replace(KEYS, key_list(program_schema()))


def _title(text: str) -> str:
    """Return what the heading of a topic says behind its name."""
    return text.partition("\n")[0].partition(": ")[2]
