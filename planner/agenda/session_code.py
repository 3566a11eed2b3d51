"""Neutral names of sessions, short enough for a door."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _LONGEST = 5, 32


def session_codes(uids: Mapping[str, str]) -> dict[str, str]:
    """Return a code of five characters for each session, from its UID.

    Codes are the same for every reader and stay when the plan changes. Sessions whose first five characters agree get
    more of them, until they differ. The letters are those of Crockford's base 32 (2002), which has no I, L, O or U.

    Args:
        uids: UIDs by session id; different sessions have different UIDs.
    """
    full = {name: _spell(uid) for name, uid in uids.items()}
    found: dict[str, str] = {}
    for length in range(_LENGTH, _LONGEST):
        often = Counter(text[:length] for text in full.values())
        found |= {name: text[:length] for name, text in full.items() if name not in found and often[text[:length]] == 1}
    return full | found


def _spell(uid: str) -> str:
    number = int.from_bytes(hashlib.sha256(uid.encode()).digest()[:20])
    return "".join(_LETTERS[number >> shift & 31] for shift in range(155, -1, -5))
