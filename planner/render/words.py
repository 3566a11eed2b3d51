"""How times, days and names are written on pages; the same on every machine, whatever its locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def clock(moment: datetime) -> str:
    """Return ``14:05``."""
    return f"{moment:%H:%M}"


def day(value: date) -> str:
    """Return ``5 February 2026``."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """Return ``Thursday``."""
    return WEEKDAYS[value.weekday()]


def dates(days: Sequence[date]) -> str:
    """Return the first and the last of some days, as short as can be: ``5–6 February 2026``."""
    first, last = days[0], days[-1]
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{first.day}–{day(last)}"


def label(name: str) -> str:
    """Return an id as words: ``top_secret`` gives ``Top secret``."""
    words = name.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def count(number: int, noun: str) -> str:
    """Return ``1 session`` or ``3 sessions``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
