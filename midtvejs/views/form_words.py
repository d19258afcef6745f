"""What the form says to those who fill it in, in Danish and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """``editor`` is for whoever makes an online form of the text; ``ranks`` are the labels of a grid."""

    editor: str
    ranks: tuple[str, ...]
    title: str
    how: str
    together: str
    after_deadline: str
    short_lists: str
    deadline: str
    name: str
    email: str
    organisation: str
    attends: str
    nothing_is_all: str
    step_free: str
    yes_or_no: tuple[str, str]
    wishes_sheet: str
    sessions_sheet: str
    round: str
    time: str
    code: str
    session: str
    presenters: str
    room: str
    seats: str
    option: str
    wish: str
    choose: str
    not_an_option: str


DANISH = FormWords(
    editor="""\
[Til dig, der laver formularen; dette afsnit skal ikke med.
Microsoft Forms: hver runde er et spørgsmål af typen "Rangering" (Ranking).
Google Forms: hver runde er et "Gitter med flere valgmuligheder" (Multiple choice grid),
sessionerne som rækker, {} som kolonner og højst ét svar pr. kolonne.
Indsamler formularen selv e-mailadresser, så udelad spørgsmålet om dem.]""",
    ranks=("1. prioritet", "2. prioritet", "3. prioritet"),
    title="{}: dine ønsker",
    how="I hver runde holdes flere sessioner på samme tid, og du får plads i én af dem. "
    "Sæt dem i den rækkefølge, du helst vil være med i dem: den bedste først.",
    together="Alles ønsker fordeles samlet.",
    after_deadline="Alles ønsker fordeles samlet, når fristen er udløbet.",
    short_lists="Det gælder ikke om at svare først, og det giver ingen fordel kun at nævne få.",
    deadline="Svar senest den {}.",
    name="Navn",
    email="E-mail",
    organisation="Organisation",
    attends="Hvilke runder deltager du i?",
    nothing_is_all="Tomt betyder alle:",
    step_free="Har du brug for niveaufri adgang?",
    yes_or_no=("ja", "nej"),
    wishes_sheet="Ønsker",
    sessions_sheet="Sessioner",
    round="Runde",
    time="Tid",
    code="Kode",
    session="Titel",
    presenters="Oplægsholdere",
    room="Lokale",
    seats="Pladser",
    option="Valgmulighed",
    wish="{}. ønske",
    choose="Vælg på listen. Hver session kan kun vælges én gang.",
    not_an_option="Vælg en af rundens sessioner på listen.",
)

ENGLISH = FormWords(
    editor="""\
[For you who make the form; leave this paragraph out of it.
Microsoft Forms: each round is a question of the type "Ranking".
Google Forms: each round is a "Multiple choice grid" with the sessions as rows,
{} as columns, and one response per column at most.
If the form collects email addresses itself, leave out the question for them.]""",
    ranks=("1st choice", "2nd choice", "3rd choice"),
    title="{}: your wishes",
    how="In each round several sessions are held at the same time, and you get a seat in one of them. "
    "Put them in the order in which you would like to attend them: the best one first.",
    together="Everybody's wishes are met together.",
    after_deadline="Everybody's wishes are met together, after the deadline.",
    short_lists="It is of no use to answer first, nor to name only a few.",
    deadline="Please answer no later than {}.",
    name="Name",
    email="Email",
    organisation="Organisation",
    attends="Which rounds do you attend?",
    nothing_is_all="Nothing means all:",
    step_free="Do you need a way without steps?",
    yes_or_no=("yes", "no"),
    wishes_sheet="Wishes",
    sessions_sheet="Sessions",
    round="Round",
    time="Time",
    code="Code",
    session="Title",
    presenters="Presenters",
    room="Room",
    seats="Seats",
    option="Option",
    wish="Wish no. {}",
    choose="Choose from the list. Each session can be chosen once.",
    not_an_option="Choose one of the round's sessions from the list.",
)


def form_words(language: str) -> FormWords:
    """Give the words of ``da``; everything else is read in English."""
    return DANISH if language == "da" else ENGLISH
