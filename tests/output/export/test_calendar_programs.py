"""What other programs make of calendars that are sent again; each test needs the program that it asks."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

from midtvejs.output.export.wanted import ALL_OF_IT
from tests.output import workshops
from tests.output.export.test_sent_again import IDA, known, moved, only_changed, sent, without
from tests.output.midsummer import seated

KHAL = shutil.which("khal", path=Path(sys.executable).parent)
LIBICAL = ctypes.util.find_library("ical")
KHAL_CONFIG = """\
[calendars]
[[day]]
path = {folder}/day
[default]
default_calendar = day
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Europe/Copenhagen
default_timezone = Europe/Copenhagen
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED")


def sent_of_all_kinds() -> Mapping[str, str]:
    """Calendars with and without an organiser, of days that were moved, cut short, cancelled."""
    day = known(seated())
    away = moved(day, IDA, "", "S1")
    made = {
        "first": sent(day),
        "again": sent(moved(day, IDA, "1B", "S1"), sent(day)),
        "away": sent(away, sent(day)),
        "gone": only_changed(day, without(day, IDA)),
        "nobody's": sent(known(seated(), contact=None)),
        "each": sent(workshops.seated(), wanted=replace(ALL_OF_IT, one_file_each=True)),
    }
    return {f"{kind}/{path}": text for kind, files in made.items() for path, text in files.items()}


def test_what_is_published_has_what_rfc_5546_asks_for() -> None:
    """Its table 3.2.1: PUBLISH needs an organiser, these properties stand once, nobody is invited."""
    for name, text in sent_of_all_kinds().items():
        calendar = Calendar.from_ical(text)
        events = calendar.walk("VEVENT")
        assert events, name
        for event in events:
            assert ("METHOD" in calendar) is ("ORGANIZER" in event), name
            for property_ in ONCE:
                assert event.get(property_) is not None, name
                assert not isinstance(event[property_], list), name
            assert "ATTENDEE" not in event, name


@pytest.mark.skipif(not LIBICAL, reason="libical is not installed")
def test_libical_finds_nothing_wrong() -> None:
    library = ctypes.CDLL(LIBICAL or "")
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for asked in (library.icalrestriction_check, library.icalcomponent_count_errors):
        asked.restype, asked.argtypes = ctypes.c_int, [ctypes.c_void_p]
    for name, text in sent_of_all_kinds().items():
        parsed = library.icalparser_parse_string(text.encode())
        assert parsed, name
        assert library.icalrestriction_check(parsed), name
        assert library.icalcomponent_count_errors(parsed) == 0, name


def khal(folder: Path, *words: str) -> str:
    command = [KHAL or "khal", "-c", str(folder / "config"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.skipif(not KHAL, reason="khal is not installed")
def test_khal_puts_the_new_one_in_the_place_of_the_old(tmp_path: Path) -> None:
    (tmp_path / "day").mkdir()
    (tmp_path / "config").write_text(KHAL_CONFIG.format(folder=tmp_path), encoding="utf-8")
    day = known(seated())
    first = sent(day)
    titles: list[list[str]] = []
    for files in (first, sent(moved(day, IDA, "1B", "S1"), first)):
        own = _own(files)
        (tmp_path / "own.ics").write_bytes(own.encode())
        khal(tmp_path, "import", "--batch", "-a", "day", str(tmp_path / "own.ics"))
        titles.append(
            khal(tmp_path, "list", "-a", "day", "2018-06-22", "1d", "--format", "{title}").splitlines()
        )
    before, after = ([line for line in each if line.startswith(("1", "S"))] for each in titles)
    assert [line[:2] for line in before] == ["1A", "S1"]
    assert [line[:2] for line in after] == ["1B", "S1"]


def _own(files: Mapping[str, str]) -> str:
    (text,) = (text for path, text in files.items() if path.startswith("calendars/ida-"))
    return text
