"""Session codes are short, all different, and depend on nothing but the UID."""

from __future__ import annotations

from planner.agenda.session_code import session_codes


def test_codes_are_five_letters_that_cannot_be_misread() -> None:
    codes = session_codes({str(number): f"{number}@x" for number in range(300)})
    assert {len(code) for code in codes.values()} == {5}
    assert set("".join(codes.values())) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_codes_stay_when_other_sessions_come() -> None:
    few = session_codes({"a": "1@x", "b": "2@x"})
    many = session_codes({"c": "3@x", "b": "2@x", "a": "1@x"})
    assert few == {name: many[name] for name in few}


def test_codes_that_would_be_the_same_get_longer_until_they_differ() -> None:
    uids = {str(number): f"{number}@x" for number in range(20_000)}
    codes = session_codes(uids)
    assert len(set(codes.values())) == len(uids)
    assert {len(code) for code in codes.values()} == {5, 6}
