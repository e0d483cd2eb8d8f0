"""What the tests of file imports share: the form, and waiting for what takes its place."""

import json
from typing import Any

from bot.playground.workspace import View
from bot.store.records import ImportRecord
from tests.bot.conftest import HANAKO, SAM, TEAM, House, Seventy

ON = {"seventy_file_intake": "on", "seventy_importers": f"{SAM}, {HANAKO}"}
WAITING = ("Reading ", "個のファイルを読み込んでいます", "Applying …", "反映しています…")
# By hand: the sample company has 4 of 6 deployments and 64.0 points; 6 of 6 give 6.67 more.
FIGURES = ("figures.csv", b"area,track,metric,value,as_of\nsecurity,enterprise,deployments,6,2026-11-20\n")
TRAININGS = ("trainings.csv", "氏名,資格名,取得日,有効期限\n見本 花子,SC-200,2026-02-10,2027-02-10\n".encode())


async def open_import(house: House, *, knows_sample: bool = True, **settings: Any) -> Seventy:
    """Seventy with the import of files switched on."""
    seventy = await house.start(**(ON | settings))
    if knows_sample:
        await seventy.know_sample()
    return seventy


async def sent(seventy: Seventy, *files: tuple[str, bytes], user: str = SAM, **values: Any) -> View:
    """Choose files in the form and send it; gives the view in which they are read then."""
    form = await seventy.form("import", user=user)
    ids = [seventy.slack.upload(name, content, user=user) for name, content in files]
    await seventy.submit(form, {"files": ids} | values, user=user)
    return form


async def settled(seventy: Seventy, view: View) -> View:
    """The view once nothing is being read or applied in it."""
    await seventy.slack.until(lambda: not any(text in str(view.content) for text in WAITING), seconds=10)
    return view


async def checked(seventy: Seventy, *files: tuple[str, bytes], user: str = SAM, **values: Any) -> View:
    """The view of what the files would change."""
    return await settled(seventy, await sent(seventy, *files, user=user, **values))


async def applied(seventy: Seventy, view: View, *, user: str = SAM) -> View:
    """Press Apply and give the view of what was done."""
    await seventy.submit(view, {}, user=user)
    return await settled(seventy, view)


async def imports_of(seventy: Seventy, team: str = TEAM) -> tuple[ImportRecord, ...]:
    """Every import of the company, newest first."""
    return await seventy.services.worker.call(lambda store: store.imports(team))


class Changed:
    """Stands between the app and Slack, and changes what files.info says."""

    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def __call__(self, asgi: Any) -> Any:
        async def changed(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not scope["path"].endswith("/files.info"):
                await asgi(scope, receive, send)
                return

            async def edited(message: Any) -> None:
                if message["type"] == "http.response.start":
                    message["headers"] = [pair for pair in message["headers"] if pair[0] != b"content-length"]
                elif message["type"] == "http.response.body":
                    answer = json.loads(message["body"])
                    answer["file"] |= self.fields
                    message["body"] = json.dumps(answer).encode()
                await send(message)

            await asgi(scope, receive, edited)

        return changed
