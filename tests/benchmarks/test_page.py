"""Parts of a page that programs write."""

from __future__ import annotations

import pytest

from tests.benchmarks.page import written_into


def test_only_what_is_between_the_markers_is_replaced() -> None:
    assert written_into("a\n<!-- b -->\nold\n<!-- e -->\nc\n", "new", "<!-- b -->", "<!-- e -->") == (
        "a\n<!-- b -->\n\nnew\n\n<!-- e -->\nc\n"
    )


@pytest.mark.parametrize("page", ["a", "a <!-- b --> old", "a old <!-- e -->"])
def test_a_page_without_both_markers_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="lacks the markers"):
        written_into(page, "new", "<!-- b -->", "<!-- e -->")
