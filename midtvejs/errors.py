"""What can go wrong, as one tree: a caller of midtvejs catches MidtvejsError, or a child of it.

    MidtvejsError
    ├── Faulty               a file has faults; carries every diagnostic (domain/diagnostic.py)
    ├── NoLawfulAssignment   nobody can be seated; carries what clashes (domain/assignment.py)
    ├── NoLawfulPlacement    sessions cannot be placed; carries what is in the way (domain/planning.py)
    ├── OutOfTime            whether anybody can be seated was not found out in time (domain/assignment.py)
    ├── CannotKeep           a mechanism that does not know a rule of the program (domain/mechanism.py)
    ├── StillOpen            seats are asked for while sessions are still to be placed (domain/offers.py)
    ├── UnknownName          a room or a round that the program does not have (domain/program.py)
    ├── UnknownLanguage      a language without words (domain/words)
    ├── NoTypst              PDFs are wanted, and typst is not installed (output/export/typesetting.py)
    └── UnlawfulResult       the audit rejects what the solver found: a bug of ours (auditing/audit.py)

Warnings about a file that could be read are of MidtvejsWarning. Files that cannot be read or written raise
OSError, as everywhere.
"""

from __future__ import annotations


class MidtvejsError(Exception):
    """The root of all errors that midtvejs raises by itself."""


class MidtvejsWarning(UserWarning):
    """A file could be read, and something in it may not be meant so."""
