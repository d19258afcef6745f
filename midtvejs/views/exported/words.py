"""The words of exported files, in Danish and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportWords:
    """Headings, and what index.html says; ``{}`` stands for a number."""

    participants: str
    sessions: str
    first_name: str
    name: str
    email: str
    organisation: str
    calendar: str
    round: str
    time: str
    room: str
    code: str
    title: str
    role: str
    by: str
    presenters: str
    seats: str
    taken: str
    free: str
    state: str
    you_present: str
    menu: str
    program: str
    find: str
    your_name: str
    how_to_find: str
    without_script: str
    nobody: str
    one: str
    several: str
    more: str
    who_is_where: str


DANISH = ExportWords(
    participants="Deltagere",
    sessions="Sessioner",
    first_name="fornavn",
    name="navn",
    email="email",
    organisation="organisation",
    calendar="kalender",
    round="runde",
    time="tid",
    room="lokale",
    code="kode",
    title="titel",
    role="rolle",
    by="bag sessionen",
    presenters="oplægsholdere",
    seats="pladser",
    taken="optaget",
    free="ledige",
    state="status",
    you_present="Du er oplægsholder.",
    menu="Indhold",
    program="Program",
    find="Find din dag",
    your_name="Dit navn",
    how_to_find="Skriv dit navn eller en del af det.",
    without_script="Find dig selv på listerne nedenfor.",
    nobody="Ingen fundet. Prøv med en del af navnet.",
    one="1 deltager fundet.",
    several="{} deltagere fundet.",
    more="{} deltagere fundet. Skriv mere af navnet; de første er:",
    who_is_where="Hvem er hvor",
)

ENGLISH = ExportWords(
    participants="Participants",
    sessions="Sessions",
    first_name="first name",
    name="name",
    email="email",
    organisation="organisation",
    calendar="calendar",
    round="round",
    time="time",
    room="room",
    code="code",
    title="title",
    role="role",
    by="behind it",
    presenters="presenters",
    seats="seats",
    taken="taken",
    free="free",
    state="state",
    you_present="You present this session.",
    menu="Contents",
    program="Programme",
    find="Find your day",
    your_name="Your name",
    how_to_find="Type your name, or a part of it.",
    without_script="Find yourself in the lists below.",
    nobody="Nobody found. Try a part of the name.",
    one="1 participant found.",
    several="{} participants found.",
    more="{} participants found. Type more of the name; the first are:",
    who_is_where="Who is where",
)


def export_words(language: str) -> ExportWords:
    """Give the words of ``da``; everything else is read in English."""
    return DANISH if language == "da" else ENGLISH
