"""A message as a mail: plain text, and the calendar file as a part that calendar programs take up (RFC 6047)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from planner.messages import Message
from planner.scenario import Organiser


def mail(message: Message, organiser: Organiser, moment: datetime) -> EmailMessage:
    """Return the mail of a message; the same message, organiser and moment give the same bytes.

    Its Message-ID is made of reader, UID and SEQUENCE alone, so that a mail that was sent twice can be told. A message
    without an address becomes a draft without a recipient.

    Args:
        message: what is told.
        organiser: stands as the sender.
        moment: the Date of the mail; aware.
    """
    addresses = [_address(organiser.name, organiser.mail), *([_address("", message.to)] if message.to else [])]
    is_plain = all(address.addr_spec.isascii() for address in addresses)
    found = EmailMessage(policy=SMTP if is_plain else SMTPUTF8)
    found["From"] = addresses[0]
    if message.to:
        found["To"] = addresses[1]
    found["Subject"] = " ".join(message.subject.split())
    found["Date"] = format_datetime(moment)
    found["Message-ID"] = _message_id(message)
    found.set_content(message.text, charset="utf-8", cte="quoted-printable")
    found.add_alternative(
        message.calendar,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": method_of(message), "charset": "utf-8"},
        disposition="attachment",
        filename=f"{'cancel' if message.kind == 'cancellation' else 'invite'}.ics",
    )
    found.set_boundary(f"planner-{_stable(message)}")
    return found


def method_of(message: Message) -> str:
    """Return the method of the message's calendar file, which the mail must repeat."""
    return next(line for line in message.calendar.decode().splitlines() if line.startswith("METHOD:")).partition(":")[2]


def _address(name: str, mail: str) -> Address:
    user, _, domain = mail.rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return Address(" ".join(name.split()), user, domain)


def _message_id(message: Message) -> str:
    return f"<{_stable(message)}@{message.uid.rpartition('@')[2]}>"


def _stable(message: Message) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{message.uid}/{message.sequence}/{message.reader}")
