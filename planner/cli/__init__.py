"""The command line: one module a verb, and what verbs share.

A verb parses, calls the workflow, prints, and says by the exit code how it ended. 0: done and sound. 1: the answer is
negative, such as no plan or a plan with violations. 2: it could not run.
"""

from __future__ import annotations

import sys

COULD_NOT_RUN = 2
STOPPED = "Stopped before there was anything to keep.\n"


def main() -> None:
    """Run the command line; whoever stops it while it is still being loaded is answered like anybody else."""
    try:
        from planner.cli.program import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        raise SystemExit(COULD_NOT_RUN) from None
