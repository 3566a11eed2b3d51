"""What the fields of files may hold: ids, texts, languages, times as the clock at the venue shows them, spans, quorums."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from planner import codes

Moment = TypeVar("Moment", datetime, time)


def _local(moment: Moment) -> Moment:
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError(f"{moment.isoformat()} is no time to the minute as the clock at the venue shows it")
    return moment


def _written(kind: type[date | time], pattern: str, what: str) -> Callable[[object], object]:
    """Return a reader of moments that are written in one way only, so that 1738713600 is never taken for a date."""

    def read(value: object) -> object:
        if isinstance(value, kind):
            return value
        if isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII):
            with suppress(ValueError):
                return kind.fromisoformat(value)
        raise ValueError(f"{value!r} is no {what}")

    return read


_DATE = r"\d{4}-\d{2}-\d{2}"
_CLOCK = r"\d{2}:\d{2}(:00)?"


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64)]
Text = Annotated[
    str,
    StringConstraints(
        min_length=1,
        max_length=500,
        strip_whitespace=True,
        pattern=r"^[^\x00-\x1f\x7f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]*$",
    ),
]
Mail = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^@\s,;:<>()\"\\\x00-\x1f\x7f]+@[^@\s,;:<>()\"\\\x00-\x1f\x7f]+\.[^@\s,;:<>()\"\\\x00-\x1f\x7f]+$"
    ),
]
Language = Annotated[str, AfterValidator(codes.language_tag)]
CalendarDate = Annotated[
    date,
    BeforeValidator(_written(date, _DATE, "date; write for example 2026-02-05")),
    WithJsonSchema({"type": "string", "pattern": f"^{_DATE}$", "examples": ["2026-02-05"]}),
]
ClockTime = Annotated[
    time,
    BeforeValidator(_written(time, _CLOCK, "time of day to the minute; write for example 09:00")),
    AfterValidator(_local),
    WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK}$", "examples": ["09:00"]}),
]
LocalTime = Annotated[
    datetime,
    BeforeValidator(
        _written(
            datetime,
            f"{_DATE}[T ]{_CLOCK}",
            "date and time to the minute as the clock at the venue shows it; write for example 2026-02-05T09:00",
        )
    ),
    AfterValidator(_local),
    WithJsonSchema({"type": "string", "pattern": f"^{_DATE}[T ]{_CLOCK}$", "examples": ["2026-02-05T09:00"]}),
]
SessionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=128)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
Priority = Annotated[int, Field(ge=1, le=9, description="1 is the highest")]


class Frozen(BaseModel):
    """Base of all that stands in files: cannot be changed, and refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Window(Frozen):
    """A span of time in which somebody or something is available."""

    start: LocalTime = Field(description="first moment")
    end: LocalTime = Field(description="moment after the last")


class Quorum(Frozen):
    """At least so many of these delegations."""

    of: tuple[Id, ...] = Field(min_length=1, description="delegations to choose from")
    at_least: Annotated[int, Field(ge=1)] = Field(description="how many of them must be there")
