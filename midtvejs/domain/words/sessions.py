"""What heads the columns of a table of sessions, in each language, as people write it in small letters."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "code",
        "session code",
        "kode",
        "sessionskode",
        "nr",
        "nr.",
        "nummer",
        "no",
        "no.",
        "number",
        "id",
    ),
    "title": (
        *("title", "session", "session title", "workshop", "talk", "name of session"),
        *("titel", "sessionens titel", "oplæg", "emne", "overskrift"),
        *("tittel", "sesjon", "sesjonens tittel", "foredrag", "tema"),
    ),
    "presenters": (
        *("presenters", "presenter", "speakers", "speaker", "held by", "facilitator", "facilitators"),
        *("oplægsholder", "oplægsholdere", "underviser", "undervisere", "ved", "holdes af"),
        *("oplægsholder(e)", "underviser(e)"),
        *("foredragsholder", "foredragsholdere", "innleder", "innledere", "holdes av"),
    ),
    "by": (
        *("organisation", "organisations", "organization", "organizations", "organisation(s)", "by"),
        *("organisationer", "kommune", "kommuner", "organisasjon", "organisasjoner", "skole", "school"),
    ),
    "round": (
        *("round", "slot", "session round", "block", "runde", "blok", "modul", "blokk", "økt", "bolk"),
        *("rounds", "runder", "runde(r)", "blokke", "økter"),
    ),
    "times": ("times", "gange", "antal gange", "hvor mange gange", "ganger", "antall ganger"),
    "room": ("room", "location", "place", "lokale", "sal", "sted", "rom"),
    "seats": (
        *("seats", "capacity", "places", "max", "maximum", "max participants", "max_participants"),
        *("pladser", "antal pladser", "kapacitet", "maks", "maks.", "maks deltagere", "plads til"),
        *("maks. deltagere", "maks antal deltagere", "maks. antal deltagere", "max antal deltagere"),
        *("plasser", "antall plasser", "kapasitet", "maks deltakere", "plass til"),
    ),
    "description": ("description", "abstract", "about", "beskrivelse", "omtale", "resumé"),
    "start": (
        "start",
        "time",
        "tid",
        "tidspunkt",
        "klokkeslæt",
        "klokkeslett",
        "from",
        "begins",
        "fra",
        "starttid",
        "begynder",
        "begynner",
    ),
    "end": ("end", "to", "until", "ends", "slut", "til", "sluttid", "slutter", "slutt"),
}

EVERY_ROUND = frozenset(
    {
        *("all", "all rounds", "every", "every round", "each", "each round"),
        *("alle", "alle runder", "hver", "hver runde", "samtlige", "samtlige runder", "alle blokke"),
        *("alle økter", "hver økt", "alle bolker"),
    }
)
BOTH_ROUNDS = frozenset({"both", "both rounds", "begge", "begge runder", "begge to", "begge økter"})
ORGANISATION_BEGINS = frozenset({"region", "university", "københavns", "foreningen", "fonden"})
ORGANISATION_ENDS = (
    *("kommune", "kommuner", "regionen", "a/s", "aps", "i/s", "universitet", "universitetet", "ministeriet"),
    *("styrelsen", "skole", "skolen", "gymnasium", "gymnasiet", "hospital", "sygehus", "biblioteket"),
    *("bibliotek", "forening", "foreningen", "forbund", "fonden", "seminarium", "seminariet", "forvaltning"),
    *("forvaltningen", "center", "centret", "centeret", "institut", "instituttet"),
    *("fylkeskommune", "høgskole", "høyskole", "universitetssykehus", "departementet", "direktoratet"),
    *("university", "college", "council", "municipality", "school", "institute", "ltd", "inc", "llc", "gmbh"),
)
"""How the last word of an organisation ends, and which words one begins with, in small letters."""
