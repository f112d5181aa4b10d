"""A real SMTP server on this machine that keeps what it receives."""
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from tests.postgres import free_port


@dataclass
class Mailbox:
    """Received messages, parsed; `refuse` answers every message with that SMTP reply instead of keeping it."""

    messages: list = field(default_factory=list)
    recipients: list = field(default_factory=list)
    refuse: str | None = None
    url: str = ""

    async def handle_DATA(self, _server, _session, envelope):
        if self.refuse:
            return self.refuse
        self.messages.append(message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


def start():
    """A mailbox and the server that fills it; the caller ends the server with stop()."""
    mailbox = Mailbox()
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    mailbox.url = f"smtp://127.0.0.1:{server.port}"
    server.start()
    return mailbox, server
