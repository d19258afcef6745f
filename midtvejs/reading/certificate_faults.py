"""The codes of everything that can be wrong in a certificate as a file. A code never changes its meaning."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """MV30x: the file as text and JSON. MV31x: keys and values."""

    NOT_UTF8 = "MV301"  # the file is in another encoding, or no text at all
    SYNTAX = "MV302"  # what stands here is not JSON
    TOO_LARGE = "MV303"  # more bytes than any certificate has, or nested too deep
    DOUBLED_KEY = "MV304"  # a key stands twice in one object

    UNKNOWN_KEY = "MV310"  # a key that means nothing here
    MISSING_KEY = "MV311"  # a key that has to be there is not
    WRONG_VALUE = "MV312"  # a value of the wrong type, or out of its range
    UNKNOWN_CRITERION = "MV313"  # there is no such criterion
    OTHER_FORMAT = "MV314"  # another version of midtvejs wrote it
