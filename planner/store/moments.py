"""Moments in the store: always UTC, always aware, though SQLite itself knows neither."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class UtcMoment(TypeDecorator[datetime]):
    """A column of aware datetimes. They are kept as UTC without an offset, and come back as UTC with one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what SQLite gets.

        Raises:
            ValueError: when the moment is naive, so that nobody could tell which moment it is.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} is naive")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what SQLite gave as an aware moment."""
        return None if value is None else value.replace(tzinfo=UTC)
