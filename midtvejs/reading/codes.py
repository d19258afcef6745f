"""The registry of codes: everything that can be wrong in a file, once. A code never changes its meaning."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from typing import Self

from midtvejs.domain.diagnostic import Diagnostic, Place, Severity

RETIRED = {
    "MV132": "a session is listed twice in one round: a warning, as for lists over several rounds",
    "MV141": "timestamps with a time zone among some without: they are compared now",
}
"""Codes that are given no more, nor given anew."""


@unique
class Fault(StrEnum):
    """What can be wrong, by tens: its code, what it means, and how severe it is.

    A severity of None is decided by the reader.
    """

    meaning: str
    severity: Severity | None

    def __new__(cls, code: str, meaning: str, severity: Severity | None = Severity.ERROR) -> Self:
        fault = str.__new__(cls, code)
        fault._value_ = code
        fault.meaning, fault.severity = meaning, severity
        return fault

    def diagnostic(
        self,
        place: Place,
        message: str,
        hint: str = "",
        *,
        severity: Severity | None = None,
        paste: tuple[str, ...] = (),
    ) -> Diagnostic:
        """Return what is told of this fault at a place; where the reader says nothing it is an error.

        Raises:
            ValueError: the severity is fixed, and another one is said.
        """
        if severity and self.severity not in {None, severity}:
            raise ValueError(f"{self} is always of severity {self.severity}")
        decided = severity or self.severity or Severity.ERROR
        return Diagnostic(
            code=self.value, place=place, message=message, hint=hint, severity=decided, paste=paste
        )

    # A program as text and YAML.
    NOT_YAML = "MV001", "this is not YAML"
    PROGRAM_NOT_UTF8 = "MV002", "the file is in another encoding"
    UNPRINTABLE = "MV003", "an unreadable character: control characters, half a surrogate pair"
    EMPTY_PROGRAM = "MV004", "the file is empty"
    PROGRAM_TOO_LARGE = "MV005", "too many bytes or values, or nested too deep"
    NOT_PLAIN = "MV006", "anchors, aliases, tags, directives, a second document"
    DOUBLED_KEY = "MV007", "a key appears twice in one mapping"

    # Its keys and values.
    UNKNOWN_KEY = "MV010", "a key that means nothing here"
    MISSING_KEY = "MV011", "a required key is missing"
    WRONG_VALUE = "MV012", "a value of the wrong type, or out of its range"
    READ_AS_NUMBER = "MV013", "text that YAML reads as a number, for want of quotes"
    UNKNOWN_CRITERION = "MV014", "rules.fairness names a criterion that does not exist"
    ONE_OF_SEVERAL = "MV015", "of several keys exactly one has to be there"

    # The day that it describes.
    DOUBLED_SESSION = "MV020", "two sessions have one code"
    DOUBLED_ROOM = "MV021", "two rooms have one name"
    DOUBLED_ROUND = "MV022", "two rounds have one id, or an id is that of another column"
    UNKNOWN_ROOM = "MV023", "a session is in a room that is not among the rooms"
    NO_ROOM = "MV024", "no room is left for a session"
    NO_SEATS = "MV025", "a room does not say how many seats it has"
    UNKNOWN_SESSION = "MV026", "a pin is in a session that does not exist"
    NO_SUCH_ROUND = "MV027", "a round is named that does not exist"
    ROOM_NOT_FREE = "MV028", "a session is in a room that is not free in that round"
    LISTS_CLASH = "MV029", "lists of wishes that do not fit the rounds, or each other"

    ROOM_TWICE = "MV030", "two sessions are in one room at the same time"
    ROUNDS_OVERLAP = "MV031", "a round begins before the one before it ends"
    BACKWARDS = "MV032", "something ends before it begins"
    OUTSIDE_DAY = "MV033", "a round begins before the event, or ends after it"
    OUTSIDE_ROUND = "MV034", "a session begins before its round, or ends after it"
    PRESENTER_TWICE = "MV035", "one person presents two sessions of one round"
    TALK_TOO_LONG = "MV036", "talk and discussion take longer than the session"
    LASTS_TOO_LONG = "MV037", "a session lasts through more rounds than follow on that day"
    ROOM_NOT_SETTLED = "MV038", "a session that lasts through several rounds does not say in which room"
    NOT_HELD = "MV039", "a round is named in which the session is not held"

    FEW_SEATS = "MV040", "a round has fewer seats than participants are expected", Severity.WARNING
    LATE_DEADLINE = "MV041", "sign-up is open until after the event", Severity.WARNING
    NEVER_CANCELLED = "MV042", "what may be cancelled needs no least number of participants", Severity.WARNING

    SAME_TITLE = "MV043", "two sessions of different rounds have one title", Severity.WARNING
    FEW_SESSIONS = "MV044", "a list with too few different sessions for its rounds", Severity.WARNING
    RATINGS_AND_RANKS = "MV047", "forms names both ranks and ratings"
    ALL_CANCELLED = "MV048", "all sessions of a round are cancelled"
    VOID_PIN = "MV049", "a pin to a session that is cancelled", Severity.WARNING

    # Rules and pins that cannot be kept.
    PROGRAM_PINS_CLASH = "MV050", "pins that no assignment can keep together"
    GROUPS_CLASH = "MV051", "the same two participants together and apart"
    NAME_TWICE = "MV052", "a name appears twice in one group"
    LEAST_TOO_HIGH = "MV053", "a session needs more than it has seats; a warning if it may be cancelled", None
    NO_SEAT_LEFT = "MV054", "all seats of a session are held back"
    WRONG_GROUP = "MV056", "a group has the name of another column, or of a key"

    QUOTA_TOO_HIGH = (
        "MV060",
        "a session needs more of some groups than it has seats; a warning if it may be cancelled",
        None,
    )
    QUOTAS_CLASH = "MV061", "a session needs more of one in a group than it may have"

    # Sessions that are still to be placed.
    HELD_AND_OPEN = (
        "MV064",
        "a session says in which rounds it is held, and leaves open how often, or where not",
    )
    TOO_OFTEN = "MV065", "a session is to be held more often than there are rounds for it"
    ONLY_SETTLED = "MV066", "a key that only a session has of which it is settled when it is held"
    NOWHERE = "MV067", "there is no round in which a session could be held"
    MANY_SITTINGS = "MV068", "more sessions are to be placed than there are rooms free in the rounds"
    PRESENTER_TOO_OFTEN = "MV069", "one person presents in more rounds than there are"
    EMPTY_ROUND = "MV070", "fewer sessions are to be placed than rounds need one"
    PIN_TO_OPEN = "MV071", "a pin in a round, of a session of which it is open when it is held"

    # A file of people as text, CSV or a workbook.
    NOT_TEXT = "MV101", "a workbook, or bytes that are not text"
    READ_AS_CP1252 = "MV102", "the file is not UTF-8", Severity.WARNING
    TOO_LARGE = "MV103", "more bytes, lines, columns or characters in a cell than any list of people has"
    TORN_QUOTES = "MV104", "a quote that is not closed, or not doubled"
    EMPTY = "MV105", "the file is empty"
    NO_PARTICIPANTS = "MV106", "nothing follows the header"
    SEVERAL_SHEETS = "MV107", "more than one sheet of a workbook holds answers"
    NO_SUCH_SHEET = "MV108", "a workbook has no such sheet, or it is empty"
    MORE_FAULTS = "MV109", "there are more faults than are shown", None

    # Its columns.
    MISSING_COLUMN = "MV110", "a required column is missing"
    DOUBLED_COLUMN = "MV111", "a column appears twice"
    UNKNOWN_COLUMN = "MV112", "a column that means nothing here", Severity.WARNING
    FAILED_FORMULA = "MV119", "a cell that shows #N/A or the like, or whose formula was never calculated"

    # Its rows.
    SHORT_ROW = "MV120", "fewer cells than the header has"
    LONG_ROW = "MV121", "more cells than the header has"
    NAMELESS = "MV122", "neither name nor email"
    SAME_PERSON = "MV123", "one participant has two rows"
    UNCLEAR_PRESENTER = "MV124", "several participants may be the presenter"
    ABSENT_PRESENTERS = "MV125", "presenters who have no row", Severity.WARNING
    SHARED_EMAIL = "MV126", "one email, and names or what else says that they are two people"
    NAMESAKES = "MV127", "one name, and what says that they are two people"
    BLANK_ROW = "MV128", "neither who nor what they wish for", Severity.WARNING
    TOTALS = "MV129", "a row of totals below the answers", Severity.WARNING

    # Its cells.
    UNKNOWN_CODE = "MV130", "a code that no session has"
    OTHER_ROUND = "MV131", "a session of another round"

    NOT_A_MOMENT = "MV140", "a timestamp that is not a date, or date and time", None
    NOT_YES_OR_NO = "MV142", "step_free says neither yes nor no"
    UNKNOWN_ROUND = "MV143", "attends names a round that does not exist"
    IDLE_WISHES = "MV144", "wishes in a round that the participant does not attend", Severity.WARNING
    PRESENTS_ELSEWHERE = "MV145", "a presenter does not attend the round of their own session"

    # The program's rules, for those who signed up.
    NOBODY_NAMED = "MV150", "a rule names a participant who has no row", None
    SEVERAL_NAMED = "MV151", "a rule may mean several participants"
    NOBODY_OF = "MV152", "a rule names an organisation or the like without participants", Severity.WARNING
    DOUBLED_MEMBER = "MV153", "a group has one participant by two names"
    PIN_AGAINST_SESSION = "MV154", "a pin or ban for a participant who presents in its round"
    PIN_NOT_ATTENDED = "MV155", "a pin in a round that its participant does not attend"
    PINS_CLASH = "MV156", "pins that want one participant in two sessions of a round, or in one and not in it"
    GROUP_TORN = "MV157", "those who are to be together are in different sessions"
    GROUP_JOINED = "MV158", "those who are to be apart are in one session"

    # The exports of sign-up forms.
    UNCLEAR_FORM = "MV160", "it is unclear which column is what"
    UNKNOWN_HEADING = "MV161", "the program names a heading that the file does not have"
    NOT_A_RANK = "MV162", "a cell that should hold a rank holds something else"
    DOUBLED_RANK = "MV163", "two sessions have one rank"
    UNCLEAR_CELL = "MV164", "a cell can be read as two rankings"
    UNCLEAR_DATES = "MV165", "dates in which the day and the month are ambiguous", None
    SEVERAL_ANSWERS = "MV166", "a participant answered more than once", Severity.WARNING
    LATE = "MV167", "a participant answered after the deadline", None
    NOT_LISTED = "MV168", "an answer from outside the list of participants", None
    UNFINISHED = "MV169", "answers that were begun and never handed in", Severity.WARNING
    REPEATED_WISH = "MV170", "a session is named twice in one list", Severity.WARNING
    STRUCK_WISHES = "MV171", "wishes for a session that is cancelled", Severity.WARNING
    NAME_ORDER = "MV172", "names that may be written with the surname first", Severity.WARNING
    JOINED_BY_NAME = "MV173", "answers known on the list of participants by name", Severity.WARNING
    UNLIKE_LISTED = (
        "MV174",
        "an answer that is unlike what the list says of its participant",
        Severity.WARNING,
    )
    HEADER_BELOW = "MV176", "the header stands below the first row", Severity.WARNING
    HEADING_ROWS = "MV177", "the header is made of several rows", Severity.WARNING
    SHEETS_TOGETHER = "MV178", "several sheets are read as one table", Severity.WARNING
    ROW_A_ROUND = (
        "MV179",
        "a participant has a row for each round or session; a warning if it can be read",
        None,
    )
    NO_HEADER = "MV180", "the first row is an answer, and none says which column is what"
    MANGLED = "MV181", "UTF-8 that was read as CP1252 and saved again, in any file", Severity.WARNING
    HALF_A_COMMENT = "MV182", "a # in a program that makes a comment of half a text", Severity.WARNING
    OTHER_FILE = "MV183", "a program, wishes, an assignment or a document where another of them is wanted"
    SEEMS_SEATED = "MV184", "wishes that are as an assignment is", Severity.WARNING
    PAST_DAY = "MV185", "validate: the event of a program was some months ago", Severity.WARNING

    # What people belong to.
    SPELLINGS = "MV186", "a group or an organisation is written in more than one way", Severity.WARNING
    NO_GROUP = "MV187", "no column for a group that the program names"
    CLOSED_WISHES = "MV188", "wishes for sessions that are only for others", Severity.WARNING
    NO_TRAIT = "MV189", "a participant is nothing in a group that a session is for", Severity.WARNING
    TICKS = "MV191", "ticked boxes, which are no ranking", Severity.WARNING

    # Whom they would like to be with.
    NOBODY_WANTED = "MV192", "a participant names somebody who does not take part", Severity.WARNING
    SEVERAL_WANTED = "MV193", "a participant names somebody who may be several", Severity.WARNING
    PART_OF_NAME = "MV194", "participants are named by a part of their names", Severity.WARNING
    FRIENDS_UNUSED = (
        "MV195",
        "a column of friends that the program does not ask for, or asks for in vain",
        Severity.WARNING,
    )

    # What ratings say.
    RATED_WORDS = "MV196", "words by which sessions are rated", Severity.WARNING

    # An assignment.
    STILL_OPEN = "MV200", "seats are asked for while sessions are still to be placed"
    SEVERAL_SESSIONS = "MV201", "two sessions where one can be attended"
    NO_SESSION = "MV202", "a participant has no session in a round"
    OVERFULL = "MV203", "more participants than seats"
    NOT_SEATED = "MV204", "a participant signed up and has no row"
    STRANGER = "MV205", "a participant has a row and did not sign up"
    NOT_PRESENTING = "MV206", "a presenter is not in their own session"
    NOT_ATTENDED = "MV207", "a participant has a session in a round that they do not attend"
    AGAINST_PIN = "MV208", "a participant is not where they are pinned to, or is where they are banned from"
    TOO_FEW = "MV209", "fewer participants than a session needs"
    TOO_MANY_OF_ONE = "MV210", "more of one organisation in a session than may be"
    NOT_TOGETHER = "MV211", "two who are to be together are not"
    NOT_APART = "MV212", "two who are to be apart are not"
    UP_STEPS = "MV213", "a participant who needs a step-free room is not in one"
    NO_ROOMS = "MV214", "open rooms cannot be chosen so that all fit"
    ATTENDED_TWICE = "MV215", "a participant is in one session more than once"
    LEFT_EARLY = "MV216", "a participant is not in a session through all the rounds of it"
    OTHER_EMAIL = "MV217", "a participant has another email than in an earlier assignment", Severity.WARNING
    OTHER_WISHES = "MV218", "the wishes are of nobody who is in an assignment"
    OTHER_PEOPLE = "MV219", "an earlier assignment has nobody of those who take part now"
    CANCELLED_SESSION = "MV220", "a participant is in a session that is cancelled"
    TOO_FEW_OF_ONE = "MV222", "fewer of one grade, or of another group, in a session than it needs"

    # What a program is begun from.
    NO_TABLE_OF_SESSIONS = (
        "MV240",
        "a table of sessions without titles, or a cell that its heading does not fit",
    )
    NO_SCHEDULE = "MV241", "neither a schedule.json nor a schedule.xml of pretalx or frab"

    # What is told of sessions that were placed.
    NOTHING_TO_KEEP = "MV242", "plan --keep: nothing is placed yet of a round, or of a session"
    TRACK_AT_ONCE = "MV243", "validate: sessions of one track run at the same time", Severity.WARNING

    # A certificate as text and JSON.
    CERTIFICATE_NOT_UTF8 = "MV301", "the file is in another encoding, or no text at all"
    NOT_JSON = "MV302", "this is not JSON"
    CERTIFICATE_TOO_LARGE = "MV303", "more bytes than any certificate has, or nested too deep"
    CERTIFICATE_DOUBLED_KEY = "MV304", "a key appears twice in one object"

    # Its keys and values.
    CERTIFICATE_UNKNOWN_KEY = "MV310", "a key that means nothing here"
    CERTIFICATE_MISSING_KEY = "MV311", "a required key is missing"
    CERTIFICATE_WRONG_VALUE = "MV312", "a value of the wrong type, or out of its range"
    CERTIFICATE_UNKNOWN_CRITERION = "MV313", "there is no such criterion"
    OTHER_FORMAT = "MV314", "another version of midtvejs wrote it"


MEANINGS: Mapping[str, str] = {fault.value: fault.meaning for fault in Fault}
