"""What headings of people say in languages in which nothing is written: forms come in them, too."""

from __future__ import annotations

from collections.abc import Mapping

from midtvejs.domain.words.words import HeadingWords

DE = HeadingWords(
    columns={
        "name": (
            *("name", "vor- und nachname", "vor- und zuname", "vollständiger name", "voller name", "vorname"),
            *("rufname",),
        ),
        "surname": ("nachname", "familienname", "zuname"),
        "email": (
            *("e-mail", "email", "e-mail-adresse", "e-mailadresse", "emailadresse", "email-adresse"),
            *("mail", "mailadresse", "mail-adresse"),
        ),
        "organisation": (
            *("organisation", "gemeinde", "firma", "unternehmen", "einrichtung", "schule", "institution"),
        ),
        "step_free": ("stufenloser zugang", "barrierefreier zugang"),
        "attends": ("teilnahme an", "runden"),
        "with": (
            *("zusammen mit", "wunschpartner", "wunschpartnerin", "wunschpartner/in", "freunde", "freund"),
            *("freundin", "freundinnen", "mit wem", "partner", "mit wem möchtest du zusammen sein"),
            *("mit wem möchten sie zusammen sein", "ich möchte zusammen sein mit", "freund/in"),
        ),
        "timestamp": ("zeitstempel", "fertigstellungszeit", "abgabezeitpunkt", "datum der abgabe"),
    },
    first_name=("vorname", "rufname"),
    last_first=("name vorname",),
    conjunctions=("und", "u."),
    attendees=(
        *("schüler", "schülers", "schülerin", "schüler/in", "schüler/-in", "schüler:in", "schüler*in"),
        *("schüler_in", "schülerinnen", "kind", "kindes", "kinds", "kinder", "teilnehmer", "teilnehmers"),
        *("teilnehmerin", "teilnehmer/in", "teilnehmer/-in", "teilnehmer:in", "teilnehmer*in"),
        *("teilnehmende", "teilnehmenden", "mitarbeiter", "mitarbeiters", "mitarbeiterin"),
        *("mitarbeiter/in", "mitarbeiter/-in", "mitarbeiter:in", "mitarbeiter*in", "mitarbeitende"),
        *("student", "studenten", "studentin", "studierende", "studierenden", "person"),
    ),
    of_whom=("des", "der", "der/des", "des/der", "ihres", "deines", "eures"),
    asking=("wie ist", "wie lautet", "wie heisst", "bitte", "angabe", "eingabe"),
    possessives=("ihr", "ihre", "dein", "deine", "der", "die", "das"),
    people=(
        *("name", "vorname", "nachname", "familienname", "kind", "kindes", "schüler", "schülerin"),
        *("teilnehmer", "teilnehmerin", "mitarbeiter", "mitarbeiterin", "eltern", "mutter", "vater"),
        *("erziehungsberechtigte", "erziehungsberechtigter", "lehrer", "lehrerin", "klassenlehrer"),
    ),
    belonging=(
        *("klasse", "klassenstufe", "stufe", "jahrgang", "jahrgangsstufe", "zug", "gruppe", "team", "kurs"),
        *("abteilung", "kürzel", "alter", "geboren", "geburtstag", "geburtsdatum", "benutzer"),
        *(
            "benutzername",
            "konto",
            "telefon",
            "telefonnummer",
            "handy",
            "handynummer",
            "geburtsjahr",
            "anschrift",
            "adresse",
        ),
        *("plz", "matrikelnummer", "personalnummer"),
    ),
    chosen=(
        *("menü", "essen", "gericht", "mahlzeit", "mittagessen", "abendessen", "kost", "allergien"),
        *("grösse", "anreise"),
    ),
)

