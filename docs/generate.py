"""Writes the generated pages of the reference: rules, scenario, changes, plan, command line.

They are made from the catalogue of rules, the models and the verbs, so that they cannot tell anything else.

    python docs/generate.py          writes them
    python docs/generate.py --check  exits 1 and names every page that is stale
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from planner import rules, scenario
from planner.changes import Change, Changes
from planner.cli.program import app
from planner.plan import Plan
from planner.rules import CATALOGUE, TIERS, Kind, Rule
from planner.scenario import Pin, Scenario

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py; do not edit. -->\n"
WORDS: tuple[tuple[Any, str], ...] = (
    (scenario.Id, "id"),
    (scenario.Text, "text"),
    (scenario.Mail, "mail address"),
    (scenario.Language, "language"),
    (scenario.CalendarDate, "date"),
    (scenario.ClockTime, "time of day"),
    (scenario.LocalTime, "date and time"),
    (scenario.Minutes, "minutes"),
    (scenario.Priority, "priority"),
    (scenario.RuleId, "[rule id](rules.md)"),
    (get_type_hints(Pin, include_extras=True)["session"], "session id"),
    (Change, "change"),
    (AwareDatetime, "moment"),
    (int, "whole number"),
    (float, "number"),
    (str, "text"),
    (bool, "`true` or `false`"),
)


def words(hint: Any) -> str:
    """Return a type in plain words, with links to models."""
    for known, name in WORDS:
        if hint == known:
            return name
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return words(args[0]) + limits(args[1:])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(words(arg) for arg in args if arg is not NoneType))
    if origin is tuple and args[-1] is not Ellipsis:
        return f"two of: {words(args[0])}"
    if origin is tuple:
        return f"list of: {words(args[0])}"
    if origin is dict:
        return f"map from {words(args[0])} to: {words(args[1])}"
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in args)
    if inspect.isclass(hint) and issubclass(hint, StrEnum):
        return ", ".join(f"`{member.value}`" for member in hint)
    if inspect.isclass(hint) and issubclass(hint, BaseModel):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    raise TypeError(f"no words for {hint}")


def limits(metadata: Any) -> str:
    """Return what bounds a value: ``, 5 to 240``."""
    found: dict[type, Any] = {}
    for entry in metadata:
        for limit in entry.metadata if isinstance(entry, FieldInfo) else (entry,):
            found[type(limit)] = limit
    low = found[Ge].ge if Ge in found else None
    high = found[Le].le if Le in found else None
    if Gt in found or Lt in found:
        raise TypeError(f"no words for {metadata}")
    if low is not None and high is not None:
        return f", {low} to {high}"
    if low is not None:
        return f", {low} or more"
    if MinLen in found:
        return f" (at least {found[MinLen].min_length})"
    return ""


def default(field: FieldInfo) -> str:
    """Return what a field is when it is left out."""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}):
        return "none"
    if isinstance(value, BaseModel):
        return "the defaults below"
    if isinstance(value, tuple):
        return ", ".join(f"`{entry}`" for entry in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def models(root: type[BaseModel]) -> list[type[BaseModel]]:
    """Return a model and every model that it holds, in the order of first mention."""
    found = [root]
    for field in root.model_fields.values():
        for held in inside(field.annotation):
            found += [inner for inner in models(held) if inner not in found]
    return found


def inside(hint: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that a type holds."""
    if inspect.isclass(hint) and issubclass(hint, BaseModel):
        yield hint
    for arg in get_args(hint):
        yield from inside(arg)


def prose(text: str | None) -> str:
    """Return a docstring or a description as Markdown, fit for a cell of a table."""
    return re.sub(r"\s+", " ", inspect.cleandoc(text or "").replace("``", "`")).replace("|", "\\|")


def model_section(model: type[BaseModel]) -> str:
    """Return heading, purpose and fields of one model."""
    hints = get_type_hints(model, include_extras=True)
    lines = [f"## {model.__name__}", "", prose(model.__doc__), ""]
    lines += ["| field | what it is | if left out | meaning |", "| --- | --- | --- | --- |"]
    for name, field in model.model_fields.items():
        kind = words(hints[name]) + (limits(field.metadata) if get_origin(hints[name]) is tuple else "")
        kind += " or `null`" if field.is_required() and NoneType in get_args(hints[name]) else ""
        lines.append(f"| `{name}` | {kind} | {default(field)} | {prose(field.description)} |")
    return "\n".join(lines) + "\n"


