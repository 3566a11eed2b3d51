"""The command line: one module a verb, and what verbs share.

A verb parses, calls the workflow, prints, and says by the exit code how it ended. 0: done and sound. 1: the answer is
negative, such as no plan or a plan with violations. 2: it could not run.
"""

from __future__ import annotations

import signal
import sys
import threading

COULD_NOT_RUN = 2
STOPPED = "Stopped before there was anything to keep.\n"

MOMENT = 0.05
"""Seconds after which Ctrl-C strikes again when it struck where nothing can be raised."""


def main() -> None:
    """Run the command line; whoever stops it while it is still being loaded is answered like anybody else."""
    sys.unraisablehook = _striking_again
    try:
        from planner.cli.program import run

        run()
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        raise SystemExit(COULD_NOT_RUN) from None


def _striking_again(lost: sys.UnraisableHookArgs) -> None:
    """Neither print nor lose Ctrl-C that strikes in a destructor or in the callback of a weak reference."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
        return
    again = threading.Timer(MOMENT, signal.raise_signal, (signal.SIGINT,))
    again.daemon = True
    again.start()
