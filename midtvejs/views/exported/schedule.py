"""The program as conference apps such as Giggity read it. It says what is on, and never who attends it."""

from __future__ import annotations

from functools import partial

from midtvejs.views.exported.schedule_json import schedule_json
from midtvejs.views.exported.schedule_talks import Schedule
from midtvejs.views.exported.schedule_xml import schedule_xml
from midtvejs.views.exported.wanted import Making, Wanted
from midtvejs.views.roster import Rosters


def files(rosters: Rosters, wanted: Wanted) -> Making:
    """Give schedule.xml and schedule.json, ``public`` or not."""
    del wanted
    schedule = Schedule(rosters=rosters)
    return {
        "schedule.xml": partial(schedule_xml, schedule),
        "schedule.json": partial(schedule_json, schedule),
    }
