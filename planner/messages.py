"""What readers are told by mail: one message for each session or block of which a reader must hear something new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Message:
    """One mail to one reader, with the calendar file that goes with it.

    Attributes:
        reader: id of the reader, which is also the reader's folder: ``delegation/KHM``, ``delegate/khm-1``,
            ``interpreter/int-3`` or ``organiser``.
        to: mail address of the reader; None if the scenario has none, and then the message is for handing over.
        kind: what the calendar file is: a session that is new to the reader, a change of it, or its end.
        uid: UID of the calendar entry.
        sequence: SEQUENCE of the calendar entry, as this reader gets it.
        subject: of the mail; one line.
        text: of the mail; lines end with LF.
        calendar: bytes of the calendar file, which holds one entry.
    """

    reader: str
    to: str | None
    kind: Literal["invitation", "update", "cancellation"]
    uid: str
    sequence: int
    subject: str
    text: str
    calendar: bytes
