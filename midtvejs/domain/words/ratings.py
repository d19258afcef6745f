"""The words by which people rate sessions, in each language in which forms are read: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Scale = tuple[tuple[str, ...], ...]
"""Words from the best to the worst; those of one worth stand together, and the last ones are no wishes.

A scale has as many steps in each language. Only what is never told apart is of one worth.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingWords:
    """The scales of a language, all in small letters and without commas.

    ``answer`` is read with the words for yes and no, which stand with the other words where a language has
    them; ``not_at_all`` is no wish on any scale but that of colours.
    """

    answer: Scale
    interest: Scale
    gladly: Scale
    agreement: Scale
    fitting: Scale
    degree: Scale
    priority: Scale
    colours: Scale
    not_at_all: tuple[str, ...]
    stars: tuple[str, ...]


DA = RatingWords(
    answer=(
        ("ja meget gerne", "ja helt sikkert", "helt sikkert", "helt bestemt"),
        ("ja gerne",),
        ("sandsynligvis", "ja måske"),
        ("måske",),
        ("nok ikke", "sandsynligvis ikke", "helst ikke"),
        ("helt sikkert ikke", "bestemt ikke"),
    ),
    interest=(
        ("yderst interesseret",),
        ("meget interesseret",),
        ("interesseret",),
        ("noget interesseret", "delvist interesseret"),
        ("lidt interesseret", "lidt"),
        ("ikke så interesseret", "ikke særlig interesseret", "ikke særligt interesseret"),
        ("ikke interesseret", "slet ikke interesseret", "uinteresseret"),
    ),
    gladly=(("meget gerne", "rigtig gerne"), ("gerne",), ("måske",), ("helst ikke",), ("ikke",)),
    agreement=(
        ("helt enig", "meget enig"),
        ("enig",),
        ("delvis enig", "delvist enig"),
        ("hverken eller", "hverken enig eller uenig", "neutral"),
        ("uenig", "helt uenig", "meget uenig", "delvis uenig", "delvist uenig"),
    ),
    fitting=(
        ("stemmer helt", "passer helt", "stemmer fuldt ud", "helt"),
        ("stemmer", "passer"),
        ("stemmer for det meste", "passer for det meste"),
        ("stemmer delvis", "stemmer delvist", "passer delvis", "passer delvist", "delvis", "delvist"),
        ("stemmer ikke helt", "passer ikke helt"),
        ("stemmer ikke", "stemmer slet ikke", "passer ikke", "passer slet ikke"),
    ),
    degree=(
        ("i meget høj grad",),
        ("i høj grad", "meget"),
        ("i nogen grad", "noget"),
        ("i mindre grad", "lidt"),
        ("i ringe grad",),
        ("i meget ringe grad",),
    ),
    priority=(
        ("høj prioritet", "høj"),
        ("mellem prioritet", "mellem", "middel"),
        ("lav prioritet", "lav"),
        ("ingen prioritet",),
    ),
    colours=(("grøn", "grønt"), ("gul", "gult"), ("orange",), ("rød", "rødt")),
    not_at_all=("slet ikke", "overhovedet ikke"),
    stars=("stjerne", "stjerner"),
)

