"""What looks like a flaw and is none stays allowed."""

from __future__ import annotations

import pytest

from tests.input.support import edited, flaws_of

PRAYER = "delegations: [IDN], start: 2026-02-06T13:00, end: 2026-02-06T14:00"
WINDOW = "windows: [{start: 2026-02-05T10:00, end: 2026-02-05T18:00}]"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(PRAYER, "start: 2026-02-05T10:00, end: 2026-02-05T11:00", id="blocks that touch"),
        pytest.param(
            PRAYER, "blocks: [], start: 2026-02-05T09:00, end: 2026-02-05T10:00", id="blocks that hold nobody"
        ),
        pytest.param(
            PRAYER,
            "room: annex, blocks: [room], start: 2026-02-05T09:00, end: 2026-02-05T10:00",
            id="blocks of two rooms",
        ),
        pytest.param(
            "rooms:\n",
            f"  - {{id: mass, title: Mass, kind: prayer, {PRAYER.replace('IDN', 'KHM')}}}\nrooms:\n",
            id="blocks of two delegations",
        ),
        pytest.param(PRAYER, "start: 2026-02-05T19:00, end: 2026-02-05T22:00", id="a reception after hours"),
        pytest.param(
            WINDOW,
            "windows: [{start: 2026-02-05T10:00, end: 2026-02-05T12:00}, {start: 2026-02-05T12:00, end: 2026-02-05T18:00}]",
            id="windows that touch",
        ),
        pytest.param(
            WINDOW, "windows: [{start: 2026-02-04T00:00, end: 2026-02-05T09:30}]", id="a window that begins before"
        ),
        pytest.param("at_least: 1", "at_least: 2", id="a quorum of all"),
        pytest.param(
            "at_least: 1}\n    leads:\n      - {id: lead-1, title: Wallet, shared_by: KHM, shared_with: [IDN]}",
            "at_least: 1}\n    format: any\n    leads:\n      - {id: lead-1, title: Wallet, shared_by: KHM, shared_with: [KOR]}",
            id="a quorum of an open format, and a lead that the leader is to know",
        ),
        pytest.param(
            "of: [KHM, IDN], at_least: 1}\n    leads:\n      - {id: lead-1, title: Wallet, shared_by: KHM, shared_with: [IDN]}",
            "of: [KHM], at_least: 1}\n    format: bilateral",
            id="a quorum of one in a bilateral case",
        ),
        pytest.param(
            "optional: [IDN], format: any, minutes: 60}\n  - {id: case-4, title: Egret, leader: KHM, required: [KOR]}",
            "format: any, minutes: 60}\n  - {id: case-4, title: Egret, leader: KHM, format: bilateral, "
            "quorum: {of: [KOR, IDN], at_least: 1}}",
            id="a quorum of a bilateral case that is held in a session of the list",
        ),
        pytest.param("of: [KHM, IDN], at_least: 1", "of: [KOR, KHM, IDN], at_least: 2", id="a leader in a quorum"),
        pytest.param("team: 2}", "team: 1}", id="officers of one team"),
        pytest.param("officer_of: [case-2], team: 2", "officer_of: [case-1, case-2]", id="an officer of no team"),
        pytest.param("leader: KOR, required: [UNODC]", "required: [KOR, UNODC]", id="a session without a leader"),
        pytest.param("cases: [case-4]", "cases: [case-4, case-3]", id="a session of two cases"),
        pytest.param("id: joint,", "id: case-4,", id="a session named like the case that it holds"),
        pytest.param("start: 2026-02-05T10:30", "start: 2026-02-06T16:30", id="a pin at the last slot"),
        pytest.param("session: case-1, start", "session: case-3.KOR, start", id="a pin of a bilateral part"),
        pytest.param("minutes: 60", "minutes: 540", id="a session as long as the longest day"),
        pytest.param(
            "shared_by: KHM, shared_with: [IDN]", "shared_by: IDN, shared_with: []", id="a lead for the leader only"
        ),
        pytest.param("[[km, en]]", "[[km, en], [km, ko]]", id="two pairs with a language in common"),
        pytest.param("{minutes: 10}}", "{minutes: 0}}", id="a parameter of zero"),
    ],
)
def test_near_misses_of_wrong_input_are_sound(old: str, new: str) -> None:
    assert flaws_of(edited((old, new))) == []


def test_a_day_of_summer_time_without_the_change_is_sound() -> None:
    """The clock is changed at 02:00 of the first day, before it opens."""
    text = (
        edited(("Asia/Seoul", "Europe/Berlin")).replace("2026-02-05", "2026-03-29").replace("2026-02-06", "2026-03-30")
    )
    assert flaws_of(text) == []
