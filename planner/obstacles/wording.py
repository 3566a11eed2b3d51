"""Obstacles in sentences, with names and numbers; for the organiser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from planner.conflict import Conflict, Member
from planner.formation import Session
from planner.obstacles.finding import Obstacle
from planner.obstacles.names import Names
from planner.problem import Problem
from planner.proofs import narrowing, sentence
from planner.proofs.wording import listed
from planner.rules import RULES
from planner.scenario import Absence, Block, Scenario
from planner.settings import settings_of
from planner.values import Window

MOST_DEMANDS = 12
"""So many demands are all said; of more, those that go without saying are left out."""

_PLAIN = frozenset({"attendance", "hours", "language"})


class Wording:
    """Says obstacles of a scenario.

    Args:
        scenario: as the organiser wrote it.
        problem: compiled from it, with what is asked for besides.
        asked: how to say a demand that is asked for besides; empty when that goes without saying.
    """

    def __init__(self, scenario: Scenario, problem: Problem, asked: Mapping[Member, str] | None = None) -> None:
        self.asked = asked or {}
        self.scenario = scenario
        self.problem = problem
        self.names = Names(scenario)
        self._about: list[str] = []
        self._sayers: dict[str, Callable[[list[str]], Iterator[str]]] = {
            "hours": self._hours,
            "blocks": self._blocks,
            "team-one-place": self._teams,
            "officer-one-place": self._officers_once,
            "officer-present": self._officers_come,
            "interpreter-one-place": self._interpreters_once,
            "room-one-session": self._rooms_once,
            "seats": self._seats,
            "features": self._features,
            "clearance": self._clearance,
            "attendance": self._attendance,
            "language": self._language,
            "buffer": self._buffer,
            "longest-run": self._longest_run,
            "most-a-day": self._most_a_day,
            "sittings": self._sittings,
            "case-order": self._order,
            "pins": self._pins,
            "kept-apart": self._kept_apart,
            "formation": self._formation,
            "past-kept": self._past,
            "most-changes": self._most_changes,
        }

    def headline(self, obstacle: Obstacle) -> str:
        """Return one sentence that says what cannot be."""
        names = [name for _, name in obstacle.sessions]
        if not names:
            return "There is no plan at all."
        if len(names) == 1:
            return f"{names[0]} cannot be held, whatever else is planned."
        if obstacle.proof is not None and len(names) > obstacle.proof.lacking + 1:
            return f"{listed(names)} cannot all be held: at least {obstacle.proof.lacking} must give way."
        return f"{listed(names)} cannot all be held."

    def reasons(self, obstacle: Obstacle) -> tuple[str, ...]:
        """Return the sentences that say why, the counting proof first."""
        said = []
        if obstacle.proof is not None:
            said.append(sentence(self.problem, obstacle.proof, self.names.of_all))
            said += self._narrowed(narrowing(self.problem, obstacle.proof))
        elif obstacle.conflict is not None:
            said += self.demands(obstacle.conflict)
        return tuple(said)

    def pins_of(self, session: str) -> tuple[str, ...]:
        """Return what the organiser has pinned of a session, in sentences."""
        return tuple(self._pins([session]))

    def _as_asked(self, members: Sequence[Member]) -> Iterator[str]:
        said = dict.fromkeys(self.asked[member] for member in members if member in self.asked)
        yield from (sentence for sentence in said if sentence)

    def _narrowed(self, members: Sequence[Member]) -> Iterator[str]:
        """What keeps sessions from other times; blocks are named only."""
        yield from self._as_asked(members)
        members = [member for member in members if member not in self.asked]
        yield from (self._window(*member.subject) for member in members if member.rule == "windows")
        yield from self._pins([member.subject[1] for member in members if member.rule == "pins"])
        blocks = dict.fromkeys(
            self.names.blocks[member.subject[1]].title for member in members if member.rule == "blocks"
        )
        if blocks:
            yield f"Other times are taken by {listed(list(blocks))}."

    def demands(self, conflict: Conflict) -> tuple[str, ...]:
        """Return a sentence for each demand of a conflict besides what is held; demands alike are said together.

        Of a long conflict, what every session needs by itself is left out.
        """
        said = list(self._as_asked(conflict.demands))
        held = {name for _, name in conflict.held}
        self._about = [one.id for one in self.names.sessions.values() if one.id in held or one.chain in held]
        by_rule: dict[str, list[Member]] = {}
        plain = _PLAIN if len(conflict.demands) > MOST_DEMANDS else frozenset()
        for member in conflict.demands:
            if member not in self.asked and member.rule not in plain:
                by_rule.setdefault(member.rule, []).append(member)
        for rule, members in by_rule.items():
            if rule == "windows":
                said += [self._window(*member.subject) for member in members]
            elif rule in self._sayers:
                said += self._sayers[rule]([member.subject[1] for member in members])
            else:
                said.append(self._wish(rule))
        if plain:
            said.append("Besides, everybody whom these sessions need comes and understands, within the hours.")
        return tuple(said)

    def _wish(self, rule: str) -> str:
        setting = settings_of(self.scenario)[rule]
        return f"The wish {RULES[rule].title!r} is made hard: it may cost {setting.parameters['at_most']} at most."

    def _session(self, name: str) -> Session:
        return self.names.sessions[name]

    def _hours(self, names: list[str]) -> Iterator[str]:
        days = sorted(self.scenario.conference.days, key=lambda day: day.date)
        hours = listed([f"{_day(day.date)} {day.opens:%H:%M}–{day.closes:%H:%M}" for day in days])
        lengths = listed([f"{name} takes {self._session(name).length_minutes} minutes" for name in names])
        yield f"The hours are {hours}; {lengths}."

    def _window(self, kind: str, name: str) -> str:
        if kind == "delegation":
            delegation = self.names.delegations[name]
            parts = [f"from {_moment(delegation.arrival)}"] if delegation.arrival else []
            parts += [f"until {_moment(delegation.departure)}"] if delegation.departure else []
            parts += [_spans(delegation.windows)] if delegation.windows else []
            return f"{delegation.name} is there only {', '.join(parts)}."
        if kind == "team":
            home, _, number = name.rpartition("/")
            delegation = self.names.delegations[home]
            away = [absence for absence in delegation.absences if absence.team == int(number)]
            return f"Team {number} of {delegation.name} is away {_spans(away)}."
        if kind == "delegate":
            person, _ = self.names.people[name]
            return f"{self.names.person(name)} is there only {_spans(person.windows)}."
        if kind == "interpreter":
            return (
                f"{self.names.interpreters[name].name} is there only {_spans(self.names.interpreters[name].windows)}."
            )
        if kind == "room":
            return f"{self.names.rooms[name].name} can be used only {_spans(self.names.rooms[name].windows)}."
        return f"{name} may only be {_spans(self._session(name).windows)}."

    def _blocks(self, names: list[str]) -> Iterator[str]:
        for name in names:
            block = self.names.blocks[name]
            yield f"{block.title} takes {_moment(block.start)}–{block.end:%H:%M} of {self._held_by(block)}."

    def _held_by(self, block: Block) -> str:
        held = []
        if "delegations" in block.blocks:
            whom = block.delegations
            held.append("all delegations" if whom is None else listed([self.names.delegation(name) for name in whom]))
        if "room" in block.blocks and block.room is not None:
            held.append(self.names.rooms[block.room].name)
        if "interpreters" in block.blocks:
            held.append("the interpreters")
        return listed(held)

    def _teams(self, names: list[str]) -> Iterator[str]:
        by_party: dict[str, list[str]] = {}
        for name in names:
            party, _, team = name.partition("/")
            by_party.setdefault(party, []).append(team)
        for party, teams in by_party.items():
            delegation = self.names.delegations[party]
            if delegation.teams == 1:
                yield f"{delegation.name} has one team, which sits in one session at a time."
            elif len(teams) == delegation.teams:
                yield f"{delegation.name} has {delegation.teams} teams, each of which sits in one session at a time."
            else:
                word = "team" if len(teams) == 1 else "teams"
                yield f"{word.capitalize()} {listed(teams)} of {delegation.name} can sit in one session at a time."

    def _officers_once(self, names: list[str]) -> Iterator[str]:
        yield from (f"{self.names.person(name)} is one person and sits in one session at a time." for name in names)

    def _officers_come(self, names: list[str]) -> Iterator[str]:
        for name in names:
            person, _ = self.names.people[name]
            team = f", with team {person.team}" if person.team else ""
            sessions = [one for one in self._about if name in self._session(one).officers]
            yield f"{self.names.person(name)} must sit in {listed(sessions) or 'it'}{team}."

    def _interpreters_once(self, names: list[str]) -> Iterator[str]:
        for name in names:
            person = self.names.interpreters[name]
            pairs = listed([f"{self.names.language(a)}–{self.names.language(b)}" for a, b in person.pairs])
            yield f"{person.name} ({pairs}) works in one session at a time."

    def _rooms_once(self, names: list[str]) -> Iterator[str]:
        for name in names:
            room = self.names.rooms[name]
            many = "one session" if room.count == 1 else f"{room.count} sessions"
            yield f"{room.name} holds {many} at a time."

    def _seats(self, names: list[str]) -> Iterator[str]:
        for name in names:
            item = next(item for item in self.problem.items if item.id == name)
            yield (
                f"{name} needs {sum(item.seats_of[party] for party in item.always)} seats for those who must be there, "
                "and one for each interpreter."
            )

    def _features(self, names: list[str]) -> Iterator[str]:
        for name in names:
            yield f"{name} needs a room with {listed(self._session(name).features)}; {self._rooms_with(name)}."

    def _rooms_with(self, name: str) -> str:
        needed = set(self._session(name).features)
        rooms = [room.name for room in self.scenario.rooms if needed <= set(room.features)]
        return f"{listed(rooms)} {'have' if len(rooms) > 1 else 'has'} that" if rooms else "no room has all of that"

    def _clearance(self, names: list[str]) -> Iterator[str]:
        for name in names:
            level = self._session(name).classification
            order = self.scenario.conference.clearances
            least = order.index(level)

            def cleared(clearance: str | None, least: int = least, order: Sequence[str] = order) -> bool:
                return (order.index(clearance) if clearance else 0) >= least

            rooms = [room.name for room in self.scenario.rooms if cleared(room.clearance)]
            parties = [self.names.delegations[party] for party in self._session(name).always]
            short = [delegation.name for delegation in parties if not cleared(delegation.clearance)]
            said = [f"of the rooms {listed(rooms)} {'are' if len(rooms) > 1 else 'is'}" if rooms else "no room is"]
            said += [f"{listed(short)} {'are' if len(short) > 1 else 'is'} not"] if short else []
            yield f"{name} is {level}, for which everybody and everything must be cleared: {', and '.join(said)}."

    def _attendance(self, names: list[str]) -> Iterator[str]:
        for name in names:
            session = self._session(name)
            needed = [self.names.delegation(party) for party in session.always]
            quorum = session.quorum
            more = ""
            if quorum:
                more = f", and {quorum.at_least} of {listed([self.names.delegation(party) for party in quorum.of])}"
            yield f"{name} needs {listed(needed)}{more}."

    def _language(self, names: list[str]) -> Iterator[str]:
        for name in names:
            item = next(item for item in self.problem.items if item.id == name)
            tongues = " or ".join(self.names.language(self.problem.languages[tag]) for tag in item.languages)
            strangers = [
                f"{self.names.delegation(party.id)} "
                f"({listed([self.names.language(self.problem.languages[tag]) for tag in sorted(party.languages)])})"
                for party in (self.problem.parties[index] for index in item.parties)
                if not party.languages & set(item.languages)
            ]
            strangers += [
                f"{self.names.person(officer.id)} "
                f"({listed([self.names.language(self.problem.languages[tag]) for tag in sorted(officer.languages)])})"
                for officer in (self.problem.officers[index] for index in item.officers)
                if officer.languages and not officer.languages >= set(item.languages)
            ]
            needs = f"; {listed(strangers)} must be interpreted" if strangers else ""
            yield f"{name} is spoken in {tongues}, and who does not speak that needs an interpreter{needs}."

    def _buffer(self, names: list[str]) -> Iterator[str]:
        minutes = settings_of(self.scenario)["buffer"].parameters["minutes"]
        who = listed([self._carrier(name) for name in names])
        yield f"{who} need{'s' if len(names) == 1 else ''} {minutes} minutes to change between two sessions, and time to walk."

    def _carrier(self, name: str) -> str:
        if name in self.names.interpreters:
            return self.names.interpreters[name].name
        party, _, team = name.partition("/")
        delegation = self.names.delegations[party]
        return delegation.name if delegation.teams == 1 else f"team {team} of {delegation.name}"

    def _longest_run(self, names: list[str]) -> Iterator[str]:
        for name in names:
            if name in self.names.interpreters:
                person = self.names.interpreters[name]
                yield (
                    f"{person.name} works {person.longest_run_minutes} minutes in a row at most, and then rests "
                    f"{person.rest_minutes} minutes."
                )
            else:
                limit = self.names.delegations[name.partition("/")[0]].longest_run
                pause = settings_of(self.scenario)["longest-run"].parameters["pause_minutes"]
                yield (
                    f"{self._carrier(name)} sits in {limit} session{'' if limit == 1 else 's'} in a row at most, "
                    f"and then has a pause of {pause} minutes."
                )

    def _most_a_day(self, names: list[str]) -> Iterator[str]:
        for carrier in dict.fromkeys(name.partition(" ")[0] for name in names):
            limit = self.names.delegations[carrier.partition("/")[0]].most_sessions_a_day
            yield f"{self._carrier(carrier)} sits in {limit} session{'' if limit == 1 else 's'} a day at most."

    def _sittings(self, names: list[str]) -> Iterator[str]:
        for name in names:
            session = self._session(name)
            gap = f", at least {session.gap_minutes} minutes" if session.gap_minutes else ""
            yield f"{name} is held after {session.follows} has ended{gap}{' later' if gap else ''}."

    def _order(self, names: list[str]) -> Iterator[str]:
        for name in names:
            earlier, _, later = name.partition(" < ")
            yield f"{earlier} ends before {later} starts."

    def _pins(self, names: list[str]) -> Iterator[str]:
        for name in names:
            for pin in self.scenario.pins:
                if pin.session == name:
                    parts = [_moment(pin.start)] if pin.start else []
                    parts += [f"in {self.names.rooms[pin.room].name}"] if pin.room else []
                    parts += [f"team {team} of {self.names.delegation(party)}" for party, team in pin.teams.items()]
                    parts += [f"with {self.names.interpreters[who].name}" for who in pin.interpreters]
                    parts += [f"in {self.names.language(pin.language)}"] if pin.language else []
                    yield f"{name} is pinned: {', '.join(parts) or 'it is held'}."

    def _kept_apart(self, names: list[str]) -> Iterator[str]:
        for name in names:
            parties = self._session(name).parties
            pairs = [
                f"{self.names.delegation(one)} and {self.names.delegation(other)}"
                for one in parties
                for other in parties
                if one < other
                and (other in self.names.delegations[one].not_with or one in self.names.delegations[other].not_with)
            ]
            yield f"In {name}, {listed(pairs)} must not sit together."

    def _past(self, names: list[str]) -> Iterator[str]:
        replanning = self.scenario.replanning
        now = f"by {_moment(replanning.now)}" if replanning else "already"
        yield f"What has started {now} stays as it was, and nothing else starts by then."

    def _most_changes(self, names: list[str]) -> Iterator[str]:
        default = settings_of(self.scenario)["most-changes"].parameters["sessions"]
        for name in names:
            own = self.names.delegations[name].most_changes
            most = default if own is None else own
            yield (
                f"{self.names.delegation(name)} may be told something new about {most} "
                f"session{'' if most == 1 else 's'} at most."
            )

    def _formation(self, names: list[str]) -> Iterator[str]:
        yield from (f"{name} is held all together or apart, never both." for name in names)


def _day(when: date) -> str:
    return f"{when:%a} {when.day} {when:%b}"


def _moment(when: datetime) -> str:
    return f"{_day(when)} {when:%H:%M}"


def _spans(windows: Sequence[Window | Absence]) -> str:
    return listed(
        [
            f"{_moment(window.start)}–{window.end:%H:%M}"
            if window.start.date() == window.end.date()
            else f"{_moment(window.start)} to {_moment(window.end)}"
            for window in windows
        ]
    )