NB = RatingWords(
    answer=(
        ("ja veldig gjerne", "ja helt sikkert", "helt sikkert", "definitivt"),
        ("ja gjerne",),
        ("sannsynligvis", "ja kanskje"),
        ("kanskje",),
        ("sannsynligvis ikke", "helst ikke"),
        ("helt sikkert ikke", "definitivt ikke"),
    ),
    interest=(
        ("ekstremt interessert",),
        ("veldig interessert", "svært interessert"),
        ("interessert",),
        ("noe interessert", "delvis interessert"),
        ("litt interessert", "litt"),
        ("ikke så interessert", "ikke særlig interessert"),
        ("ikke interessert", "slett ikke interessert", "uinteressert"),
    ),
    gladly=(
        ("veldig gjerne", "svært gjerne", "meget gjerne"),
        ("gjerne",),
        ("kanskje",),
        ("helst ikke",),
        ("ikke",),
    ),
    agreement=(
        ("helt enig", "svært enig"),
        ("enig",),
        ("delvis enig", "litt enig"),
        ("verken eller", "verken enig eller uenig", "nøytral"),
        ("uenig", "helt uenig", "svært uenig", "delvis uenig", "litt uenig"),
    ),
    fitting=(
        ("stemmer helt", "passer helt", "helt"),
        ("stemmer", "passer"),
        ("stemmer for det meste", "stemmer ganske bra"),
        ("stemmer delvis", "passer delvis", "delvis"),
        ("stemmer ikke helt", "passer ikke helt"),
        ("stemmer ikke", "stemmer ikke i det hele tatt", "passer ikke"),
    ),
    degree=(
        ("i svært stor grad",),
        ("i stor grad", "mye"),
        ("i noen grad", "noe"),
        ("i mindre grad", "litt"),
        ("i liten grad",),
        ("i svært liten grad",),
    ),
    priority=(
        ("høy prioritet", "høy"),
        ("middels prioritet", "middels"),
        ("lav prioritet", "lav"),
        ("ingen prioritet",),
    ),
    colours=(("grønn", "grønt"), ("gul", "gult"), ("oransje",), ("rød", "rødt")),
    not_at_all=("slett ikke", "ikke i det hele tatt", "overhodet ikke"),
    stars=("stjerne", "stjerner"),
)

EN = RatingWords(
    answer=(
        ("definitely", "yes definitely", "definitely yes", "certainly", "absolutely"),
        ("yes gladly",),
        ("probably", "probably yes", "likely"),
        ("maybe", "possibly", "perhaps", "might"),
        ("probably not", "rather not", "unlikely"),
        ("definitely not", "certainly not", "absolutely not"),
    ),
    interest=(
        ("extremely interested",),
        ("very interested", "highly interested"),
        ("interested",),
        ("somewhat interested", "moderately interested"),
        ("slightly interested", "a little interested", "a little", "slightly"),
        ("not so interested", "not very interested", "not particularly interested"),
        ("not interested", "not at all interested", "uninterested", "no interest"),
    ),
    gladly=(
        ("very gladly", "love to", "would love to", "i would love to", "i'd love to"),
        ("gladly", "would like to", "i would like to", "i'd like to"),
        ("maybe", "perhaps", "would not mind", "wouldn't mind"),
        ("rather not", "would rather not"),
        ("not",),
    ),
    agreement=(
        ("strongly agree", "completely agree", "totally agree", "fully agree"),
        ("agree",),
        ("somewhat agree", "partly agree", "partially agree", "slightly agree"),
        ("neither agree nor disagree", "neither", "neutral", "undecided"),
        (
            *("disagree", "strongly disagree", "completely disagree", "totally disagree"),
            *("somewhat disagree", "partly disagree", "slightly disagree"),
        ),
    ),
    fitting=(
        ("completely true", "very true", "entirely true"),
        ("true for me",),
        ("mostly true",),
        ("partly true", "somewhat true", "partly", "partially"),
        ("hardly true", "mostly untrue"),
        ("not true", "not at all true", "not true at all", "untrue"),
    ),
    degree=(
        ("to a very great extent", "to a very large extent"),
        ("to a great extent", "to a large extent", "very much", "a lot"),
        ("to some extent", "somewhat"),
        ("to a small extent", "to a lesser extent", "a little"),
        ("hardly",),
        ("hardly at all",),
    ),
    priority=(
        ("high priority", "high"),
        ("medium priority", "medium"),
        ("low priority", "low"),
        ("no priority", "not a priority"),
    ),
    colours=(("green",), ("yellow", "amber"), ("orange",), ("red",)),
    not_at_all=("not at all",),
    stars=("star", "stars"),
)

