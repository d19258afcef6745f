"""How a file of wishes is to be read where it leaves a choice, and how it was understood."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from midtvejs.domain.wording import quantity


class OnDuplicate(StrEnum):
    """Which answer counts of a participant who gave several."""

    LAST = "last"
    FIRST = "first"
    ERROR = "error"


class Admission(StrEnum):
    """What becomes of an answer that should not be there: it counts, it is left out, or it is an error."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """``participants`` is a list of everybody who takes part; ``strangers`` are those who are not on it.

    Several ``sheets`` of a workbook are read as one table.

    Without ``on_duplicate`` the last answer counts where a form wrote the file; in a file of our own shape
    without timestamps nobody has two rows. ``late`` are answers after the deadline.
    """

    encoding: str = ""
    sheets: tuple[str, ...] = ()
    on_duplicate: OnDuplicate | None = None
    late: Admission = Admission.ACCEPT
    participants: Path | None = None
    strangers: Admission = Admission.ERROR

    @property
    def words(self) -> list[str]:
        """What says so at the command line."""
        said = {
            "--encoding": self.encoding,
            "--on-duplicate": self.on_duplicate,
            "--late": self.late if self.late is not Admission.ACCEPT else "",
            "--participants": self.participants,
            "--strangers": self.strangers if self.strangers is not Admission.ERROR else "",
        }
        sheets = [word for sheet in self.sheets for word in ("--sheet", sheet)]
        return sheets + [word for option, value in said.items() if value for word in (option, str(value))]


DEFAULT_OPTIONS = ReadOptions()


class Shape(StrEnum):
    """What wrote a file, in words that follow "read as"."""

    WIDE = "our own form"
    RANKS = "our own form, a column a rank"
    MICROSOFT_RANKING = "a Microsoft Forms ranking export"
    MICROSOFT_LIKERT = "a Microsoft Forms Likert export"
    GOOGLE_GRID = "a Google Forms grid export"
    LIMESURVEY = "a LimeSurvey ranking export"
    MOODLE = "a Moodle ratingallocate export"
    MAPPED = "the form that program.yaml describes"
    OTHER = "a form of another make"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """What a column was read as: ``name``, ``R1``, ``R1 rank 2``, ``R1 1A``; empty where it was not read.

    ``number`` counts from 1.
    """

    number: int
    heading: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where wishes came from. ``encoding`` is empty for a workbook, ``sheet`` for anything else.

    ``rows`` counts what follows the header. ``doubled`` are answers beside the one of the same person
    that counts, ``late`` those after the deadline, ``strangers`` those of people who are not on the list of
    participants; ``unanswered`` are people on that list who never answered.
    """

    file: str
    shape: Shape = Shape.WIDE
    encoding: str = "UTF-8"
    sheet: str = ""
    columns: tuple[ColumnUse, ...] = ()
    rows: int = 0
    doubled: int = 0
    late: int = 0
    strangers: int = 0
    unanswered: int = 0

    def __str__(self) -> str:
        how = f"sheet {self.sheet}" if self.sheet else self.encoding
        return f"{self.file}: read as {self.shape}, {quantity(self.rows, 'row')}, {how}"
