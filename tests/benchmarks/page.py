"""A page of which some parts are written by programs, each between two markers."""

from __future__ import annotations


def written_into(page: str, text: str, begin: str, end: str) -> str:
    """Return the page with the text between two markers.

    Raises:
        ValueError: when the page does not have both markers.
    """
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the page lacks the markers {begin} and {end}")
    return f"{before}{begin}\n\n{text}\n\n{end}{after}"
