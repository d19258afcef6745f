from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from midtvejs.domain.changes import find_changes
from midtvejs.domain.new_emails import find_new_emails, follow_new_emails
from midtvejs.domain.participants import Participant, Wishes
from midtvejs.domain.seated import Seated
from tests.conferences import program


def person(name: str, email: str = "", organisation: str = "") -> Participant:
    return Participant(name=name, email=email, organisation=organisation, wishes=(Wishes(),))


def test_a_new_email_is_followed_and_the_day_with_it() -> None:
    bo, again = person("Bo Lund", "bo@old.dk"), person("bo lund", "bo@new.dk", "Ærø")
    before = Seated(
        program=program({"1A": 2}), participants=(bo, person("Åse")), days={bo.key: ("1A",), "åse": ("1A",)}
    )
    followed = follow_new_emails(before, (again, person("Åse")))
    assert followed.days == {"bo@new.dk": ("1A",), "åse": ("1A",)}
    assert [each.key for each in followed.participants] == ["bo@new.dk", "åse"]


def test_an_email_where_there_was_none() -> None:
    assert find_new_emails([person("Bo")], [person("Bo", "bo@new.dk")]).keys() == {"bo"}


def test_a_name_that_had_the_surname_first() -> None:
    assert find_new_emails([person("Lund, Bo")], [person("Bo Lund")]).keys() == {"lund, bo"}


def test_a_new_name_with_the_old_email_is_nobody_new() -> None:
    assert not find_new_emails([person("Bo Lund", "bo@x.dk")], [person("Bo Holm", "bo@x.dk")])


def test_two_people_of_one_name_are_two() -> None:
    bo, other = person("Bo", "bo@x.dk"), person("Bo", "b@y.dk")
    third = person("Bo", "bo@z.dk")
    assert not find_new_emails([bo, other], [third])
    assert not find_new_emails([bo], [other, third])
    assert not find_new_emails([bo], [bo, other])
    assert not find_new_emails([person("Bo", "b@x.dk", "Ærø")], [person("Bo", "b@y.dk", "Vejle")])


PEOPLE = st.lists(
    st.builds(person, st.sampled_from("ABC"), st.sampled_from(["", "a@x", "b@x", "c@x"])),
    unique_by=lambda each: each.key,
)


@given(PEOPLE, PEOPLE)
def test_nobody_is_lost_and_no_two_become_one(before: list[Participant], now: list[Participant]) -> None:
    day = Seated(
        program=program({"1A": 9}), participants=tuple(before), days={each.key: ("1A",) for each in before}
    )
    followed = follow_new_emails(day, now)
    assert len(followed.days) == len({each.key for each in followed.participants}) == len(before)
    assert followed.days.keys() == {each.key for each in followed.participants}


@given(PEOPLE)
def test_an_assignment_differs_in_nothing_from_itself(people: list[Participant]) -> None:
    day = Seated(
        program=program({"1A": 9}), participants=tuple(people), days={each.key: ("1A",) for each in people}
    )
    assert follow_new_emails(day, people).days == day.days
    assert find_changes(day, day) == ()
