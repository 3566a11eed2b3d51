"""What ``compare`` prints and writes: for people, for programs, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from planner import console
from planner.agenda import Notice
from planner.compare import BlockOutcome, Comparison, Difference, Fate, Outcome, Span
from planner.plan import Placement
from planner.render import Pages
from planner.render.notice_text import notice_text
from planner.render.page import write_page

_ENDINGS = {
    "left-out": "left out",
    "withdrawn": "asked for no more",
    "other-form": "met in the other form",
    "returned": "comes back, see below",
    "leaves": "goes on",
}
_FATES = {fate: fate.value.replace("-", " ") for fate in Fate} | {Fate.dropped: "asked for no more"}


def show_comparison(found: Comparison) -> None:
    """Print how much is different, then every session, block, delegation and person with news."""
    figures = found.figures
    console.say(
        f"{figures.moved} moved, {figures.new} new, {figures.cancelled} cancelled, {figures.left_out} left out; "
        f"{console.number(figures.unchanged, 'sessions')} as before"
    )
    people = "1 person" if figures.people == 1 else f"{figures.people} people"
    console.say(f"told something new: {people}, {console.number(figures.delegations, 'delegations')}")
    sessions = [row for item in found.sessions if item.is_news for row in _session_rows(item)]
    console.show_rows(("session", "became", "what", "before", "after"), sessions)
    blocks = [_block_row(item) for item in found.blocks if item.fate is not Fate.unchanged]
    console.show_rows(("block", "became", "before", "after"), blocks)
    kinds = {"delegation": found.delegations, "delegate": found.delegates, "interpreter": found.interpreters}
    for kind, readers in kinds.items():
        console.show_rows((kind, "became", "sessions"), list(_reader_rows(readers)))


def _session_rows(item: Outcome) -> Iterator[tuple[str, ...]]:
    """Yield a row for each difference; the first one names the session."""
    if item.differences:
        for number, each in enumerate(item.differences):
            head = (item.session, _FATES[item.fate]) if number == 0 else ("", "")
            what = f"{each.aspect} {each.delegation}" if each.delegation else each.aspect.value
            yield (*head, what, _value(each.before), _value(each.after))
        return
    what = _ENDINGS[item.ending] if item.ending else "comes back" if item.is_back else ""
    yield item.session, _FATES[item.fate], what, _placed(item.before), _placed(item.after)


def _block_row(item: BlockOutcome) -> tuple[str, ...]:
    placed = (
        " ".join(filter(None, (_span(block.start, block.end), block.room))) if block else "-"
        for block in (item.before, item.after)
    )
    return item.block, _FATES[item.fate], *placed


def _reader_rows(readers: Mapping[str, Sequence[Outcome]]) -> Iterator[tuple[str, ...]]:
    for reader, outcomes in readers.items():
        fates = [fate for fate in Fate if fate is not Fate.unchanged and any(item.fate is fate for item in outcomes)]
        for number, fate in enumerate(fates):
            names = ", ".join(item.session for item in outcomes if item.fate is fate)
            yield reader if number == 0 else "", _FATES[fate], names


def _placed(item: Placement | None) -> str:
    if item is None:
        return "-"
    table = f" table {item.table}" if item.table else ""
    return f"{_span(item.start, item.end)} {item.room}{table}"


def _span(start: Any, end: Any) -> str:
    return f"{start:%Y-%m-%d %H:%M}–{end:%H:%M}"


def _value(value: object) -> str:
    if isinstance(value, Span):
        return _span(value.start, value.end)
    if isinstance(value, tuple):
        return ", ".join(value) or "-"
    return "-" if value is None else str(value)


def comparison_data(found: Comparison) -> dict[str, Any]:
    """What is different, as plain data."""
    return {
        "figures": asdict(found.figures),
        "sessions": [_outcome_data(item) for item in found.sessions if item.is_news],
        "blocks": [_block_data(item) for item in found.blocks if item.fate is not Fate.unchanged],
        "delegations": _readers_data(found.delegations),
        "delegates": _readers_data(found.delegates),
        "interpreters": _readers_data(found.interpreters),
    }


def _outcome_data(item: Outcome) -> dict[str, Any]:
    return {
        "session": item.session,
        "became": item.fate.value,
        "ending": item.ending.value if item.ending else None,
        "before": _placement_data(item.before),
        "after": _placement_data(item.after),
        "differences": [_difference_data(each) for each in item.differences],
    }


def _placement_data(item: Placement | None) -> dict[str, Any] | None:
    """A placement without what stands for calendars."""
    if item is None:
        return None
    return item.model_dump(mode="json", exclude={"session", "sequence", "cases", "leads"})


def _difference_data(item: Difference) -> dict[str, Any]:
    return {
        "aspect": item.aspect.value,
        "delegation": item.delegation,
        "before": _plain(item.before),
        "after": _plain(item.after),
    }


def _plain(value: object) -> object:
    if isinstance(value, Span):
        return {"start": value.start.isoformat(), "end": value.end.isoformat()}
    return value


def _block_data(item: BlockOutcome) -> dict[str, Any]:
    before, after = (block.model_dump(mode="json") if block else None for block in (item.before, item.after))
    return {"block": item.block, "became": item.fate.value, "before": before, "after": after}


def _readers_data(readers: Mapping[str, Sequence[Outcome]]) -> dict[str, list[dict[str, Any]]]:
    news = {name: [_outcome_data(item) for item in found if item.is_news] for name, found in readers.items()}
    return {name: found for name, found in news.items() if found}


def show_notice(view: Notice | None, reader: str) -> None:
    """Print what a reader is told, or that there is nothing to tell."""
    if view is None:
        console.say(f"Nothing changes for {reader}.")
    else:
        console.write(notice_text(view))


def notice_data(view: Notice | None) -> dict[str, Any] | None:
    """What a reader is told, as plain data; None when there is nothing to tell."""
    return None if view is None else _timed(asdict(view))


def _timed(data: Any) -> Any:
    """Return plain data with its moments in ISO 8601."""
    if isinstance(data, dict):
        return {name: _timed(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_timed(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def write(template: str, view: object, target: Path, templates: Path | None, as_json: bool) -> None:
    """Write a page, and print where it is."""
    write_page(Pages(templates).render(template, view), target)
    if as_json:
        console.say_json({"page": str(target)})
    else:
        console.say(f"{target} is written")
