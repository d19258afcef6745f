"""The codes of everything that can be wrong in a program. A code never changes its meaning."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong, by tens.

    MV00x: the file as text and YAML. MV01x: keys and values. MV02x to MV03x: the day. MV04x: warnings.
    MV05x: rules and pins that cannot be kept.
    """

    SYNTAX = "MV001"  # what stands here is not YAML
    NOT_UTF8 = "MV002"  # the file is in another encoding
    UNPRINTABLE = "MV003"  # a character that nobody can read: control characters, half a surrogate pair
    EMPTY = "MV004"  # there is nothing in the file
    TOO_LARGE = "MV005"  # too many bytes or values, or nested too deep
    NOT_PLAIN = "MV006"  # anchors, aliases, tags, directives, a second document
    DOUBLED_KEY = "MV007"  # a key stands twice in one mapping

    UNKNOWN_KEY = "MV010"  # a key that means nothing here
    MISSING_KEY = "MV011"  # a key that has to be there is not
    WRONG_VALUE = "MV012"  # a value of the wrong type, or out of its range
    READ_AS_NUMBER = "MV013"  # text that YAML reads as a number, for want of quotes
    UNKNOWN_CRITERION = "MV014"  # rules.fairness names a criterion that there is none of
    ONE_OF_SEVERAL = "MV015"  # of several keys exactly one has to be there

    DOUBLED_CODE = "MV020"  # two sessions have one code
    DOUBLED_ROOM = "MV021"  # two rooms have one name
    DOUBLED_ROUND = "MV022"  # two rounds have one id, or an id is that of another column
    UNKNOWN_ROOM = "MV023"  # a session is in a room that is not among the rooms
    NO_ROOM = "MV024"  # no room is left for a session
    NO_SEATS = "MV025"  # a room does not say how many seats it has
    UNKNOWN_SESSION = "MV026"  # a pin is in a session that there is none of
    UNKNOWN_ROUND = "MV027"  # a rule is for a round that there is none of

    ROOM_TWICE = "MV030"  # two sessions are in one room at the same time
    ROUNDS_OVERLAP = "MV031"  # a round begins before the one before it ends
    BACKWARDS = "MV032"  # something ends before it begins
    OUTSIDE_DAY = "MV033"  # a round begins before the event, or ends after it
    OUTSIDE_ROUND = "MV034"  # a session begins before its round, or ends after it
    PRESENTER_TWICE = "MV035"  # somebody presents two sessions of one round
    TALK_TOO_LONG = "MV036"  # talk and discussion take longer than there is time

    FEW_SEATS = "MV040"  # a round has fewer seats than participants are expected
    LATE_DEADLINE = "MV041"  # one can sign up until after the event
    NEVER_CANCELLED = "MV042"  # what may be cancelled needs no least number of participants

    PINS_CLASH = "MV050"  # two pins want one participant in two sessions of a round, or in one and not in it
    GROUPS_CLASH = "MV051"  # the same two participants together and apart
    NAME_TWICE = "MV052"  # a name stands twice in one group
    LEAST_TOO_HIGH = "MV053"  # a session needs more than it has seats; a warning if it may be cancelled
    NO_SEAT_LEFT = "MV054"  # all seats of a session are held back