FR = HeadingWords(
    columns={
        "name": (
            *(
                "nom",
                "nom complet",
                "prénom et nom",
                "prénom nom",
                "prénom, nom",
                "participant",
                "participante",
                "prénom",
            ),
        ),
        "surname": ("nom de famille", "nom de naissance"),
        "email": (
            *("e-mail", "email", "courriel", "adresse e-mail", "adresse email", "adresse mail"),
            *("adresse courriel", "adresse électronique", "mail", "mél"),
        ),
        "organisation": (
            *("organisation", "organisme", "commune", "entreprise", "société", "établissement", "école"),
        ),
        "step_free": ("accès sans marches", "accès de plain-pied"),
        "attends": ("participe à", "tours"),
        "with": (
            *("avec", "avec qui", "amis", "ami", "amie", "amies", "copain", "copains", "copine", "binôme"),
            *("avec qui veux-tu être", "avec qui voulez-vous être", "avec qui aimerais-tu être"),
        ),
        "timestamp": ("horodateur", "heure de fin", "date de soumission"),
    },
    first_name=("prénom",),
    last_first=("nom prénom", "nom prénoms"),
    conjunctions=("et",),
    attendees=(
        *("élève", "enfant", "participant", "participante", "participant(e)", "étudiant", "étudiante"),
        *("étudiant(e)", "employé", "employée", "salarié", "salariée", "stagiaire", "personne"),
    ),
    of_whom=("de", "de l'", "de l’", "de la", "du", "de votre", "de ton"),
    asking=("quel est", "quelle est", "indiquez", "saisissez", "entrez"),
    possessives=("votre", "ton", "ta", "le", "la"),
    people=(
        *("nom", "prénom", "enfant", "élève", "étudiant", "étudiante", "participant", "participante"),
        *("employé", "employée", "salarié", "salariée", "parent", "parents", "mère", "père", "professeur"),
    ),
    belonging=(
        *("classe", "niveau", "année", "groupe", "équipe", "section", "service", "département"),
        *("initiales", "âge", "né", "née", "naissance", "utilisateur", "identifiant", "compte"),
        *("téléphone", "portable", "adresse", "matricule"),
    ),
    chosen=("menu", "repas", "plat", "déjeuner", "dîner", "régime", "allergies", "taille", "transport"),
)

SV = HeadingWords(
    columns={
        "name": (
            *("namn", "fullständigt namn", "för- och efternamn", "förnamn och efternamn", "deltagare"),
            *("förnamn", "tilltalsnamn", "namnet"),
        ),
        "surname": ("efternamn",),
        "email": (
            *("e-post", "e-postadress", "epost", "epostadress", "mejl", "mejladress", "mail", "mailadress"),
        ),
        "organisation": (
            *("organisation", "kommun", "företag", "verksamhet", "arbetsplats", "skola", "institution"),
        ),
        "step_free": ("stegfri tillgång", "tillgång utan trappor"),
        "attends": ("deltar i", "rundor", "omgångar"),
        "with": (
            *("tillsammans med", "kompis", "kompisar", "vän", "vänner", "med vem", "önskar vara med"),
            *("vem vill du vara med", "vem vill du vara tillsammans med", "jag vill vara med"),
        ),
        "timestamp": ("tidsstämpel", "tidstämpel", "slutförandetid", "datum inskickat"),
    },
    first_name=("förnamn", "tilltalsnamn"),
    last_first=("efternamn först",),
    conjunctions=("och",),
    attendees=(
        *("elev", "eleven", "elevens", "elevs", "barn", "barnet", "barnets", "barns", "deltagare"),
        *("deltagaren", "deltagarens", "deltagares", "student", "studenten", "studentens", "medarbetare"),
        *("medarbetaren", "medarbetarens", "anställd", "anställde", "anställdes", "person", "personens"),
    ),
    of_whom=("på", "för"),
    asking=("vad är", "ange", "skriv", "skriv in", "fyll i"),
    possessives=("ditt", "din"),
    people=(
        *("namn", "förnamn", "efternamn", "barn", "barnets", "elev", "elevens", "student", "deltagare"),
        *("medarbetare", "anställd", "förälder", "vårdnadshavare", "mamma", "pappa", "lärare", "mentor"),
    ),
    belonging=(
        *("klass", "årskurs", "årskull", "grupp", "team", "lag", "avdelning", "initialer", "ålder", "född"),
        *("födelsedag", "födelsedatum", "användare", "användarnamn", "konto", "telefon"),
        *("telefonnummer", "mobil", "mobilnummer", "adress", "postnummer", "födelseår"),
    ),
    chosen=("meny", "mat", "måltid", "rätt", "lunch", "middag", "kost", "allergier", "storlek", "transport"),
)

HEADINGS: Mapping[str, HeadingWords] = {"de": DE, "fr": FR, "sv": SV}
"""By ISO 639."""
