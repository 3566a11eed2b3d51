"""A conference of four sessions that is planned three times; every number that is checked can be counted by hand.

Special: Jo is in two sessions and has an address; Kim is in all of them; Rith has none, so mails for him are handed over. The
second plan moves one session, cancels one and holds a new one; the third moves the same session once more. Jo's name is not
ASCII.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from planner.plan import Placement, Plan
from planner.scenario import Scenario
from planner.scenario_file import scenario_text
from planner.store import Publication, Signature, Store, publish
from planner.store.submission import Submission, parse_submission
from tests.verify.build import Spot, conference, delegate, delegation, meeting, plan, scenario

MOMENT = datetime(2026, 1, 20, 9, tzinfo=UTC)
KIM, JO, RITH = "delegate/kim", "delegate/jo", "delegate/rith"
PEOPLE: dict[str, tuple[str, ...]] = {"KOR": ("kim",), "JPN": ("jo",), "KHM": ("rith",)}


@cache
def first() -> Submission:
    """The plan before the conference: m-1 and m-2 with Japan, m-3 with Cambodia; m-4 is left out."""
    return _submission(_scenario(), _spot("m-1", "5 09:00"), _spot("m-2", "5 10:30"), _spot("m-3", "5 12:00", "KHM"))


@cache
def second() -> Submission:
    """The first plan changed: m-1 is moved, m-2 is cancelled, m-4 is held."""
    given = _scenario(cancelled=["m-2"], replanning=_replanning(first().plan))
    spots = (_spot("m-1", "5 13:30"), _spot("m-3", "5 12:00", "KHM"), _spot("m-4", "5 15:30"))
    return _submission(given, *spots, created_days=1)


@cache
def third() -> Submission:
    """The second plan changed: m-1 is moved once more."""
    given = _scenario(cancelled=["m-2"], replanning=_replanning(second().plan))
    spots = (_spot("m-1", "5 10:00"), _spot("m-3", "5 12:00", "KHM"), _spot("m-4", "5 15:30"))
    return _submission(given, *spots, created_days=2)


@cache
def afresh() -> Submission:
    """Another plan of the same conference, made from scratch."""
    return _submission(_scenario(), _spot("m-1", "6 09:00"), _spot("m-2", "6 10:30"), created_days=1)


def signed(by: str = "Ana", why: str = "First plan", day: int = 0) -> Signature:
    return Signature(by, why, MOMENT + timedelta(days=day))


def publish_first(path: Path) -> Store:
    """Return a new store in which the first plan is published."""
    store = Store(path, make=True)
    publish(store, first(), signed())
    return store


def publish_second(store: Store) -> Publication:
    return publish(store, second(), signed("Ben", "Moved", 1))


def publish_third(store: Store) -> Publication:
    return publish(store, third(), signed("Ana", "Moved again", 2))


def write_folder(folder: Path, submission: Submission) -> Path:
    """Write a submission as solve and replan do."""
    folder.mkdir()
    (folder / "scenario.yaml").write_text(submission.scenario_text, encoding="utf-8")
    (folder / "plan.json").write_text(submission.plan.to_json(), encoding="utf-8")
    return folder


def _scenario(**more: Any) -> Scenario:
    return scenario(
        conference=conference(organiser={"name": "Büro", "mail": "office@example.org"}),
        delegations=[
            delegation("KOR", delegates=[delegate("kim", mail="kim@kor.example")]),
            delegation("JPN", delegates=[{**delegate("jo", mail="jo@jpn.example"), "name": "丈 Jō"}]),
            delegation("KHM", delegates=[delegate("rith")]),
        ],
        sessions=[_meeting("m-1"), _meeting("m-2"), _meeting("m-3", "KHM"), _meeting("m-4")],
        **more,
    )


def _meeting(name: str, guest: str = "JPN") -> dict[str, Any]:
    return meeting(name, "KOR", guest, title=f"Talks {name}")


def _spot(session: str, start: str, guest: str = "JPN") -> Spot:
    return Spot(session, start, delegates={name: PEOPLE[name] for name in ("KOR", guest)})


def _submission(given: Scenario, *spots: Spot, created_days: int = 0) -> Submission:
    made = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=created_days)
    return parse_submission(scenario_text(given), plan(given, *spots, created_at=made).to_json().encode())


def _replanning(before: Plan) -> dict[str, Any]:
    return {"now": "2026-02-05T08:00", "told": [_told(each) for each in before.placements]}


def _told(placement: Placement) -> dict[str, Any]:
    return {
        "session": placement.session,
        "start": placement.start.replace(tzinfo=None),
        "end": placement.end.replace(tzinfo=None),
        "room": placement.room,
        "teams": placement.teams,
        "delegates": placement.delegates,
        "language": placement.working_language,
    }
