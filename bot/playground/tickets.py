"""Answers whether a trigger id or a response_url, handed to the app earlier, may still be used."""

from collections.abc import Callable
from dataclasses import dataclass

TRIGGER_SECONDS = 3
RESPONSE_URL_SECONDS = 30 * 60
RESPONSE_URL_USES = 5


@dataclass
class ResponseUrl:
    """What a response_url points at: a person in a channel, and the message that was pressed, if any."""

    user: str
    channel: str
    message_ts: str | None
    issued_at: float
    uses: int = 0


@dataclass
class Trigger:
    """The right to open one modal for a person."""

    user: str
    issued_at: float
    is_used: bool = False


class TicketRefusedError(Exception):
    """The ticket is unknown, used up or too old; the text is Slack's error code."""


class Tickets:
    """Hands out trigger ids and response_urls, and takes them back."""

    def __init__(self, now: Callable[[], float], new_id: Callable[[str], str]) -> None:
        self._now = now
        self._new_id = new_id
        self._triggers: dict[str, Trigger] = {}
        self._response_urls: dict[str, ResponseUrl] = {}

    def new_trigger(self, user: str) -> str:
        """Hand out a trigger id for a person."""
        trigger_id = self._new_id("1337.42.")
        self._triggers[trigger_id] = Trigger(user, self._now())
        return trigger_id

    def use_trigger(self, trigger_id: str) -> str:
        """Take back a trigger id and give its person.

        Raises: TicketRefusedError.
        """
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise TicketRefusedError("invalid_trigger_id")
        if trigger.is_used:
            raise TicketRefusedError("exchanged_trigger_id")
        if self._now() - trigger.issued_at > TRIGGER_SECONDS:
            raise TicketRefusedError("expired_trigger_id")
        trigger.is_used = True
        return trigger.user

    def new_response_url(self, user: str, channel: str, message_ts: str | None) -> str:
        """Hand out the last part of a response_url."""
        name = self._new_id("response-")
        self._response_urls[name] = ResponseUrl(user, channel, message_ts, self._now())
        return name

    def use_response_url(self, name: str) -> ResponseUrl:
        """Count one use of a response_url.

        Raises: TicketRefusedError.
        """
        ticket = self._response_urls.get(name)
        if ticket is None:
            raise TicketRefusedError("invalid_url")
        if self._now() - ticket.issued_at > RESPONSE_URL_SECONDS:
            raise TicketRefusedError("expired_url")
        if ticket.uses >= RESPONSE_URL_USES:
            raise TicketRefusedError("used_url")
        ticket.uses += 1
        return ticket
