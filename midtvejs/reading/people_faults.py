"""The codes of everything that can be wrong in wishes and assignments. A code never changes its meaning."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong, by tens.

    MV10x: the file as text, CSV or a workbook. MV11x to MV14x: columns, rows, cells. MV15x: the program's
    rules, for those who signed up. MV16x: the exports of sign-up forms. MV20x: an assignment.
    """

    NOT_TEXT = "MV101"  # a workbook, or bytes that are no text
    READ_AS_CP1252 = "MV102"  # a warning: the file is not UTF-8
    TOO_LARGE = "MV103"  # more bytes, lines, columns or characters in a cell than any list of people has
    TORN_QUOTES = "MV104"  # a quote that is not closed, or not doubled
    EMPTY = "MV105"  # there is nothing in the file
    NO_PARTICIPANTS = "MV106"  # nothing follows the header
    SEVERAL_SHEETS = "MV107"  # more than one sheet of a workbook holds answers
    NO_SUCH_SHEET = "MV108"  # a workbook has no such sheet, or none with anything in it
    MORE_FAULTS = "MV109"  # there are more faults than are shown

    MISSING_COLUMN = "MV110"  # a column that has to be there is not
    DOUBLED_COLUMN = "MV111"  # a column stands twice
    UNKNOWN_COLUMN = "MV112"  # a warning: a column that means nothing here
    FAILED_FORMULA = "MV119"  # a cell that shows #N/A or the like, or whose formula was never calculated

    SHORT_ROW = "MV120"  # fewer cells than the header has
    LONG_ROW = "MV121"  # more cells than the header has
    NAMELESS = "MV122"  # neither name nor email
    SAME_PERSON = "MV123"  # somebody has two rows
    UNCLEAR_PRESENTER = "MV124"  # several participants may be the presenter
    ABSENT_PRESENTERS = "MV125"  # a warning: presenters who have no row
    SHARED_EMAIL = "MV126"  # one email, and names or what else says that they are two people
    NAMESAKES = "MV127"  # one name, and what says that they are two people
    BLANK_ROW = "MV128"  # a warning: neither who nor what they wish for
    TOTALS = "MV129"  # a warning: a row of totals below the answers

    UNKNOWN_CODE = "MV130"  # a code that no session has
    OTHER_ROUND = "MV131"  # a session of another round
    DOUBLED_CODE = "MV132"  # a session is wished for twice

    NOT_A_MOMENT = "MV140"  # a timestamp that is no date, or date and time
    # MV141 was told of timestamps with a time zone among some without; they are compared now.
    NOT_YES_OR_NO = "MV142"  # step_free says neither yes nor no
    UNKNOWN_ROUND = "MV143"  # attends names a round that there is none of
    IDLE_WISHES = "MV144"  # a warning: wishes in a round that somebody does not attend
    PRESENTS_ELSEWHERE = "MV145"  # a presenter does not attend the round of their own session

    NOBODY_NAMED = "MV150"  # a rule names somebody who has no row
    SEVERAL_NAMED = "MV151"  # a rule may mean several participants
    NOBODY_OF = "MV152"  # a warning: a rule names an organisation that nobody belongs to
    DOUBLED_MEMBER = "MV153"  # a group has one participant by two names
    PIN_AGAINST_SESSION = "MV154"  # a pin or ban for somebody who presents in its round
    PIN_NOT_ATTENDED = "MV155"  # a pin in a round that its participant does not attend
    PINS_CLASH = "MV156"  # pins that want one participant in two sessions of a round, or in one and not in it
    GROUP_TORN = "MV157"  # those who are to be together are in different sessions
    GROUP_JOINED = "MV158"  # those who are to be apart are in one session

    UNCLEAR_FORM = "MV160"  # which column is what cannot be told
    UNKNOWN_HEADING = "MV161"  # the program names a heading that the file does not have
    NOT_A_RANK = "MV162"  # a cell that should hold a rank holds something else
    DOUBLED_RANK = "MV163"  # two sessions have one rank
    UNCLEAR_CELL = "MV164"  # a cell can be read as two rankings
    UNCLEAR_DATES = "MV165"  # a warning: dates in which day and month cannot be told apart
    SEVERAL_ANSWERS = "MV166"  # a warning: somebody answered more than once
    LATE = "MV167"  # somebody answered after the deadline
    NOT_LISTED = "MV168"  # somebody answered who is not on the list of participants
    UNFINISHED = "MV169"  # a warning: answers that were begun and never handed in

    SEVERAL_SESSIONS = "MV201"  # two sessions where one can be attended
    NO_SESSION = "MV202"  # somebody has no session in a round
    OVERFULL = "MV203"  # more participants than seats
    NOT_SEATED = "MV204"  # somebody signed up and has no row
    STRANGER = "MV205"  # somebody has a row and did not sign up
    NOT_PRESENTING = "MV206"  # a presenter is not in their own session
    NOT_ATTENDED = "MV207"  # somebody has a session in a round that they do not attend
    AGAINST_PIN = "MV208"  # somebody is not where they are pinned to, or is where they are banned from
    TOO_FEW = "MV209"  # fewer participants than a session needs
    TOO_MANY_OF_ONE = "MV210"  # more of one organisation in a session than may be
    NOT_TOGETHER = "MV211"  # two who are to be together are not
    NOT_APART = "MV212"  # two who are to be apart are not
    UP_STEPS = "MV213"  # somebody who needs a way without steps has none
    NO_ROOMS = "MV214"  # open rooms cannot be chosen so that all fit
