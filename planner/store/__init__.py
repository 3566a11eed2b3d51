"""A conference over time: numbered plans, the one that is published, who published it, and what readers still have to be told."""

from planner.store.difference import Counts
from planner.store.history import contents, log_of, published, version_of
from planner.store.opening import Store
from planner.store.outbox import read_outbox
from planner.store.publishing import (
    OvertakenError,
    Publication,
    Signature,
    UnsoundSubmissionError,
    publish,
    publish_again,
)
from planner.store.submission import Submission, read_submission

__all__ = [
    "Counts",
    "OvertakenError",
    "Publication",
    "Signature",
    "Store",
    "Submission",
    "UnsoundSubmissionError",
    "contents",
    "log_of",
    "publish",
    "publish_again",
    "published",
    "read_outbox",
    "read_submission",
    "version_of",
]
