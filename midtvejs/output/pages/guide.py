"""What ``guide`` shows: the topics, or the text of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from midtvejs.output.screen import Page

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED = re.compile(r"^<!-- (?:file|excerpt|same): (.*) -->$", re.MULTILINE)
MARK = re.compile(r"^<!-- .* -->\n", re.MULTILINE)
"""What is said to the tests alone."""


def topics_page(titles: Mapping[str, str]) -> Page:
    return Page(plain=lambda: _topics(titles), rich=lambda: "\n".join(_topics(titles)))


def _topics(titles: Mapping[str, str]) -> Iterator[str]:
    width = max(map(len, titles))
    yield from (f"{topic:{width}}  {title}" for topic, title in titles.items())
    yield ""
    yield "Read one: midtvejs guide start. What is said of a verb: midtvejs guide assign"


def guide_page(text: str) -> Page:
    shown = MARK.sub("", NAMED.sub(r"`\1`:\n", text))
    return Page(plain=shown.splitlines, rich=lambda: _rendered(shown))


def _rendered(text: str) -> RenderableType:
    from midtvejs.output.markdown import markdown

    return markdown(text)