SCENARIO_HEAD = """# The scenario file

One YAML file says everything that a plan is made from. It is UTF-8 text. Its top level is [Scenario](#scenario); unknown fields
are refused. All errors of a file are shown together. `planner schema scenario` prints the JSON Schema, with which an editor
completes and checks the file while you write.

| word | what to write |
| --- | --- |
| id | letters, digits, `-` and `_`, at most 64, beginning with a letter or digit; the ids of one kind differ in more than case |
| text | one line, at most 500 characters |
| date | `2026-02-05` |
| time of day | `09:00`, on the clock at the venue |
| date and time | `2026-02-05T09:00`, on the clock at the venue and without an offset |
| minutes | a whole number, 1 to 1440 |
| priority | a whole number, 1 to 9; 1 is the highest |
| language | a BCP 47 tag in its usual form: `en`, `km`, `zh-Hans` |
| list of: … | `[a, b]`, or one line each beginning with `- ` |
| map from … to: … | `{a: 1, b: 2}`, or one line each |
"""

CHANGES_HEAD = """# The file of changes

One YAML file says what changes while a plan is in force. It is written like a [scenario](scenario.md), with the same words for
ids, times and texts. Its top level is [Changes](#changes). Every change has a `kind`, and the fields of that kind:

    why: The night of day 1
    changes:
      - {kind: arrives-late, delegation: KHM, at: 2026-02-05T17:00, why: Their flight is late}
      - {kind: team-away, delegation: KOR, team: 3, end: 2026-02-05T16:00}
      - {kind: room-lost, room: han, features: [secure-line]}

The changes are made one after the other, so that a later one may name a case that an earlier one adds. All errors of a file are
shown together. What has started by the moment of the change stays as it was. `planner schema changes` prints the JSON Schema.

| kind | what happens |
| --- | --- |
"""

PLAN_HEAD = """# The plan file

`plan.json` is what the planner stores, publishes and compares. It holds everything, so it is for the organiser only.
`planner schema plan` prints its JSON Schema. Its top level is [Plan](#plan).

A *moment* is a date and time with the offset of the conference's zone, such as `2026-02-05T09:30:00+09:00`.
"""

RULES_HEAD = """# The rules

A **demand** holds or is broken for a *subject*, the thing that a person could change. A demand is `hard` unless you say
otherwise. When you make it `soft`, it costs its weight for each subject for which it is broken.

A **wish** has a count. A wish is `soft` unless you say otherwise, and costs its weight for each count. When you make it
`hard`, its count may not exceed the parameter `at_most`. A rule that is `off` is not looked at.

`held` made hard with `at_most` 0 means that every session must be held: solver and verifier refuse a plan that leaves one out. If
not all sessions can be held, the answer is `infeasible` and there is no plan, where a soft `held` gives a plan and a list.

Change a rule in the scenario; [how to](../how-to/rules-and-tiers.md) shows it:

    rules:
      early: {weight: 8}
      most-a-day: {level: soft, weight: 3}
      buffer: {parameters: {minutes: 10}}

The formulas are in [the model](../explanation/model.md).
"""

CLI_HEAD = """# The command line

Results go to stdout, progress and errors to stderr. `planner --version` prints the version, `planner VERB --help` the help
of a verb. `planner --install-completion` teaches your shell to complete verbs and options.

| exit code | it means |
| --- | --- |
| 0 | done and sound |
| 1 | the answer is negative: there is no plan, none was found in time, or the plan given has findings |
| 2 | it could not run: wrong input, wrong options, a folder that cannot be written, or Ctrl-C before there was anything to keep |

The environment variable `SOURCE_DATE_EPOCH`, seconds since 1970, is the moment that calendars give as their last change, unless
`--stamp` gives it.
"""


def rules_page() -> str:
    """Return the catalogue as a page."""
    parts = [NOTE, RULES_HEAD, "## Tiers\n", "A tier is never given up for a later one. These are the default ones.\n"]
    rows = [
        f"| {number} | `{tier}` | {', '.join(f'[{rule.id}](#{rule.id})' for rule in soft)} |"
        for number, tier in enumerate(TIERS, 1)
        if (soft := [rule for rule in CATALOGUE if rule.tier == tier and rule.level is rules.Level.soft])
    ]
    parts.append("\n".join(["| order | tier | rules |", "| --- | --- | --- |", *rows]) + "\n")
    for kind in Kind:
        parts.append(f"## {kind.value.capitalize()}{'es' if kind is Kind.wish else 's'}\n")
        parts += [rule_section(rule) for rule in CATALOGUE if rule.kind is kind]
    return "\n".join(parts)


