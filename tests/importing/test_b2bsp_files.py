"""Data files of the benchmark: what is read from them, and what is said of those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import Flaw, InputError
from planner.importing.b2bsp import Instance, Meeting, parse_instance
from planner.importing.text import decoded, read_text
from tests.importing.files import SOUND, edited

INSTANCE = Instance(
    participants=5,
    meetings=(Meeting(0, 1, 1), Meeting(0, 2, 2), Meeting(3, 1, 3), Meeting(2, 3, 3)),
    tables=2,
    slots=5,
    morning_slots=3,
    forbidden=(frozenset(), frozenset({1}), frozenset({0, 1}), frozenset(), frozenset(range(5))),
    fixed=(None, 4, None, None),
    precedences=((0, 2), (0, 3), (2, 3)),
)
REDUNDANT = SOUND[SOUND.index("meetingsxBusiness") : SOUND.index("forbidden")]


def said(text: str) -> list[str]:
    """Return every flaw of a file, all of which come with advice."""
    with pytest.raises(InputError) as caught:
        parse_instance(text, "f")
    assert all(flaw.hint for flaw in caught.value.flaws)
    return [str(flaw) for flaw in caught.value.flaws]


def read_or_flaws(text: str) -> Instance | tuple[Flaw, ...]:
    try:
        return parse_instance(text, "f")
    except InputError as error:
        return error.flaws


def test_everything_is_read_and_counted_from_zero() -> None:
    assert parse_instance(SOUND, "f") == INSTANCE


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SOUND.replace(" ", "").replace("\n", ""), id="without spaces and lines"),
        pytest.param(SOUND.replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param(
            "% a comment; with = signs\n" + SOUND.replace("= 5;", "= /* two\nlines */ 5; % five"), id="comments"
        ),
        pytest.param(SOUND.replace(REDUNDANT, ""), id="without what is said twice"),
        pytest.param("\n\n".join(reversed(SOUND.split("\n\n"))), id="in another order"),
        pytest.param(
            edited(("{0,1,2,3,4,5}", "1..5"), ("|3, 4,3,\n|]", "|3,4,3|]"), ("{1,3}];", "{1,3},];")),
            id="a range, and commas left out or added at the end",
        ),
        pytest.param(edited(("[{1,2,3},\n{1,2,4}", "[{2,3},\n{4,2}")), id="meetings of a participant without the filler"),
    ],
)  # fmt: skip
def test_the_same_instance_written_otherwise_is_read_alike(text: str) -> None:
    assert parse_instance(text, "f") == INSTANCE


def test_an_instance_without_meetings_is_read() -> None:
    text = (
        "nBusiness = 1; nMeetings = 0; nTables = 1; nTotalSlots = 1; nMorningSlots = 0;"
        "requested = [||]; forbidden = [{}]; fixed = []; precedences = [];"
    )
    assert parse_instance(text, "f") == Instance(1, (), 1, 1, 0, (frozenset(),), (), ())


WRONG: dict[str, tuple[tuple[tuple[str, str], ...], list[str]]] = {
    "a missing parameter": (
        (("nTables = 2;\n", ""),),
        ["f:28: nTables: this parameter is missing. Add it: a number."],
    ),
    "an unknown parameter": (
        (("nTables", "nTabels"),),
        [
            "f:3: nTabels: there is no parameter of this name. Did you mean nTables?",
            "f:29: nTables: this parameter is missing. Add it: a number.",
        ],
    ),
    "a parameter given twice": (
        (("nTables = 2;", "nTables = 2;\nnTables = 3;"),),
        ["f:4: nTables: it is given twice, first on line 3 (found nTables). Keep one of them."],
    ),
    "kinds": (
        (("nTables = 2", "nTables = {2}"), ("fixed = [0,5,0,0]", "fixed = 5"), ("{1,3}];", "3];")),
        [
            "f:3: nTables: this is a set, and not a number. Write a number.",
            "f:27: fixed: this is a number, and not a list. Write a list.",
            "f:32: precedences[4]: this is a number, and not a set. Write a set.",
        ],
    ),
    "numbers that cannot be": (
        (("nBusiness = 5", "nBusiness = 0"), ("nTables = 2", "nTables = 0"), ("nMeetings = 4", "nMeetings = -1")),
        [
            "f:1: nBusiness: this is no possible number of participants (found 0). Write 1 or more.",
            "f:2: nMeetings: this is no possible number of meetings (found -1). Write 0 or more.",
            "f:3: nTables: this is no possible number of tables (found 0). Write 1 or more.",
        ],
    ),
    "more slots than a day has": (
        (("nTotalSlots = 5", "nTotalSlots = 32"),),
        ["f:4: nTotalSlots: this is no possible number of slots of half an hour from 08:00 on (found 32). Write 1 to 31."],
    ),
    "more slots in the morning than there are": (
        (("nMorningSlots = 3", "nMorningSlots = 6"),),
        ["f:5: nMorningSlots: this is no possible number of slots in the morning (found 6). Write 0 to 5."],
    ),
    "a number of too many digits": (
        (("nTables = 2", "nTables = 12345678901234567890"),),
        ["f:3: nTables: this number is too large (found 12345678901234567890). Write at most 9 digits."],
    ),
    "a range without end": (
        (("{0,1,2,3,4,5}", "1..999999999"),),
        ["f:25: forbidden: this range is too wide (found 1). Write one of at most 10000 numbers."],
    ),
    "lists of another length": (
        (("nMeetings = 4", "nMeetings = 5"), ("{0},\n{0,2}", "{0,2}")),
        [
            "f:7: requested: it has 4 entries, and nMeetings is 5. Give one entry for each.",
            "f:21: forbidden: it has 4 entries, and nBusiness is 5. Give one entry for each.",
            "f:26: fixed: it has 4 entries, and nMeetings is 5. Give one entry for each.",
            "f:28: precedences: it has 4 entries, and nMeetings is 5. Give one entry for each.",
        ],
    ),
    "numbers out of range": (
        (("1, 3,2", "1, 6,4"), ("{0,1,2}", "{0,1,6}"), ("[0,5,0,0]", "[0,5,7,-1]"), ("{1,3}];", "{0,5}];")),
        [
            "f:8: requested[2, 2]: there is no such participant (found 6). Write 1 to 5.",
            "f:8: requested[2, 3]: this is no part of the day (found 4). "
            "Write 1 for the morning, 2 for the afternoon, or 3 for either.",
            "f:23: forbidden[3]: there is no such slot (found 6). Write 1 to 5, or 0 for none.",
            "f:27: fixed[3]: there is no such slot (found 7). Write 1 to 5, or 0 for none.",
            "f:27: fixed[4]: there is no such slot (found -1). Write 1 to 5, or 0 for none.",
            "f:32: precedences[4]: there is no such meeting (found 0). Write 1 to 4.",
            "f:32: precedences[4]: there is no such meeting (found 5). Write 1 to 4.",
        ],
    ),
    "a row of two": (
        (("|1, 3,2", "|1, 3"),),
        [
            "f:8: requested[2]: this row has 2 numbers, and not three. "
            "Write two participants, and 1 for the morning, 2 for the afternoon, 3 for either."
        ],
    ),
    "a participant with itself": (
        (("|1, 3,2", "|3, 3,2"), (REDUNDANT, "")),
        ["f:8: requested[2]: a participant cannot meet itself (found 3). Name two."],
    ),
    "contradictions": (
        (("{1,4,5}", "{1,4,3}"), ("[2,2,2,2,0]", "[2,2,1,2,0]")),
        [
            "f:16: meetingsxBusiness[4]: requested says {1,4,5} for this participant. "
            "Correct one of the two, or leave this parameter out.",
            "f:19: nMeetingsBusiness[3]: requested has 2 meetings of this participant (found 1). "
            "Correct one of the two, or leave this parameter out.",
        ],
    ),
    "a circle": (
        (("[{},\n{},\n{1}", "[{4},\n{},\n{1}"),),
        ["f:31: precedences[3]: the order goes round in a circle: 1 < 3 < 4 < 1. Take one of these out."],
    ),
    "a meeting before itself": (
        (("{1,3}];", "{1,4}];"),),
        ["f:32: precedences[4]: the order goes round in a circle: 4 < 4. Take one of these out."],
    ),
    "signs": (
        (("nTables = 2;", "nTables : 2;"), ("[0,5,0,0];", "[0 5,0,0];"), ("[2,2,2,2,0];", '["2",2,2,2,0];')),
        [
            "f:3: nTables: = is expected here (found :). Take out or correct what stands here.",
            'f:19: nMeetingsBusiness: a number is expected here (found "). Take out or correct what stands here.',
            "f:27: fixed: , is expected here (found 5). Take out or correct what stands here.",
        ],
    ),
    "a semicolon left out": (
        (("nTables = 2;", "nTables = 2"),),
        ["f:4: nTables: ; is expected here (found nTotalSlots). Take out or correct what stands here."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_is_answered_with_all_its_flaws(kind: str) -> None:
    changes, flaws = WRONG[kind]
    assert said(edited(*changes)) == flaws


def test_a_file_that_breaks_off_is_called_incomplete_and_nothing_else() -> None:
    for end in range(SOUND.index("nMeetings"), len(SOUND) - 2):
        text = SOUND[:end]
        flaws = said(text)
        incomplete = [
            flaw for flaw in flaws if flaw.endswith(": the file ends too early. It is not complete; get it again.")
        ]
        missing = [flaw for flaw in flaws if "this parameter is missing" in flaw]
        assert len(incomplete) + len(missing) == len(flaws)
        assert bool(incomplete) != bool(missing)
        assert bool(missing) == text.rstrip().endswith(";")


@pytest.mark.parametrize("text", ["", "\n\n", "conference:\n  id: seoul\n", "int main() { return 0; }\n", "x = 1;"])
def test_another_kind_of_file_is_told_at_once(text: str) -> None:
    assert said(text) == [
        "f:1: file: no parameter of the benchmark is given. "
        "Give the path of a file in the MiniZinc format of the benchmark, which begins with nBusiness = …;"
    ]


def test_the_error_counts_the_flaws() -> None:
    with pytest.raises(InputError) as caught:
        parse_instance(edited(("nTables = 2", "nTables = 0"), ("nBusiness = 5", "nBusiness = 0")), "some.dzn")
    assert (caught.value.message, caught.value.hint) == (
        "some.dzn is not a usable instance: 2 flaws",
        "Correct the file, or get it again.",
    )


@settings(max_examples=300, deadline=None)
@given(
    cuts=st.lists(st.integers(0, len(SOUND)), min_size=2, max_size=6),
    put=st.text(alphabet="0123456789{}[]|,;=.%/* \nnTableséx", max_size=8),
)
def test_a_damaged_file_is_read_or_refused(cuts: list[int], put: str) -> None:
    """Parts are taken out, and something is put in: an instance or an error with lines comes of it, never anything else."""
    first, last, *more = sorted(cuts)
    text = SOUND[:first] + put + SOUND[last:]
    for cut in more:
        text = text[:cut] + text[cut + 1 :]
    found = read_or_flaws(text)
    if isinstance(found, Instance):
        assert len(found.fixed) == len(found.meetings)
        assert len(found.forbidden) == found.participants
    else:
        lines = text.count("\n") + 1
        assert found
        assert all(1 <= int(flaw.place.removeprefix("f:")) <= lines for flaw in found)


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    for content, place, message in (
        (b"nBusiness = 5;\n\xff\xfe", "f:2", "the file is not in UTF-8"),
        (b"nBusiness = 5;\n\n\x00", "f:3", "the file is no text"),
    ):
        with pytest.raises(InputError) as caught:
            decoded(content, "f")
        assert [(flaw.place, flaw.message) for flaw in caught.value.flaws] == [(place, message)]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decoded(b"\xef\xbb\xbfnBusiness", "f") == "nBusiness"


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_text(tmp_path / "gone.dzn")
    assert (
        caught.value.message
        == f"{tmp_path / 'gone.dzn'} cannot be used: the file cannot be read: No such file or directory"
    )
