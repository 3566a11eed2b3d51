"""Pages from templates: the organiser's own first, the shipped ones after."""

from __future__ import annotations

import traceback
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from planner import resources
from planner.errors import InputError
from planner.render import words


@cache
def _shown(kind: type) -> frozenset[str]:
    """Return the names of what a view shows: its fields and properties; nothing of what is no dataclass."""
    if not is_dataclass(kind):
        return frozenset()
    properties = (name for base in kind.__mro__ for name, value in vars(base).items() if isinstance(value, property))
    return frozenset(name for name in (*(part.name for part in fields(kind)), *properties) if not name.startswith("_"))


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which need not look again at what views are made to show."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute of what a template has at hand, or something undefined."""
        if attribute in _shown(type(obj)):  # type: ignore[arg-type]
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class Pages:
    """Renders views by template.

    What is put into a page is escaped, a name that a view does not have is an error, and templates reach nothing but the
    view that they are given.

    Args:
        templates: folder of the organiser's own templates, by the names of the shipped ones; None for none.

    Raises:
        InputError: when that folder does not exist, or one of its templates cannot be read.
    """

    def __init__(self, templates: Path | None = None) -> None:
        if templates is not None and not templates.is_dir():
            raise InputError(
                f"The folder of templates {templates} does not exist.",
                hint="Give the folder that holds your templates.",
            )
        shipped = resources.shipped("templates")
        self._own = templates is not None
        self._folders = [templates, shipped] if templates else [shipped]
        self._environment = _Sandbox(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in self._folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {
            "clock": words.clock,
            "day": words.day,
            "weekday": words.weekday,
            "dates": words.dates,
            "label": words.label,
            "count": words.count,
        }
        if templates is not None:
            for name in self._environment.list_templates(extensions=["j2"]):
                self._load(name)

    def render(self, template: str, view: object) -> bytes:
        """Return the page of a view, in UTF-8.

        Raises:
            InputError: when a template is missing or wrong, with its file and line.
        """
        page = self._load(template)
        try:
            return page.render(view=view).encode()
        except TemplateSyntaxError as error:
            raise _unreadable(error) from None
        except TemplateNotFound as error:
            raise InputError(f"The template {template} asks for {error.name}, which is missing.", hint=_HINT) from None
        except Exception as error:
            where = self._place(error) if self._own else None
            if where is None:
                raise
            raise InputError(f"The template {where} cannot be filled in: {error}", hint=_HINT) from None

    def _load(self, template: str) -> Template:
        try:
            return self._environment.get_template(template)
        except TemplateSyntaxError as error:
            raise _unreadable(error) from None
        except UnicodeDecodeError as error:
            raise InputError(f"The template {template} is not UTF-8: {error}.", hint=_HINT) from None

    def _place(self, error: Exception) -> str | None:
        """Return file and line of the innermost template that an error passed through."""
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if any(Path(frame.filename).is_relative_to(folder) for folder in self._folders):
                return f"{frame.filename}, line {frame.lineno}"
        return None


def _unreadable(error: TemplateSyntaxError) -> InputError:
    place = f"{error.filename or error.name}, line {error.lineno}"
    return InputError(f"The template {place} cannot be read: {error.message}", hint=_HINT)


_HINT = "Correct your template, or remove it to use the shipped one."
