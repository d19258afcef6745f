"""What somebody at the command line decides of the answers in a file, where the file leaves a choice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class OnDuplicate(StrEnum):
    """Which answer counts of somebody who gave several."""

    LAST = "last"
    FIRST = "first"
    ERROR = "error"


class Admission(StrEnum):
    """What becomes of an answer that should not be there: it counts, it is left out, or it is an error."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToRead:
    """``participants`` is a list of everybody who takes part; ``strangers`` are those who are not on it.

    Without ``on_duplicate`` the last answer counts where a form wrote the file; in a file of our own shape
    without timestamps nobody has two rows. ``late`` are answers after the deadline.
    """

    encoding: str = ""
    sheet: str = ""
    on_duplicate: OnDuplicate | None = None
    late: Admission = Admission.ACCEPT
    participants: Path | None = None
    strangers: Admission = Admission.ERROR

    @property
    def words(self) -> list[str]:
        """What says so at the command line."""
        said = {
            "--encoding": self.encoding,
            "--sheet": self.sheet,
            "--on-duplicate": self.on_duplicate,
            "--late": self.late if self.late is not Admission.ACCEPT else "",
            "--participants": self.participants,
            "--strangers": self.strangers if self.strangers is not Admission.ERROR else "",
        }
        return [word for option, value in said.items() if value for word in (option, str(value))]


AS_IT_IS = HowToRead()