def rule_section(rule: Rule) -> str:
    """Return one rule with everything that the catalogue says of it."""
    lines = [f"### {rule.id}", "", f"**{rule.title}.** {rule.statement}", ""]
    lines.append(f"- default: `{rule.level.value}`, weight {rule.weight}, tier `{rule.tier}` when soft")
    lines += [f"- subject: {rule.subject}"] if rule.subject else []
    lines += [f"- counted: {rule.measure}"] if rule.measure else []
    lines += [
        f"- parameter `{parameter.name}` ({parameter.unit}), default {parameter.default}: {parameter.meaning}"
        for parameter in rule.parameters
    ]
    lines.append(f"- [formula](../explanation/model.md#{rule.id})")
    return "\n".join(lines) + "\n"


def verbs_page() -> str:
    """Return every verb with its help, arguments, options and example."""
    commands = [(command.name, command.callback) for command in app.registered_commands]
    verbs = {name or callback.__name__: callback for name, callback in commands if callback is not None}
    index = "\n".join(f"- [`planner {name}`](#planner-{name}): {summary(verb)}" for name, verb in verbs.items())
    return "\n".join([NOTE, CLI_HEAD, index + "\n", *(verb_section(name, verb) for name, verb in verbs.items())])


def summary(verb: Any) -> str:
    """Return the first line of a verb's help."""
    return inspect.getdoc(verb).split("\n")[0]  # type: ignore[union-attr]


def verb_section(name: str, verb: Any) -> str:
    """Return one verb."""
    text, _, example = (inspect.getdoc(verb) or "").partition("Example: ")
    lines = [f"## planner {name}", "", text.strip(), "", f"    {example}", ""]
    lines += ["| argument or option | if left out | meaning |", "| --- | --- | --- |"]
    hints = inspect.get_annotations(verb, eval_str=True)
    for parameter in inspect.signature(verb).parameters.values():
        kind, info = get_args(hints[parameter.name])[:2]
        lines.append(f"| {spelling(parameter.name, kind, info)} | {fallback(parameter)} | {meaning(kind, info)} |")
    return "\n".join(lines) + "\n"


def spelling(name: str, kind: Any, info: ParameterInfo) -> str:
    """Return how a parameter is written on the command line."""
    if isinstance(info, ArgumentInfo):
        choices = get_args(kind) if get_origin(kind) is Literal else (info.metavar or name.upper(),)
        return " or ".join(f"`{choice}`" for choice in choices)
    given = (info.default, *(info.param_decls or ()))
    names = [spelled for spelled in given if isinstance(spelled, str)] or [f"--{name.replace('_', '-')}"]
    value = "" if kind is bool else f" {info.metavar or value_word(kind)}"
    return ", ".join(f"`{spelled}{value}`" for spelled in sorted(names, key=len))


def value_word(kind: Any) -> str:
    """Return a word for the value of an option."""
    return "NUMBER" if kind is int else "NAME"


def fallback(parameter: inspect.Parameter) -> str:
    """Return what a parameter of a verb is when it is left out."""
    if parameter.default is inspect.Parameter.empty:
        return "required"
    return "" if parameter.default is None or parameter.default is False else f"`{parameter.default}`"


def meaning(kind: Any, info: ParameterInfo) -> str:
    """Return the help of a parameter with its limits and choices."""
    said = [prose(info.help)]
    if info.min is not None:
        said.append(f"{info.min} or more." if info.max is None else f"{info.min} to {info.max}.")
    if get_origin(kind) is Literal and isinstance(info, OptionInfo):
        said.append("One of " + ", ".join(f"`{choice}`" for choice in get_args(kind)) + ".")
    return " ".join(said)


def changes_page() -> str:
    """Return every kind of change, and the fields of each."""
    kinds = [model for model in models(Changes) if "kind" in model.model_fields]
    rows = [
        f"| [`{word}`](#{model.__name__.lower()}) | {prose(model.__doc__)} |"
        for model in kinds
        for word in get_args(model.model_fields["kind"].annotation)
    ]
    return "\n".join([NOTE, CHANGES_HEAD + "\n".join(rows) + "\n", *map(model_section, models(Changes))])


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "rules.md": rules_page(),
        "scenario.md": "\n".join([NOTE, SCENARIO_HEAD, *map(model_section, models(Scenario))]),
        "changes.md": changes_page(),
        "plan.md": "\n".join([NOTE, PLAN_HEAD, *map(model_section, models(Plan))]),
        "command-line.md": verbs_page(),
    }


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` compare them; return the exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    stale = []
    for name, text in pages().items():
        path = REFERENCE / name
        if not arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        sys.stdout.write(f"docs/reference/{name} is stale; run python docs/generate.py\n")
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
