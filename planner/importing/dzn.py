"""MiniZinc data files: ``name = value;``, where a value is a whole number, a set, a list, or a table of rows.

Read are numbers, sets ``{1, 2}`` and ``1..3``, lists ``[…]``, tables ``[| 1, 2 | 3, 4 |]``, and comments with ``%`` and
``/* */`` (N. Nethercote et al., "MiniZinc: Towards a Standard CP Modelling Language", CP 2007). Nothing is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

_TOKEN = re.compile(
    r"(?P<space>\s+|%[^\n]*|/\*.*?\*/)|(?P<name>[A-Za-z_]\w*)|(?P<number>-?[0-9]+)|(?P<sign>\[\||\|\]|\.\.|[][{}|,;=])|(?P<other>.)",
    re.DOTALL | re.ASCII,
)
_MOST_DIGITS = 9
_WIDEST = 10_000


class Kind(StrEnum):
    """What a value is, as people call it."""

    number = "a number"
    set = "a set"
    list = "a list"
    table = "a table"
    row = "a row"


@dataclass(frozen=True)
class Term:
    """A value with the line it begins in: ``number`` is that of a number, ``items`` are those of anything else."""

    kind: Kind
    line: int
    number: int = 0
    items: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Fault:
    """A part of the text that could not be read: its line, the parameter it is in, and what to do."""

    line: int
    name: str
    message: str
    hint: str
    found: str = ""


@dataclass
class Data:
    """What stands in a file.

    Attributes:
        terms: the values by name, of those that could be read.
        lines: the line of each name that is given, also of those whose value could not be read.
        faults: what could not be read.
        complete: whether the text goes on to the end of its last value.
    """

    terms: dict[str, Term] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    complete: bool = True


def read_data(text: str) -> Data:
    """Read a data file; after a fault it goes on with the next parameter."""
    return _Reader(text).data()


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    line: int


class _StuckError(Exception):
    def __init__(self, message: str, hint: str, token: _Token) -> None:
        super().__init__(message)
        self.message, self.hint, self.token = message, hint, token


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "space":
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")
    yield _Token("end", "", max(1, line - text.endswith("\n")))


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = [*_tokens(text)]
        self.at = 0

    def data(self) -> Data:
        data = Data()
        while self.next.kind != "end":
            name = ""
            try:
                token = self.take("name", "the name of a parameter")
                name = token.text
                again = name in data.lines
                first = data.lines.setdefault(name, token.line)
                self.expect("=")
                if again:
                    raise _StuckError(f"it is given twice, first on line {first}", "Keep one of them.", token)
                value = self.value()
                self.expect(";")
                data.terms[name] = value
            except _StuckError as stuck:
                data.complete = stuck.token.kind != "end"
                data.faults.append(Fault(stuck.token.line, name, stuck.message, stuck.hint, stuck.token.text))
                self.skip()
        return data

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def skip(self) -> None:
        """Go to the next parameter: behind a semicolon, or before a name that is followed by an equals sign."""
        while self.next.kind != "end":
            if self.next.kind == "name" and self.tokens[self.at + 1].text == "=":
                return
            self.at += 1
            if self.tokens[self.at - 1].text == ";":
                return

    def take(self, kind: str, what: str) -> _Token:
        token = self.next
        if token.kind == "end":
            raise _StuckError("the file ends too early", "It is not complete; get it again.", token)
        if token.kind != kind:
            raise _StuckError(f"{what} is expected here", "Take out or correct what stands here.", token)
        self.at += 1
        return token

    def expect(self, sign: str) -> _Token:
        if self.next.text == sign:
            self.at += 1
            return self.tokens[self.at - 1]
        return self.take(sign, sign)

    def value(self) -> Term:
        token = self.next
        if token.kind == "number":
            return self.number_or_range()
        if token.text == "{":
            return self.listing(Kind.set, "}")
        if token.text == "[":
            return self.listing(Kind.list, "]")
        if token.text == "[|":
            return self.table()
        self.take("value", "a number, a set, a list or a table")
        raise AssertionError(token)

    def number(self) -> Term:
        token = self.take("number", "a number")
        if len(token.text) > _MOST_DIGITS:
            raise _StuckError("this number is too large", f"Write at most {_MOST_DIGITS} digits.", token)
        return Term(Kind.number, token.line, int(token.text))

    def number_or_range(self) -> Term:
        token, first = self.next, self.number()
        if self.next.text != "..":
            return first
        self.expect("..")
        last = self.number()
        if last.number - first.number > _WIDEST:
            raise _StuckError("this range is too wide", f"Write one of at most {_WIDEST} numbers.", token)
        numbers = range(first.number, last.number + 1)
        return Term(Kind.set, first.line, items=tuple(Term(Kind.number, first.line, number) for number in numbers))

    def item(self) -> Term:
        return self.listing(Kind.set, "}") if self.next.text == "{" else self.number_or_range()

    def listing(self, kind: Kind, close: str) -> Term:
        """A list of numbers and sets, or a set of numbers; a comma may stand behind the last item."""
        line = self.next.line
        self.at += 1
        items: list[Term] = []
        while self.next.text != close:
            items.append(self.item() if kind is Kind.list else self.number())
            if self.next.text != close:
                self.expect(",")
        self.at += 1
        return Term(kind, line, items=tuple(items))

    def table(self) -> Term:
        """Rows with a bar before each and behind the last; a comma may stand at the end of a row."""
        line = self.expect("[|").line
        rows: list[Term] = []
        while self.next.text != "|]":
            row, begins = [self.number()], self.tokens[self.at - 1].line
            while self.next.text not in ("|", "|]"):
                self.expect(",")
                if self.next.text not in ("|", "|]"):
                    row.append(self.number())
            rows.append(Term(Kind.row, begins, items=tuple(row)))
            if self.next.text == "|":
                self.at += 1
        self.at += 1
        return Term(Kind.table, line, items=tuple(rows))
