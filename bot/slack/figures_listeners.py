"""The form for typed figures: open it, change area or track, save, undo. Each press is safe to receive twice."""

from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import blocks
from bot.slack.action_ids import ENTER_FIGURES, FIGURES_FORM, FORM_AREA, FORM_TRACK, UNDO_IMPORT
from bot.slack.failures import replying
from bot.slack.figures_form import FormError, figures_form, read_form, saved_view
from bot.slack.reader import team_of, user_of
from bot.slack.score_listeners import acknowledge
from bot.slack.score_request import Figures, OneArea, read_request
from bot.slack.services import Services
from bot.store.errors import NothingToUndoError
from bot.store.records import ImportRecord, NewImport
from bot.store.store import Store
from bot.wording.words import Language
from scoring.facts import Facts, Figure

Body = dict[str, Any]


def store_once(store: Store, team: str, new: NewImport, now: datetime) -> ImportRecord | None:
    """Store typed figures; None where the company has all of them already: Slack may send a form twice.

    One step in the store's thread, so that of two that come at once the second finds the first.
    """
    facts = store.facts(team)
    if all(is_stored(figure, facts) for figure in new.figures):
        return None
    return store.add_import(team, new, now=now)


def is_stored(figure: Figure, facts: Facts) -> bool:
    """Whether the company's facts hold the very same figure, wherever it came from."""
    same = figure.model_copy(update={"origin": None})
    return any(known.model_copy(update={"origin": None}) == same for known in facts.figures)


class FiguresListeners:
    """Everything that belongs to the form."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def register(self, app: AsyncApp) -> None:
        """Listen to what is pressed in the form, and to the buttons that open it."""
        app.action(ENTER_FIGURES)(ack=acknowledge, lazy=[self.open_by_button])
        app.action(FORM_AREA)(ack=acknowledge, lazy=[self.change])
        app.action(FORM_TRACK)(ack=acknowledge, lazy=[self.change])
        app.view(FIGURES_FORM)(self.save)
        app.action(UNDO_IMPORT)(ack=acknowledge, lazy=[self.undo])

    async def _language(self, client: AsyncWebClient, body: Body) -> Language:
        return await self.services.readers.language(client, body, self.services.now())

    @replying
    async def open_by_command(self, body: Body, client: AsyncWebClient) -> None:
        """`/score figures <area>`."""
        request = read_request(self.services.rulebook, str(body.get("text") or ""))
        area = request.area if isinstance(request, Figures) else None
        await self._open(area, body, client)

    @replying
    async def open_by_button(self, body: Body, client: AsyncWebClient) -> None:
        """The button whose value is an area, or no area at all."""
        await self._open(str(body["actions"][0].get("value")), body, client)

    async def _open(self, area: str | None, body: Body, client: AsyncWebClient) -> None:
        view = self._form(area, None, await self._language(client, body))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    def _form(self, area: str | None, track: str | None, language: Language) -> Body:
        services, areas = self.services, self.services.rulebook.areas
        chosen = area if area in areas else next(iter(areas))
        return figures_form(services.rulebook, services.words, language, chosen, track=track, today=services.today())

    @replying
    async def change(self, body: Body, client: AsyncWebClient) -> None:
        """Another area or track was chosen: ask for its metrics."""
        area, track = str(body["view"]["private_metadata"]).split()
        action = body["actions"][0]
        chosen = action["selected_option"]["value"]
        area, track = (chosen, track) if action["action_id"] == FORM_AREA else (area, chosen)
        view = self._form(area, track, await self._language(client, body))
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    async def save(self, ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        """Store the figures and show the new score in the form's place; wrong fields are marked, nothing is stored."""
        services, language = self.services, await self._language(client, body)
        try:
            area, as_of, figures = read_form(
                services.rulebook, services.words, language, body["view"], today=services.today()
            )
        except FormError as error:
            await ack(response_action="errors", errors=error.errors)
            return
        team, now = team_of(body), services.now()
        new = NewImport(kind="form", files=(), figures=figures, as_of=as_of, made_by=user_of(body))
        record = await services.worker.call(lambda store: store_once(store, team, new, now))
        import_id, line = None, services.words.say("form.unchanged", language)
        if record is not None:
            name = blocks.escaped(services.rulebook.area(area).name)
            import_id = record.id
            line = services.words.say("form.saved_line", language, n=str(len(figures)), area=name, day=as_of)
        await ack(response_action="update", view=await self._shown(area, team, language, line, import_id))

    async def _shown(self, area: str, team: str, language: Language, line: str, import_id: int | None) -> Body:
        services = self.services
        facts = await services.worker.facts(team)
        reply = services.answers.answer(OneArea(area), facts, language, today=services.today())
        return saved_view(services.words, language, line, reply, import_id) | {"private_metadata": area}

    @replying
    async def undo(self, body: Body, client: AsyncWebClient) -> None:
        """Take the saved figures back; a second press says that it was done already."""
        services, team = self.services, team_of(body)
        language = await self._language(client, body)
        number, by, now = int(body["actions"][0]["value"]), user_of(body), services.now()
        key = "form.undone"
        try:
            await services.worker.call(lambda store: store.undo(team, now=now, by=by, import_id=number))
        except NothingToUndoError:
            key = "form.undone_already"
        line = services.words.say(key, language)
        view = await self._shown(str(body["view"]["private_metadata"]), team, language, line, None)
        await client.views_update(view_id=body["view"]["id"], view=view)
