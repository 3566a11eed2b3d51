"""A real mail server on this machine that keeps what it takes, and fails in the ways that a test asks for."""

from __future__ import annotations

import email.policy
import os
import signal
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from queue import Queue
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CLOSE = "close"
"""Instead of an answer: the connection ends without one."""


@dataclass
class Office:
    """What the server does and has taken.

    Attributes:
        taken: recipient and mail, in the order in which the server took them.
        on_recipient: what it answers to a recipient instead of taking it, by address; each time, or once if it ends in ``!``.
        on_text: the same, when it has the text of a mail.
        keeps_closed: the text is kept before the connection ends without an answer.
        kill_at: kills the process in ``victim`` when it has so many texts, instead of answering.
        logins: names and passwords that it was given.
    """

    on_recipient: dict[str, str] = field(default_factory=dict)
    on_text: dict[str, str] = field(default_factory=dict)
    keeps_closed: bool = True
    kill_at: int | None = None
    kill_on_recipient: bool = False
    victim: Queue[int] = field(default_factory=Queue)
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    secret: list[bool] = field(default_factory=list)
    port: int = 0

    @property
    def ids(self) -> list[str]:
        """Return the Message-IDs of what was taken."""
        return [str(mail["Message-ID"]) for _, mail in self.taken]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        self.commands.append(address)
        if self.kill_on_recipient and self.kill_at == len(self.commands):
            os.kill(self.victim.get(timeout=60), signal.SIGKILL)
        answer = _scripted(self.on_recipient, address)
        if answer is None:
            envelope.rcpt_tos.append(address)
            return "250 OK"
        return self._answer(server, answer)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        answer = _scripted(self.on_text, address)
        if answer is None or (answer == CLOSE and self.keeps_closed):
            assert isinstance(envelope.content, bytes)
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken.append((address, mail))
            self.secret.append(session.ssl is not None)
        if not self.kill_on_recipient and self.kill_at == len(self.taken):
            os.kill(self.victim.get(timeout=60), signal.SIGKILL)
        return "250 OK" if answer is None else self._answer(server, answer)

    def _answer(self, server: SMTP, answer: str) -> str:
        if answer == CLOSE:
            assert server.transport is not None
            server.transport.close()
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, way: str, given: LoginPassword
    ) -> AuthResult:
        """Let one user in, whose password is ``right``."""
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password == b"right", handled=False)


def _scripted(answers: dict[str, str], address: str) -> str | None:
    answer = answers.get(address)
    if answer is not None and answer.endswith("!"):
        del answers[address]
    return answer and answer.removesuffix("!")


@contextmanager
def opened(office: Office, **options: Any) -> Iterator[Office]:
    """Let the office take mail at a port of this machine for as long as the block runs."""
    office.port = _free_port()
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def opened_in_secret(office: Office, context: ssl.SSLContext) -> Iterator[Office]:
    """The same with STARTTLS, which must be asked for before anything else, and a login."""
    with opened(
        office, tls_context=context, require_starttls=True, authenticator=office.authenticate, auth_required=True
    ) as at_work:
        yield at_work


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