DE = RatingWords(
    answer=(
        ("ja sehr gern", "ja sehr gerne", "auf jeden fall", "unbedingt"),
        ("ja", "ja bitte", "ja gern", "ja gerne"),
        ("wahrscheinlich", "eher ja"),
        ("vielleicht", "eventuell"),
        ("eher nicht", "eher nein", "wahrscheinlich nicht", "lieber nicht"),
        ("nein", "nein danke", "auf keinen fall"),
    ),
    interest=(
        ("äusserst interessiert",),
        ("sehr interessiert", "stark interessiert"),
        ("interessiert",),
        ("etwas interessiert", "mässig interessiert", "teilweise interessiert"),
        ("wenig interessiert", "ein wenig interessiert", "ein wenig"),
        ("kaum interessiert", "eher nicht interessiert", "nicht so interessiert"),
        ("nicht interessiert", "gar nicht interessiert", "überhaupt nicht interessiert", "kein interesse"),
    ),
    gladly=(
        ("sehr gern", "sehr gerne"),
        ("gern", "gerne"),
        ("vielleicht", "eventuell"),
        ("lieber nicht", "ungern", "eher nicht"),
        ("nicht",),
    ),
    agreement=(
        ("stimme voll zu", "stimme völlig zu", "stimme voll und ganz zu", "stimme vollkommen zu"),
        ("stimme zu",),
        ("stimme eher zu", "stimme teilweise zu"),
        ("weder noch", "neutral", "unentschieden"),
        (
            *("stimme nicht zu", "stimme gar nicht zu", "stimme überhaupt nicht zu", "stimme eher nicht zu"),
            *("lehne ab", "lehne völlig ab"),
        ),
    ),
    fitting=(
        ("trifft voll zu", "trifft voll und ganz zu", "trifft völlig zu", "stimmt genau", "stimmt völlig"),
        ("trifft zu", "stimmt"),
        ("trifft eher zu", "stimmt eher", "trifft überwiegend zu"),
        ("trifft teilweise zu", "teils teils", "teils/teils", "teils-teils", "stimmt teilweise", "teilweise"),
        ("trifft eher nicht zu", "stimmt eher nicht", "trifft kaum zu"),
        ("trifft nicht zu", "trifft gar nicht zu", "trifft überhaupt nicht zu", "stimmt nicht"),
    ),
    degree=(
        ("in sehr hohem masse", "in sehr hohem mass"),
        ("in hohem masse", "in hohem mass", "sehr"),
        ("in gewissem masse", "in gewissem mass", "etwas"),
        ("in geringem masse", "in geringem mass", "wenig", "ein wenig"),
        ("kaum",),
        ("fast gar nicht",),
    ),
    priority=(
        ("hohe priorität", "hoch"),
        ("mittlere priorität", "mittel"),
        ("niedrige priorität", "geringe priorität", "niedrig", "gering"),
        ("keine priorität",),
    ),
    colours=(("grün",), ("gelb",), ("orange",), ("rot",)),
    not_at_all=("gar nicht", "überhaupt nicht"),
    stars=("stern", "sterne"),
)

FR = RatingWords(
    answer=(
        ("certainement", "oui certainement", "absolument", "oui absolument", "tout à fait"),
        ("oui", "oui volontiers"),
        ("probablement", "plutôt oui"),
        ("peut-être",),
        ("probablement pas", "plutôt non", "plutôt pas"),
        ("non", "non merci", "certainement pas"),
    ),
    interest=(
        ("extrêmement intéressé", "extrêmement intéressée", "extrêmement intéressé(e)"),
        ("très intéressé", "très intéressée", "très intéressé(e)", "très intéressé.e", "très intéressé·e"),
        ("intéressé", "intéressée", "intéressé(e)", "intéressé.e", "intéressé·e"),
        ("assez intéressé", "assez intéressée", "assez intéressé(e)", "moyennement intéressé"),
        ("un peu intéressé", "un peu intéressée", "un peu intéressé(e)", "un peu"),
        ("peu intéressé", "peu intéressée", "peu intéressé(e)"),
        (
            *("pas intéressé", "pas intéressée", "pas intéressé(e)", "pas intéressé.e", "pas intéressé·e"),
            *("pas du tout intéressé", "pas du tout intéressée", "pas du tout intéressé(e)"),
        ),
    ),
    gladly=(("très volontiers",), ("volontiers",), ("peut-être",), ("plutôt pas",), ("pas",)),
    agreement=(
        ("tout à fait d'accord", "totalement d'accord", "entièrement d'accord"),
        ("d'accord",),
        ("plutôt d'accord", "partiellement d'accord"),
        ("ni d'accord ni pas d'accord", "ni en accord ni en désaccord", "neutre"),
        ("pas d'accord", "pas du tout d'accord", "plutôt pas d'accord", "en désaccord"),
    ),
    fitting=(
        ("tout à fait vrai",),
        ("vrai",),
        ("plutôt vrai",),
        ("en partie vrai", "partiellement vrai", "en partie", "partiellement"),
        ("plutôt faux",),
        ("faux", "tout à fait faux", "pas du tout vrai"),
    ),
    degree=(
        ("énormément",),
        ("beaucoup",),
        ("moyennement",),
        ("un peu",),
        ("très peu",),
        ("presque pas",),
    ),
    priority=(
        ("priorité haute", "priorité élevée", "haute", "élevée"),
        ("priorité moyenne", "moyenne"),
        ("priorité basse", "priorité faible", "basse", "faible"),
        ("aucune priorité",),
    ),
    colours=(("vert", "verte"), ("jaune",), ("orange",), ("rouge",)),
    not_at_all=("pas du tout",),
    stars=("étoile", "étoiles"),
)

