"""Looks through everything that readers get for what they may not know.

Written from the scenario, the plan and the files alone; shares nothing with the views. The organiser's files at the top of
the folder are not looked at.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.agenda.session_code import session_codes
from planner.formation import form_sessions, lead_parties
from planner.plan import Plan, session_uid
from planner.scenario import Case, Scenario


@dataclass(frozen=True)
class Secret:
    """A text, and the folders of the readers who may know it."""

    kind: str
    text: str
    readers: frozenset[str]


def find_leaks(scenario: Scenario, plan: Plan, root: Path) -> list[str]:
    """Return every secret in a file of a reader who may not know it, as ``path: kind text``."""
    return leaks_among(list(all_secrets(scenario, plan)), common_texts(scenario), root)


def find_leaks_of_two(
    before: tuple[Scenario, Plan], after: tuple[Scenario, Plan], root: Path, files: str = "*.*"
) -> list[str]:
    """Return every secret of two plans in a file of a reader who may know it by neither, as ``path: kind text``."""
    return leaks_among(secrets_of_two(before, after), common_texts(before[0]) | common_texts(after[0]), root, files)


def secrets_of_two(before: tuple[Scenario, Plan], after: tuple[Scenario, Plan]) -> list[Secret]:
    """Return the secrets of two plans; who may know one by either of them may know it."""
    readers: dict[tuple[str, str], frozenset[str]] = {}
    for secret in (*all_secrets(*before), *all_secrets(*after)):
        key = secret.kind, secret.text
        readers[key] = readers.get(key, frozenset()) | secret.readers
    return [Secret(*key, names) for key, names in readers.items()]


def common_texts(scenario: Scenario) -> set[str]:
    """Return what everybody may know."""
    return {
        scenario.conference.title,
        scenario.conference.venue,
        scenario.conference.organiser.name,
        *(block.title for block in scenario.blocks if block.delegations is None),
        *(room.name for room in scenario.rooms),
        *(room.building for room in scenario.rooms),
    }


def leaks_among(secrets: list[Secret], common: set[str], root: Path, files: str = "*.*") -> list[str]:
    """Return every secret in a file of a reader who may not know it; the organiser's files are left aside."""
    found = []
    for path in sorted(root.rglob(files)):
        name = path.relative_to(root).as_posix()
        folder = name.rpartition("/")[0]
        if not folder or path.is_dir():
            continue
        known = " | ".join(common | {secret.text for secret in secrets if folder in secret.readers}).casefold()
        content = _texts(path)
        folded = content.casefold()
        for secret in secrets:
            hidden = folder not in secret.readers and secret.text.casefold() not in known
            if hidden and _occurs(secret, content, folded):
                found.append(f"{name}: {secret.kind} {secret.text}")
    return found


def _texts(path: Path) -> str:
    """Return name and content of a file, as it is, unfolded, and with its escapes undone."""
    raw = path.read_bytes().decode()
    unfolded = raw.replace("\r\n ", "")
    plain = re.sub(r"\\([;,\\nN])", lambda hit: " " if hit[1] in "nN" else hit[1], unfolded)
    return "\n".join([path.name, raw, unfolded, plain, html.unescape(raw), html.unescape(re.sub(r"<[^>]*>", "", raw))])


def _occurs(secret: Secret, content: str, folded: str) -> bool:
    if secret.text.casefold() not in folded:
        return False
    flags = 0 if secret.kind == "delegation id" else re.IGNORECASE
    return re.search(rf"(?<![\w-]){re.escape(secret.text)}(?![\w-])", content, flags) is not None


def parties(case: Case) -> set[str]:
    """Return all parties of a case."""
    return {case.leader, *case.required, *case.optional, *(case.quorum.of if case.quorum else ())}


