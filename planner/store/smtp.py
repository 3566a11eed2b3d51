"""One mail server, spoken to by SMTP (RFC 5321): what it said to a mail, told apart by what it means for the mail.

Each step of handing a mail over is taken by itself, so that it is known how far it came. Until the text of the mail is on its way
nothing can have been delivered; from then until the server's answer nobody can know.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from enum import Enum
from types import TracebackType
from typing import Literal, Self

from planner.errors import OutputError

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Server:
    """A mail server, and how to speak to it; the password is shown nowhere.

    Attributes:
        host: its name.
        port: its port.
        security: ``tls`` from the first byte, ``starttls`` before anything is said, or ``none``.
        user: whom to log in as; nobody if None.
        password: of the user.
        timeout_seconds: for each answer.
    """

    host: str
    port: int
    security: Literal["none", "starttls", "tls"] = "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_seconds: float = TIMEOUT_SECONDS


class Fate(Enum):
    """What became of a mail that was handed to the server."""

    taken = "taken"
    later = "later"
    never = "never"
    unknown = "unknown"


@dataclass(frozen=True)
class Answer:
    """What became of a mail, and the server's words."""

    fate: Fate
    said: str


class UnusableServerError(OutputError):
    """A server to which no mail at all can be handed: unreachable, not trusted, or refusing the login or the sender."""


class Post:
    """A connection to a mail server, made when it is needed and made anew when the server closed it. Used with ``with``."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def hand_over(self, sender: str, recipient: str, eml: bytes) -> Answer:
        """Hand one mail to the server.

        Raises:
            UnusableServerError: when the server cannot be used; the mail was not handed over.
        """
        line = self._connected()
        sender, recipient = _with_ascii_domain(sender), _with_ascii_domain(recipient)
        options = () if sender.isascii() and recipient.isascii() else ("SMTPUTF8",)
        if options and not line.has_extn("smtputf8"):
            return Answer(Fate.never, "the server takes no address with letters outside ASCII")
        try:
            code, words = line.mail(sender, options)
            if 400 <= code < 500:
                return self._refused(code, words)
            if code != 250:
                raise UnusableServerError(
                    f"{self._name} takes no mail from {sender}: {_said(code, words)}.",
                    "Ask whoever keeps the server, or give --user and --password-file.",
                )
            code, words = line.rcpt(recipient)
            if code not in (250, 251):
                return self._refused(code, words)
        except (OSError, smtplib.SMTPException) as error:
            if isinstance(error, UnusableServerError):
                raise
            self._hang_up()
            return Answer(Fate.later, f"the connection broke before the mail was sent: {_reason(error)}")
        return self._text(line, eml)

    def _text(self, line: smtplib.SMTP, eml: bytes) -> Answer:
        """Send the text of a mail whose recipient the server takes."""
        try:
            code, words = line.data(eml)
        except smtplib.SMTPDataError as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except BaseException as error:
            self._hang_up()
            if not isinstance(error, OSError | smtplib.SMTPException):
                raise
            return Answer(Fate.unknown, f"the connection broke while the mail was being sent: {_reason(error)}")
        return Answer(Fate.taken, _said(code, words)) if code == 250 else self._refused(code, words)

    def _refused(self, code: int, words: bytes | str) -> Answer:
        """Return a refusal of one mail, and make the connection fit for the next."""
        try:
            if self._line is None or code == 421 or self._line.rset()[0] != 250:
                self._hang_up()
        except (OSError, smtplib.SMTPException):
            self._hang_up()
        return Answer(Fate.never if 500 <= code < 600 else Fate.later, _said(code, words))

    def _connected(self) -> smtplib.SMTP:
        if self._line is None:
            try:
                self._line = self._connect()
            except ssl.SSLError as error:
                raise UnusableServerError(
                    f"{self._name} cannot be spoken to in secret: {_reason(error)}.",
                    "Take --starttls for port 587 and --tls for port 465, and look at the server's certificate.",
                ) from None
            except smtplib.SMTPAuthenticationError as error:
                said = _said(error.smtp_code, error.smtp_error)
                raise UnusableServerError(
                    f"{self._name} does not let {self._server.user} in: {said}.", "Look at --user and --password-file."
                ) from None
            except (OSError, smtplib.SMTPException) as error:
                raise UnusableServerError(
                    f"{self._name} cannot be used: {_reason(error)}.",
                    "Look at --smtp, --starttls and --tls; then send again.",
                ) from None
        return self._line

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        where, timeout = (server.host, server.port), server.timeout_seconds
        if server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=timeout, context=ssl.create_default_context())
        else:
            line = smtplib.SMTP(*where, timeout=timeout)
        try:
            if server.security == "starttls":
                line.starttls(context=ssl.create_default_context())
            line.ehlo_or_helo_if_needed()
            if server.user is not None:
                line.login(server.user, server.password or "")
        except BaseException:
            line.close()
            raise
        return line

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        try:
            line.quit()
        except (OSError, smtplib.SMTPException):
            line.close()

    @property
    def _name(self) -> str:
        return f"The mail server {self._server.host}:{self._server.port}"


def _with_ascii_domain(address: str) -> str:
    user, _, domain = address.rpartition("@")
    return address if domain.isascii() else f"{user}@{domain.encode('idna').decode()}"


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".split())


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return " ".join(str(getattr(error, "strerror", None) or error or type(error).__name__).split())
