"""Pages, calendars and board pictures of a plan, each made from one reader's view."""

from planner.render.html import Pages
from planner.render.tree import render, require_replaceable

__all__ = ["Pages", "render", "require_replaceable"]
