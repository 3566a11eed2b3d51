"""A small data file of the benchmark, in the form of the published ones, and how to edit it."""

from __future__ import annotations

from tests.editing import replaced

SOUND = """\
nBusiness = 5;
nMeetings = 4;
nTables = 2;
nTotalSlots = 5;
nMorningSlots = 3;

requested = [|1, 2,1,
|1, 3,2,
|4, 2,3,
|3, 4,3,
|];

meetingsxBusiness = [{1,2,3},
{1,2,4},
{1,3,5},
{1,4,5},
{1}];

nMeetingsBusiness = [2,2,2,2,0];

forbidden = [{0},
{0,2},
{0,1,2},
{},
{0,1,2,3,4,5}];

fixed = [0,5,0,0];

precedences = [{},
{},
{1},
{1,3}];
"""
"""Participant 5 has no meetings and may have none."""


def edited(*changes: tuple[str, str]) -> str:
    """Return the sound file with texts replaced, each of which must stand in it once."""
    return replaced(SOUND, *changes)
