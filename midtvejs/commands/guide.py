"""``midtvejs guide``: the manual, a file a topic, shipped beside the modules."""

from __future__ import annotations

import re
from pathlib import Path

from midtvejs.output.pages.guide import guide_page, topics_page
from midtvejs.output.screen import Screen

GUIDE = Path(__file__).parents[1] / "guide"
ORDER = (
    *("start", "program", "wishes", "assign", "advise", "fairness", "rules", "lists", "plan"),
    *("changes", "export", "proof", "speed", "trouble", "ci", "shell", "scripts", "changelog"),
)
"""The topics as one comes to need them; any other comes last."""

KEYS = "(They are listed here by `midtvejs guide program`.)"
"""What stands in the file, where it is read elsewhere, in the place of the list."""

SECTION = re.compile(r"^## ([a-z-]+): .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def guide(screen: Screen, name: str) -> None:
    """Show a topic, or what the guide says of a verb; without a name, which topics there are."""
    if name:
        screen.read(guide_page(fill_in(topics().get(name) or sections()[name])))
    else:
        screen.show(topics_page(titles()))


def topics() -> dict[str, str]:
    """Return the text of every topic by its name, in their order."""
    paths = sorted(GUIDE.glob("*.md"), key=lambda path: (_place(path.stem), path.stem))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def _place(topic: str) -> int:
    return ORDER.index(topic) if topic in ORDER else len(ORDER)


def titles() -> dict[str, str]:
    """Return what the heading of every topic says behind its name."""
    return {topic: text.partition("\n")[0].partition(": ")[2] for topic, text in topics().items()}


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
