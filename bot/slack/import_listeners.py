"""Files from Slack: choose them, check what they would change, apply, undo. Each press is safe to receive twice."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.company_facts import company_facts
from bot.import_plan import ImportPlan, NothingTakenError, applied, check_something_taken, planned
from bot.intake.errors import IntakeError
from bot.intake.import_changes import Effect, effects
from bot.intake.importing import ReadFile, read_files
from bot.intake.source_files import expanded
from bot.slack.action_ids import IMPORT_CHECK, IMPORT_FILES, IMPORT_FORM, UNDO_FILES
from bot.slack.blocks import Block, Reply
from bot.slack.failures import replying
from bot.slack.import_download import FetchedFile, FetchError, digest_of, fetched
from bot.slack.import_form import DAY, ImportRequest, import_form, refusal, request_in, submitted
from bot.slack.import_views import ImportViews
from bot.slack.notices import notice
from bot.slack.reader import team_of, user_of
from bot.slack.score_listeners import acknowledge
from bot.slack.services import Services
from bot.store import Store
from bot.store.errors import NothingToUndoError
from bot.wording.import_lines import ImportLines
from bot.wording.words import Language
from scoring import DataFileError, ScoringError

Body = dict[str, Any]
Files = tuple[ReadFile, ...]
Then = Callable[[Files, ImportRequest, Body, ImportViews], Awaitable[Block]]

log = logging.getLogger(__name__)


class ImportListeners:
    """Everything that belongs to the import of files."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._turn = asyncio.Semaphore(1)  # one import at a time: what one needs in memory is bounded, many are not

    def register(self, app: AsyncApp) -> None:
        """Listen to the button that opens the form, to the form, and to what is pressed after it."""
        app.action(IMPORT_FILES)(ack=acknowledge, lazy=[self.open])
        app.view(IMPORT_FORM)(self.submit)
        app.view(IMPORT_CHECK)(self.confirm)
        app.action(UNDO_FILES)(ack=acknowledge, lazy=[self.undo])

    @replying
    async def open(self, body: Body, client: AsyncWebClient) -> Reply | None:
        """`/score import`, the button of the empty state, and the one beside files that cannot be used."""
        words, language = self.services.words, await self._language(client, body)
        refused = self._refusal(body, language)
        form = import_form(words, language, today=self.services.today())
        if "view" in body:
            await self._show(client, body, form if refused is None else self._views(language).refused(refused))
            return None
        if refused is None:
            try:
                await client.views_open(trigger_id=body["trigger_id"], view=form)
            except SlackApiError as error:
                if error.response.get("error") != "missing_scope":
                    raise
                refused = words.say("import.fetch.no_scope", language)
        return None if refused is None else notice(words, language, refused)

    async def submit(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext, req: AsyncBoltRequest
    ) -> None:
        """The form was sent: say that its files are being read, and read them."""
        services, language = self.services, await self._language(client, body)
        request = submitted(body["view"], today=services.today())
        if request.as_of > request.today:
            await ack(response_action="errors", errors={DAY: services.words.say("form.error.future", language)})
            return
        if await self._begun(ack, body, request, language, applies=False):
            context.listener_runner.lazy_listener_runner.start(function=self.check, request=req)

    async def confirm(
        self, ack: AsyncAck, body: Body, client: AsyncWebClient, context: AsyncBoltContext, req: AsyncBoltRequest
    ) -> None:
        """What was checked is to be applied: say so, and do it."""
        language = await self._language(client, body)
        if await self._begun(ack, body, request_in(body["view"]), language, applies=True):
            context.listener_runner.lazy_listener_runner.start(function=self.apply, request=req)

    async def _begun(
        self, ack: AsyncAck, body: Body, request: ImportRequest, language: Language, *, applies: bool
    ) -> bool:
        """Acknowledge with a view that says what happens now, or why nothing does.

        The result needs at least two calls to Slack, so it comes after this view.
        """
        views, refused = self._views(language), self._refusal(body, language)
        view = views.waiting(request, applies=applies) if refused is None else views.refused(refused)
        await ack(response_action="update", view=view)
        return refused is None

    @replying
    async def check(self, body: Body, client: AsyncWebClient) -> None:
        """Read the files and show what they would change; nothing is written."""
        request = submitted(body["view"], today=self.services.today())
        await self._work(body, client, request, self._checked)

    @replying
    async def apply(self, body: Body, client: AsyncWebClient) -> None:
        """Read the files again, and store them wholly or not at all."""
        await self._work(body, client, request_in(body["view"]), self._applied)

    async def _work(self, body: Body, client: AsyncWebClient, request: ImportRequest, then: Then) -> None:
        """Download, read, go on, and show what came of it; what is wrong with a file is told in the view."""
        services, language = self.services, await self._language(client, body)
        views = self._views(language)
        files: Files = ()
        try:
            with TemporaryDirectory(prefix="seventy-import-") as folder:
                found = await self._fetched(client, request, Path(folder))
                async with self._turn:
                    files = await asyncio.to_thread(self._read, found, request)
                    check_something_taken(files)
                    view = await then(files, replace(request, digest=digest_of(found)), body, views)
        except FetchError as error:
            view = views.failure(services.words.say(f"import.fetch.{error.kind}", language, **error.values))
        except NothingTakenError:
            view = views.nothing_taken(files)
        except (IntakeError, DataFileError, ScoringError) as error:
            view = views.failure(self._lines(language).problem(error))
        await self._show(client, body, view)

    async def _fetched(self, client: AsyncWebClient, request: ImportRequest, folder: Path) -> tuple[FetchedFile, ...]:
        """The files; those that were checked, where they were. Raises: FetchError."""
        found = await fetched(client, self.services.settings, request.files, folder)
        if request.digest not in ("", digest_of(found)):
            raise FetchError("changed")
        return found

    def _read(self, found: tuple[FetchedFile, ...], request: ImportRequest) -> Files:
        sources = (source for file in found for source in expanded(file.source()))
        return read_files(sources, self.services.rulebook, as_of=request.as_of)

    async def _checked(self, files: Files, request: ImportRequest, body: Body, views: ImportViews) -> Block:
        plan = await self.services.worker.call(lambda store: self._planned(store, files, request, body))
        return views.check(plan, request)

    async def _applied(self, files: Files, request: ImportRequest, body: Body, views: ImportViews) -> Block:
        now = self.services.now()

        def store_once(store: Store) -> tuple[ImportPlan, int | None]:
            """In the store's thread: of two that come at once the second finds the first."""
            plan = self._planned(store, files, request, body)
            if plan.is_change:
                return plan, applied(store, self.services.rulebook, plan, now=now).id
            return plan, import_of(store, plan)

        return views.result(*await self.services.worker.call(store_once))

    def _planned(self, store: Store, files: Files, request: ImportRequest, body: Body) -> ImportPlan:
        return planned(
            store,
            self.services.rulebook,
            files,
            workspace=team_of(body),
            as_of=request.day,
            today=request.today,
            made_by=user_of(body),
            adds=request.adds,
        )

    @replying
    async def undo(self, body: Body, client: AsyncWebClient) -> None:
        """Take the import back; a second press says that it was done already."""
        services, language = self.services, await self._language(client, body)
        views, refused = self._views(language), self._refusal(body, language)
        team, number = team_of(body), int(body["actions"][0]["value"])
        now, by, today = services.now(), user_of(body), services.today()

        def take_back(store: Store) -> tuple[Effect, ...]:
            before = company_facts(store, services.rulebook, team)
            store.undo(team, now=now, by=by, import_id=number)
            return effects(services.rulebook, before, company_facts(store, services.rulebook, team), today)

        if refused is not None:
            view = views.refused(refused)
        else:
            try:
                view = views.undone(await services.worker.call(take_back), is_first=True)
            except NothingToUndoError:
                view = views.undone((), is_first=False)
        await self._show(client, body, view)

    async def _language(self, client: AsyncWebClient, body: Body) -> Language:
        return await self.services.readers.language(client, body, self.services.now())

    def _refusal(self, body: Body, language: Language) -> str | None:
        return refusal(self.services.settings, self.services.words, language, user_of(body))

    def _lines(self, language: Language) -> ImportLines:
        return ImportLines(self.services.rulebook, self.services.words, language)

    def _views(self, language: Language) -> ImportViews:
        return ImportViews(self._lines(language))

    async def _show(self, client: AsyncWebClient, body: Body, view: Block) -> None:
        """Show a view where the person is waiting; who closed it does not wait any more."""
        try:
            await client.views_update(view_id=body["view"]["id"], view=view)
        except SlackApiError as error:
            if error.response.get("error") != "not_found":
                raise
            log.info("the view of an import was closed before its result came")
        except (aiohttp.ClientError, TimeoutError):  # once more: what was applied should not look as if it failed
            await client.views_update(view_id=body["view"]["id"], view=view)


def import_of(store: Store, plan: ImportPlan) -> int | None:
    """The import that brought these very files, if it is the newest that counts: what Undo takes back."""
    newest = next((record for record in store.imports(plan.workspace) if not record.is_undone), None)
    return newest.id if newest is not None and newest.files == plan.new.files else None
