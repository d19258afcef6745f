"""The prices that a round has by itself: of seats, of shares for those of a trait, and of groups apart.

In given rooms a round is a flow (flows/network.py): of people to what their organisation may have of a
session, and on to its seats. What one seat more would save there is its price, what one more of an
organisation would save is that of its share, and what one fewer who must be there would save is that of a
least audience.

A flow counts nobody twice: for their organisation and for a group that is to be apart. So each of such a
group pays for a session what the group has as its price there; and these prices are found by a flow of the
groups alone, in which people pay for seats and shares. A flow with people paying those tells mostly what a
linear program does of all at once; to go on like that, each in turn, hardly tells more.

Legend, with a pencil: 1A has a seat for each of four people of Vejle, who all want it most, but two of Vejle
are allowed, and one step further down is 1B. The seats of 1A are worth nothing, as there are enough of them;
the share of Vejle is worth 1 step. Åse of Vejle and Bo of Ribe are to be apart, and both want 1B: that they
have it is worth 1 step or more to each, so that one of them goes elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from midtvejs.solving.flows.network import NOTHING, Asked, seat_kinds
from midtvejs.solving.instance.arrays import Flags, Ints
from midtvejs.solving.prices.lists import NEVER
from midtvejs.solving.prices.parties import pairs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """Those with the same costs, in 1 / SCALE, trait and group; ``counts`` how many there are.

    ``groups`` tells in which of those they are that are to be apart, if in any. ``needs`` tells whether they
    need a way without steps, or are together with somebody who does.
    """

    costs: Ints
    counts: Ints
    traits: Ints
    groups: Ints
    needs: Flags

    @property
    def any_apart(self) -> bool:
        """Whether any of them are of a group that is to be apart."""
        return bool((self.groups != NOTHING).any())

    def paying(self, apart: Ints) -> Kinds:
        """Return them with what those of groups pay, ``apart[group, session]``, as a part of their costs."""
        nothing = np.zeros((1, self.costs.shape[1]), dtype=np.int64)
        paid = np.vstack([apart, nothing])[self.groups]
        return replace(self, costs=np.where(self.costs < NEVER, self.costs + paid, NEVER))


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """The prices of a flow: of ``seats[session]``, ``shares[trait, session]`` and ``apart[group, session]``.

    At these it ``comes_to`` so much, in 1 / SCALE; ``is_kept`` tells whether the flow keeps what is asked.
    """

    seats: Ints
    shares: Ints
    apart: Ints
    comes_to: int
    is_kept: bool


def price_alone(kinds: Kinds, asked: Asked, groups: int) -> Priced | None:
    """Return prices that tell about the most of a round, with so many ``groups`` that are to be apart.

    None where nothing is open to somebody, or what is asked cannot be kept.
    """
    priced = price_by_flow(kinds, asked, np.zeros((groups, len(asked.most)), dtype=np.int64))
    if priced is None or not priced.is_kept:
        return None
    if not kinds.any_apart:
        return priced
    again = price_by_flow(kinds, asked, price_groups(kinds, priced))
    return again if again and again.is_kept and again.comes_to > priced.comes_to else priced


def price_by_flow(kinds: Kinds, asked: Asked, apart: Ints, *, dear: int = 0) -> Priced | None:
    """Return the prices that a flow has where groups have theirs, ``apart[group, session]``.

    None where nothing is open to somebody. ``dear`` is as in ``prices_within``.
    """
    paying = kinds.paying(apart)
    flow = seat_kinds(paying.costs, paying.counts, paying.traits, asked)
    if flow is None:
        return None
    seats, shares = prices_within(paying.costs, flow, paying.traits, asked, dear=dear)
    of_trait = _count_in_sessions(paying, flow, len(asked.most_of))
    broken = asked.broken(flow.sum(axis=0), of_trait)
    of_seats = int((flow * np.where(flow > 0, paying.costs, 0)).sum())
    # Of what is cancelled nobody has a share.
    given_back = int(apart[:, asked.most > 0].sum())
    return Priced(
        seats=seats,
        shares=shares,
        apart=apart,
        comes_to=of_seats + asked.pair * int(pairs_of(of_trait).sum()) - given_back,
        is_kept=not any(each.any() for each in broken),
    )


def _count_in_sessions(kinds: Kinds, flow: Ints, many: int) -> Ints:
    """Count those of each trait in each session."""
    of_trait = np.zeros((many, flow.shape[1]), dtype=np.int64)
    having = kinds.traits != NOTHING
    np.add.at(of_trait, kinds.traits[having], flow[having])
    return of_trait


def price_groups(kinds: Kinds, priced: Priced) -> Ints:
    """Return the prices of groups at which no two of one are in a session, as seats and shares are priced."""
    members = kinds.groups != NOTHING
    nothing = np.zeros((1, len(priced.seats)), dtype=np.int64)
    costs, traits = kinds.costs[members], kinds.traits[members]
    ways = costs + priced.seats + np.vstack([priced.shares, nothing])[traits]
    # What somebody pays wherever they are decides nothing, and what is too dear for all is closed.
    further = ways - ways.min(axis=1, keepdims=True)
    dearest = int(costs[costs < NEVER].max(initial=0)) + int(priced.apart.max(initial=0))
    is_open = (costs < NEVER) & (further <= (dearest + 1) * len(priced.seats))
    counts, groups = kinds.counts[members], kinds.groups[members]
    anybody, nobody = np.full(len(priced.seats), counts.sum()), np.zeros(len(priced.seats), dtype=np.int64)
    one_of_each = np.ones_like(priced.apart)
    asked = Asked(most=anybody, least=nobody, most_of=one_of_each, least_of=np.zeros_like(one_of_each))
    ways = np.where(is_open, further, NEVER)
    flow = seat_kinds(ways, counts, groups, asked)
    if flow is None:
        return priced.apart
    _, apart = prices_within(ways, flow, groups, asked)
    return apart


def prices_within(costs: Ints, flow: Ints, traits: Ints, asked: Asked, *, dear: int = 0) -> tuple[Ints, Ints]:
    """Return what a seat of each session is worth, and a share of it for each trait, as seats are taken.

    ``flow[kind, session]`` costs the least of all that keep what is ``asked``. A seat is worth less than
    nothing where somebody is there only because so many have to be. What it is worth is the cost of the
    cheapest way to pass one more person on, from session to session, to a seat that is free; where there is
    none, more than any such way costs, and ``dear`` at least.
    """
    sessions, many = len(asked.most), len(asked.most_of)
    # No way is longer: it comes by each session once, or once for each trait that is full there.
    dearest = int(costs[costs < NEVER].max(initial=0)) + asked.pair * int(flow.sum())
    dear = max(dear, (dearest + 1) * sessions * min(sessions, many + 1))
    # Those without a trait come last, and have all seats to share.
    trait_of = np.where(traits == NOTHING, many, traits)
    taken = np.zeros((many + 1, sessions), dtype=np.int64)
    np.add.at(taken, trait_of, flow)
    kind, there = np.nonzero(flow)
    onward = np.full((many + 1, sessions, sessions), NEVER, dtype=np.int64)
    np.minimum.at(onward, (trait_of[kind], there), costs[kind] - costs[kind, there, None])
    full = taken >= np.vstack([asked.most_of, np.full((1, sessions), NEVER)])
    # One more costs a pair with each who is there; those without a trait, who come last, have none.
    another = asked.pair * np.vstack([taken[:many], np.zeros((1, sessions), dtype=np.int64)])
    the_last = np.maximum(0, another - asked.pair)
    seats = np.where(taken.sum(axis=0) < asked.most, 0, dear)
    shares = np.where(full, dear, seats + another)
    for _ in range((many + 1) * sessions):
        passed_on = np.minimum(shares, (onward + shares[:, None, :]).min(axis=2))
        cheaper = np.where(full, passed_on, np.minimum(passed_on, seats + another))
        left = np.minimum(seats, np.where(taken > 0, cheaper - the_last, NEVER).min(axis=0))
        if (cheaper == shares).all() and (left == seats).all():
            break
        shares, seats = cheaper, left
    return seats, np.where(full | (asked.pair > 0), np.maximum(0, shares - seats), 0)[:many]
