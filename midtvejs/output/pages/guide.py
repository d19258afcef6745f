"""What ``guide`` shows: the topics, or the text of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from midtvejs.output.layout import grid, stack, words_of
from midtvejs.output.screen import Page

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED = re.compile(r"^<!-- (?:file|excerpt|same): (.*) -->$", re.MULTILINE)
HOW_TO_READ = (
    "A topic: midtvejs guide start. What is said of a command: midtvejs guide diff",
    "The examples begin with the files that midtvejs new --example writes.",
)
MARK = re.compile(r"^<!-- .* -->\n", re.MULTILINE)
"""What is said to the tests alone."""


def topics_page(titles: Mapping[str, str]) -> Page:
    return Page(plain=lambda: _plain(titles), rich=lambda: _rich(titles))


def _plain(titles: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, titles))
    yield from (f"{topic:{width}}  {title}" for topic, title in titles.items())
    yield from ("", *HOW_TO_READ)


def _rich(titles: Mapping[str, str]) -> RenderableType:
    table = grid(2)
    for topic, title in titles.items():
        table.add_row(words_of(topic, "bold"), words_of(title))
    return stack((table, "", *map(words_of, HOW_TO_READ)))


def guide_page(text: str) -> Page:
    shown = MARK.sub("", NAMED.sub(r"`\1`:\n", text))
    return Page(plain=shown.splitlines, rich=lambda: _rendered(shown))


def _rendered(text: str) -> RenderableType:
    from midtvejs.output.markdown import markdown

    return markdown(text)
