"""Calendar files of one entry: an invitation, a change or an end that a calendar program takes up by itself.

RFC 5546 wants one UID in a message, and some programs take only the first of several.
"""

from __future__ import annotations

from planner.agenda import Calendar, Event, Reader
from planner.render.ics import assembled
from planner.render.ics_entry import ended, invited


def invitation_file(calendar: Calendar, event: Event, reader: Reader) -> bytes:
    """Return the file that brings an entry to a reader, or up to date.

    A reader with a mail address is asked to come (REQUEST), as the only attendee. Without one the entry is published: a
    request whose attendee is not the owner of the mailbox is not taken up by some programs.

    Raises:
        OutputError: when what was written breaks the format, which is a fault of the planner.
    """
    attendee = reader if reader.mail else None
    entry = invited(event, calendar.organiser, calendar.mail, attendee)
    return assembled("REQUEST" if attendee else "PUBLISH", calendar, [entry])


def cancellation_file(calendar: Calendar, event: Event, reader: Reader) -> bytes:
    """Return the file that takes an entry from a reader.

    Args:
        calendar: gives organiser and zone.
        event: what the reader was last told of it, with a SEQUENCE above the reader's copy.
        reader: whose entry it is.

    Raises:
        OutputError: when what was written breaks the format, which is a fault of the planner.
    """
    attendee = reader if reader.mail else None
    return assembled("CANCEL", calendar, [ended(event, calendar.organiser, calendar.mail, attendee)])
