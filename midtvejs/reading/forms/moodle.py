"""The columns that Moodle's ratingallocate adds to each choice: its title, a hyphen and a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from midtvejs.domain.participants import folded
from midtvejs.reading.forms.evidence import Evidence
from midtvejs.reading.forms.headings import Heading

LEAST_WORDS = 2
"""What a rating means, and where somebody was allocated. One column behind each session is a comment."""


def moodles_own(headings: Sequence[Heading], evidence: Evidence) -> frozenset[int]:
    """Give the columns that Moodle added; none where it did not write the table.

    It did where every choice has the same columns behind it, and the first has nothing but numbers below it.
    """
    choices = {folded(each.text): each.index for each in headings if each.label and not each.in_brackets}
    words: Mapping[str, set[str]] = defaultdict(set)
    added = set()
    for heading in headings:
        if heading.label:
            continue
        option, hyphen, word = heading.text.rpartition("-")
        choice, word = folded(option), folded(word)
        if hyphen and word and " " not in word and choices.get(choice, heading.index) < heading.index:
            words[choice].add(word)
            added.add(heading.index)
    alike = {frozenset(words[choice]) for choice in choices}
    if len(alike) != 1 or len(alike.pop()) < LEAST_WORDS:
        return frozenset()
    ratings = evidence.values([min(choices.values())])
    return frozenset(added) if all(map(str.isdigit, ratings)) else frozenset()