SV = RatingWords(
    answer=(
        ("ja mycket gärna", "absolut", "ja absolut", "definitivt"),
        ("ja", "ja tack", "ja gärna"),
        ("troligen", "förmodligen", "ja kanske"),
        ("kanske",),
        ("troligen inte", "förmodligen inte", "helst inte"),
        ("nej", "nej tack", "absolut inte", "definitivt inte"),
    ),
    interest=(
        ("extremt intresserad",),
        ("mycket intresserad", "väldigt intresserad"),
        ("intresserad",),
        ("något intresserad", "delvis intresserad"),
        ("lite intresserad", "lite"),
        ("inte så intresserad", "inte särskilt intresserad"),
        ("inte intresserad", "inte alls intresserad", "ointresserad"),
    ),
    gladly=(
        ("mycket gärna", "väldigt gärna", "jättegärna"),
        ("gärna",),
        ("kanske",),
        ("helst inte",),
        ("inte",),
    ),
    agreement=(
        ("instämmer helt", "håller helt med"),
        ("instämmer", "håller med"),
        ("instämmer delvis", "håller delvis med"),
        ("varken eller", "neutral"),
        ("instämmer inte", "instämmer inte alls", "håller inte med", "håller inte alls med"),
    ),
    fitting=(
        ("stämmer helt", "stämmer precis", "helt"),
        ("stämmer",),
        ("stämmer ganska bra",),
        ("stämmer delvis", "delvis"),
        ("stämmer ganska dåligt",),
        ("stämmer inte", "stämmer inte alls"),
    ),
    degree=(
        ("i mycket hög grad",),
        ("i hög grad", "mycket"),
        ("i viss grad", "i viss mån"),
        ("i mindre grad", "lite"),
        ("i låg grad",),
        ("i mycket låg grad",),
    ),
    priority=(
        ("hög prioritet", "hög"),
        ("medelhög prioritet", "medel"),
        ("låg prioritet", "låg"),
        ("ingen prioritet",),
    ),
    colours=(("grön", "grönt"), ("gul", "gult"), ("orange",), ("röd", "rött")),
    not_at_all=("inte alls",),
    stars=("stjärna", "stjärnor"),
)

SYMBOLS: Mapping[str, Scale] = {
    "answer": ((), ("x", "✓", "✔", "☑", "✅", "👍"), (), (), (), ("✗", "✘", "❌", "☐", "👎", "0")),
    "colours": (("🟢",), ("🟡",), ("🟠",), ("🔴",)),
    "signs": (("++",), ("+",), ("0", "o", "+/-", "±"), ("-", "--")),
    "faces": (("😀", "😃", "😄"), ("🙂", "😊"), ("😐",), ("🙁", "☹", "😞")),
}
"""What stands for words in any language: more of some scales, and scales of their own."""

RATINGS: Mapping[str, RatingWords] = {"da": DA, "de": DE, "en": EN, "fr": FR, "nb": NB, "sv": SV}
"""By ISO 639."""
