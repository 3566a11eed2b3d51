"""Explanations as plain data, for programs; for the organiser only."""

from __future__ import annotations

from typing import Any

from planner.explanation.price import Price
from planner.explanation.relaxer import Relaxation
from planner.explanation.scenario import Answer, Explained
from planner.explanation.session import SessionAnswer
from planner.explanation.telling import asked_for
from planner.obstacles import Wording
from planner.proofs import Proof


def answer_data(answer: Answer) -> dict[str, Any]:
    """What ``explain`` found of a scenario."""
    wording = Wording(answer.scenario, answer.problem)
    together = answer.together
    return {
        "everything_can_be_held": answer.is_clear,
        "complete": answer.complete,
        "plan": answer.before.is_plan,
        "left_out": answer.before.left_out,
        "best": answer.before.is_best,
        "obstacles": [explained_data(part, wording) for part in answer.explained],
        "together": None
        if together is None
        else {
            "holds_all": together.holds_all,
            "at_least": together.at_least,
            "relaxation": None if together.relaxation is None else _relaxation(together.relaxation),
        },
    }


def session_data(answer: SessionAnswer) -> dict[str, Any]:
    """What ``explain_session`` found."""
    question = answer.question
    wording = Wording(answer.scenario, answer.problem, asked_for(question))
    return {
        "session": question.session,
        "start": question.start,
        "room": question.room,
        "earlier": question.earlier,
        "held": answer.is_held,
        "impossible_alone": explained_data(answer.alone, wording),
        "impossible_beside": explained_data(answer.beside, wording),
        "complete": answer.complete,
        "price": price_data(answer.price),
    }


def price_data(price: Price | None) -> dict[str, Any] | None:
    """What it costs that a session is as asked; None when that is not known."""
    if price is None:
        return None
    return {
        "best": price.is_best,
        "start": price.start.isoformat(),
        "room": price.room,
        "tiers": [{"name": name, "before": before, "after": after} for name, before, after in price.tiers],
        "counts": [{"rule": title, "before": before, "after": after} for title, before, after in price.costs],
        "gained": price.gained,
        "lost": price.lost,
    }


def explained_data(part: Explained | None, wording: Wording) -> dict[str, Any] | None:
    """An obstacle with what helps; None when there is none."""
    if part is None:
        return None
    obstacle = part.obstacle
    conflict = obstacle.conflict
    return {
        "sessions": [name for _, name in obstacle.sessions],
        "headline": wording.headline(obstacle),
        "reasons": wording.reasons(obstacle),
        "proof": None if obstacle.proof is None else _proof(obstacle.proof),
        "conflict": None
        if conflict is None
        else {
            "minimal": conflict.minimal,
            "members": [{"rule": member.rule, "subject": member.subject} for member in conflict.members],
        },
        "relaxations": [_relaxation(relaxation) for relaxation in part.relaxations],
        "not_enough": [change.text for change in part.not_enough],
        "untried": [change.text for change in part.untried],
    }


def _proof(proof: Proof) -> dict[str, Any]:
    return {
        "of": proof.kind.value,
        "measure": proof.measure.value,
        "needed": proof.needed,
        "available": proof.available,
        "lacking_sessions": proof.lacking,
    }


def _relaxation(relaxation: Relaxation) -> dict[str, Any]:
    return {
        "changes": [{"text": change.text, "giver": change.giver.name} for change in relaxation.changes],
        "asked": relaxation.asked,
        "gained": relaxation.gained,
        "lost": relaxation.lost,
        "left_out": relaxation.left_out,
        "best": relaxation.is_best,
    }
