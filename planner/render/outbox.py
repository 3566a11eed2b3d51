"""What is handed or mailed to readers after a change: calendar files one by one, all of them in a bundle, and mail drafts."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from planner.agenda import ORGANISER, readers_of
from planner.messages import Message
from planner.plan import Plan
from planner.render.mails import mail
from planner.render.updates import messages
from planner.scenario import Scenario

OUTBOX_FILES = (
    r"((delegations|delegates|interpreters)/[^/]+/)?(updates\.zip|updates/\d{4}-(invitation|update|cancellation)\.ics)"
    r"|outbox/(delegations|delegates|interpreters)/[^/]+/\d{4}-(invitation|update|cancellation)\.eml"
)
"""What the files of ``outbox`` are called, as a regular expression of their paths."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def outbox(
    scenario: Scenario, plan: Plan, had: tuple[Scenario, Plan] | None, moment: datetime | None = None
) -> dict[str, bytes]:
    """Return the files that bring every reader's calendar up to date, by path; nothing for whom nothing changed.

    Beside each reader's agenda stand ``updates.zip`` and, for phones, the same files one by one in ``updates``. Below
    ``outbox`` is a folder for each reader with a mail draft for each file, in the order in which they must be sent; the
    organiser is not written to. Names of files tell of no session. The same versions and moment give the same bytes.

    Args:
        scenario: a consistent scenario.
        plan: a plan of it.
        had: the version that readers last had; None if they had none.
        moment: the date of the mails; the plan's own if left out.

    Raises:
        InputError: when the plan does not come after ``had``.
    """
    by_reader: dict[str, list[Message]] = defaultdict(list)
    for message in messages(scenario, plan, had):
        by_reader[message.reader].append(message)
    readers = (readers_of(had[0]) if had else {}) | readers_of(scenario)
    files: dict[str, bytes] = {}
    for name, own in by_reader.items():
        folder = readers[name].folder
        below = f"{folder}/" if folder else ""
        calendars = {f"{number:04}-{item.kind}.ics": item.calendar for number, item in enumerate(own, 1)}
        files[f"{below}updates.zip"] = bundle(calendars)
        files |= {f"{below}updates/{file}": content for file, content in calendars.items()}
        if name != ORGANISER:
            for number, item in enumerate(own, 1):
                draft = mail(item, scenario.conference.organiser, moment or plan.created_at)
                files[f"outbox/{folder}/{number:04}-{item.kind}.eml"] = draft.as_bytes()
    return files


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name; the same files give the same bytes, on any machine and day."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return content.getvalue()
