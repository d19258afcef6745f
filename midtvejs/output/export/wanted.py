"""What is wanted of an export, whichever the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midtvejs.output.choices import Csv

if TYPE_CHECKING:
    from midtvejs.output.export.changed import Changed

Making = Mapping[str, Callable[[], str | bytes]]
"""Files by their paths within the folder, and what makes each: the paths are known before any is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """``public``: only what names no participant. ``stack_cut``: days on paper are in order once cut.

    ``one_file_each``: a calendar is a folder, with a file for each entry. ``changed``: of what is handed out,
    only that. ``sent`` are the calendars that the folder has from before, by their paths: what takes their
    place is a later revision. ``csv``: for whom tables are.
    """

    public: bool = False
    stack_cut: bool = False
    one_file_each: bool = False
    changed: Changed | None = None
    csv: Csv = Csv.EXCEL
    sent: Mapping[str, str] = field(default_factory=dict)


ALL_OF_IT = Wanted()
