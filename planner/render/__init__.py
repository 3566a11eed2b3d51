"""Pages, calendars, board pictures and mails of a plan, each made from one reader's view."""

from planner.render.html import Pages
from planner.render.mails import mail
from planner.render.tree import render, require_replaceable
from planner.render.updates import messages

__all__ = ["Pages", "mail", "messages", "render", "require_replaceable"]
