"""The command line: one module a verb, and what verbs share.

A verb parses, calls the workflow, prints, and says by the exit code how it ended. 0: done and sound. 1: the answer is
negative, such as no plan or a plan with violations. 2: it could not run.
"""

from __future__ import annotations

from planner.cli.program import app, main

__all__ = ["app", "main"]