def all_secrets(scenario: Scenario, plan: Plan) -> Iterator[Secret]:
    """Yield everything that not every reader may know."""
    formed = {session.id: session for session in form_sessions(scenario)}
    cases = {case.id: case for case in scenario.cases}
    placed = {item.session: item for item in plan.placements}
    missed = {item.session for item in plan.unplaced}
    delegations = {f"delegations/{item.id}": item.id for item in scenario.delegations}
    people = {f"delegates/{who.id}": item.id for item in scenario.delegations for who in item.delegates}
    uids = {
        name: placed[name].uid
        if name in placed
        else session_uid(plan.conference, scenario.conference.domain, name, scenario.conference.secret or "")
        for name in formed
    }
    codes = session_codes(uids)

    attending: dict[str, set[str]] = {name: set() for name in formed}
    for name, item in placed.items():
        attending[name] |= {f"delegations/{party}" for party in item.teams}
        attending[name] |= {f"delegates/{who}" for group in item.delegates.values() for who in group}
    interpreting = {name: {f"interpreters/{who}" for who in item.interpreters} for name, item in placed.items()}

    def of_parties(names: set[str], about: set[str]) -> frozenset[str]:
        """Folders of delegations, and of their delegates who attend a session about one of these cases."""
        sessions = [name for name, session in formed.items() if about & set(session.cases)]
        listed = {folder for name in sessions for folder in attending[name]}
        return frozenset(
            {folder for folder, name in delegations.items() if name in names}
            | {folder for folder, name in people.items() if name in names and folder in listed}
        )

    for case in scenario.cases:
        readers = of_parties(parties(case), {case.id})
        yield Secret("case id", case.id, readers)
        yield Secret("case title", case.title, readers)
        for lead in case.leads:
            readers = of_parties(set(lead_parties(case, lead)) & parties(case), {case.id})
            yield Secret("lead id", lead.id, readers)
            yield Secret("lead title", lead.title, readers)

    for name, session in formed.items():
        present = frozenset(attending[name] | interpreting.get(name, set()))
        waiting = {f"delegations/{party}" for party in session.parties if name in missed}
        doors = {f"rooms/{placed[name].room}"} if name in placed else set()
        yield Secret("uid", uids[name], present)
        yield Secret("uuid", uids[name].partition("@")[0], present)
        yield Secret("session code", codes[name], present | waiting | doors)
        if name not in cases:
            yield Secret("session id", name, frozenset())
        given = next((item.title for item in scenario.sessions if item.id == name), None)
        if given:
            knowing = set.intersection(*(parties(cases[case]) for case in session.cases), set(delegations.values()))
            involved = attending[name] | waiting
            yield Secret(
                "session title", given, frozenset(x for x in involved if {**delegations, **people}[x] in knowing)
            )

    for delegation in scenario.delegations:
        own = frozenset(x for x, name in {**delegations, **people}.items() if name == delegation.id)
        for person in delegation.delegates:
            yield Secret("delegate", person.name, own)
            yield Secret("delegate id", person.id, frozenset())
            if person.mail:
                yield Secret("mail", person.mail, frozenset({f"delegates/{person.id}"}))
        if delegation.mail:
            yield Secret("mail", delegation.mail, frozenset({f"delegations/{delegation.id}"}))
        together = {name for name, item in placed.items() if delegation.id in item.teams}
        waiting_with = {name for name in missed if delegation.id in formed[name].parties and not formed[name].cases}
        meeting = {x for name in together for x in attending[name] | interpreting[name]}
        meeting |= {f"delegations/{party}" for name in waiting_with for party in formed[name].parties}
        for case in scenario.cases:
            if delegation.id in parties(case):
                meeting |= of_parties(parties(case), {case.id})
        yield Secret("delegation", delegation.name, own | meeting)
        yield Secret("delegation id", delegation.id, frozenset())

    for interpreter in scenario.interpreters:
        own = frozenset({f"interpreters/{interpreter.id}"})
        working = {name for name, folders in interpreting.items() if own <= folders}
        yield Secret("interpreter", interpreter.name, own.union(*(attending[x] | interpreting[x] for x in working)))
        yield Secret("interpreter id", interpreter.id, frozenset())
        if interpreter.mail:
            yield Secret("mail", interpreter.mail, own)

    for block in scenario.blocks:
        if block.delegations is not None:
            named = {x for x, name in {**delegations, **people}.items() if name in block.delegations}
            yield Secret("block", block.title, frozenset(named))
    for left_out in plan.unplaced:
        yield Secret("reason", left_out.reason, frozenset())
    yield Secret("scenario hash", plan.scenario_hash, frozenset())
