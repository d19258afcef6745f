"""In which of several forms something is shown, as it is chosen on the command line."""

from __future__ import annotations

from enum import Enum, StrEnum


class OutputFormat(StrEnum):
    """How diagnostics are printed: for people, or for programs."""

    FULL = "full"
    CONCISE = "concise"
    GITHUB = "github"
    JSON = "json"
    GITLAB = "gitlab"
    JUNIT = "junit"
    SARIF = "sarif"

    @property
    def is_document(self) -> bool:
        """Whether it is one document, beside which nothing else can stand."""
        return self in {OutputFormat.JSON, OutputFormat.GITLAB, OutputFormat.JUNIT, OutputFormat.SARIF}


class PlanBy(StrEnum):
    """What comes first where programs are compared."""

    EVEN = "even"
    WORST = "worst"
    TOTAL = "total"


class By(StrEnum):
    """What a roster is printed for; a program's groups are others."""

    ROOM = "room"
    PARTICIPANT = "participant"
    ORGANISATION = "organisation"


class Csv(Enum):
    """For whom CSV is written: an Excel of the program's language, a Danish one, or programs."""

    EXCEL = "excel"
    DANISH_EXCEL = "danish excel"
    PLAIN = "plain"
