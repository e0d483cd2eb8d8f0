"""What Slack and the files themselves can do to an import: a sentence in the view, and nothing stored."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.playground.block_limits import problems
from bot.playground.input_rules import InputRefusedError
from bot.playground.server import serve
from bot.slack.action_ids import IMPORT_FILES
from tests.bot.conftest import READERS, SAM, House, close_at_once, text_of, without_lifespan
from tests.bot.slack.conftest import Faults, break_database, reference_in
from tests.bot.slack.importing import FIGURES, Changed, applied, checked, imports_of, open_import, sent

NOTHING_CHANGED = {"en": "nothing was changed", "ja": "何も変更していません"}

HTML = ("figures.csv", b"<!doctype html><html><body>Sign in</body></html>")
BAD = [
    (HTML, "is a web page", "Webページです"),
    (("figures.csv", b"%PDF-1.7"), "of another format (pdf)", "読み取れない形式です(pdf)"),
    (("figures.csv", b""), "is empty", "中身がありません"),
    (("figures.csv", b"a,b\n\x00,1\n"), "NUL bytes", "NULバイト"),
    (("names.csv", b"Fruit,Colour\napple,red\n"), "no file that can be imported", "取り込めるファイルではありません"),
    (("reports.zip", b"PK\x03\x04broken"), "is damaged", "壊れているため"),
    (("facts.yaml", b"areas: [1\n"), "facts.yaml", "facts.yaml"),
    (("facts.yaml", b"areas:\n  security:\n    enterprise: {deployments: many}\n"), "facts.yaml", "facts.yaml"),
]


@pytest.mark.parametrize(("file", "en", "ja"), BAD)
async def test_a_wrong_file_is_a_sentence_in_the_readers_language(
    house: House, file: tuple[str, bytes], en: str, ja: str
) -> None:
    seventy = await open_import(house)
    for language, said in (("en", en), ("ja", ja)):
        view = await checked(seventy, file, user=READERS[language])
        assert said in text_of(view) and NOTHING_CHANGED[language] in text_of(view)
        assert "submit" not in view.content and not problems(view.content)
    assert len(await imports_of(seventy)) == 1


async def test_one_wrong_file_among_several_stops_all_of_them_and_others_can_be_chosen(house: House) -> None:
    seventy = await open_import(house)
    view = await checked(seventy, FIGURES, HTML)
    assert "is a web page" in text_of(view)
    await seventy.press(view, IMPORT_FILES)
    assert view.content["callback_id"] == "import_form"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Nothing in these files can be used"), ("ja", "使える行がないため")]
)
async def test_a_file_without_a_row_that_can_be_used_says_why(house: House, language: str, said: str) -> None:
    seventy = await open_import(house)
    file = ("trainings.csv", "氏名,資格名\n見本 花子,AZ-5OO\n".encode())
    view = await checked(seventy, file, user=READERS[language])
    assert said in text_of(view) and "AZ-500" in text_of(view)
    assert "submit" not in view.content


@pytest.mark.parametrize(("language", "said"), [("en", "larger than the 1 MiB"), ("ja", "上限の1MiBを超えています")])
async def test_a_file_that_is_too_large_is_not_downloaded(house: House, language: str, said: str) -> None:
    faults = Faults("refused", "download")
    seventy = await open_import(house, seventy_file_limit=1, slack_wrapped=faults)
    view = await checked(seventy, ("figures.csv", b"x" * (1024**2 + 1)), user=READERS[language])
    assert said in text_of(view)
    assert faults.asked == 0


async def test_a_file_that_is_larger_than_slack_said_is_not_downloaded_to_its_end(house: House) -> None:
    seventy = await open_import(house, seventy_file_limit=1, slack_wrapped=Changed(size=10))
    assert "larger than the 1 MiB" in text_of(await checked(seventy, ("figures.csv", b"x" * (3 * 1024**2))))


async def test_a_file_that_is_shorter_than_slack_said_is_not_taken(house: House) -> None:
    seventy = await open_import(house, slack_wrapped=Changed(size=1000))
    assert "broke off" in text_of(await checked(seventy, FIGURES))


@pytest.mark.parametrize("kind", ["server error", "rate limit", "cut off"])
async def test_a_download_that_fails_is_told_and_nothing_is_stored(house: House, kind: str) -> None:
    seventy = await open_import(house, slack_wrapped=Faults(kind, "download"))
    view = await checked(seventy, FIGURES)
    assert any(said in text_of(view) for said in ("HTTP 503", "HTTP 429", "broke off"))
    assert "figures.csv" in text_of(view)
    assert len(await imports_of(seventy)) == 1


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("refused", "files:read"),  # Slack's missing_scope
        ("server error", "Slack did not give the file"),
        ("rate limit", "Slack did not give the file"),
        ("no json", "Slack did not give the file"),
        ("cut off", "Slack did not give the file"),
        ("slow", "Slack did not give the file"),
    ],
)
async def test_when_slack_does_not_describe_a_file_that_is_told(house: House, kind: str, said: str) -> None:
    seventy = await open_import(house, slack_wrapped=Faults(kind, "files.info"), slack_timeout=1)
    assert said in text_of(await checked(seventy, FIGURES))


async def test_a_file_that_was_deleted_meanwhile_is_told(house: House) -> None:
    seventy = await open_import(house)
    check = await checked(seventy, FIGURES)
    seventy.slack.workspace.files.clear()
    view = await applied(seventy, check)
    assert "figures.csv: Slack does not have this file any more" in text_of(view)
    assert len(await imports_of(seventy)) == 1


async def test_a_file_that_was_changed_after_the_check_is_not_applied(house: House) -> None:
    seventy = await open_import(house)
    check = await checked(seventy, FIGURES)
    files = seventy.slack.workspace.files
    for name, file in files.items():
        files[name] = replace(file, content=file.content.replace(b",6,", b",5,"))
    assert "are not those that were checked" in text_of(await applied(seventy, check))
    assert len(await imports_of(seventy)) == 1


class Stranger:
    """A server of somebody else, which notes what is asked of it."""

    def __init__(self) -> None:
        self.headers: list[dict[bytes, bytes]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.headers.append(dict(scope["headers"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": FIGURES[1]})


@pytest.mark.parametrize("fields", [{}, {"is_external": True}])
async def test_a_file_elsewhere_is_not_fetched_and_the_token_goes_nowhere(house: House, fields: dict[str, Any]) -> None:
    stranger = Stranger()
    server = await serve(without_lifespan(stranger), port=0)
    house.stack.push_async_callback(close_at_once, server)
    wrapped = Changed(url_private_download=f"{server.url}/figures.csv", **fields)
    seventy = await open_import(house, slack_wrapped=wrapped)
    assert "is not stored in Slack itself" in text_of(await checked(seventy, FIGURES))
    assert stranger.headers == []


async def test_a_redirection_is_not_followed(house: House) -> None:
    def wrapped(asgi: Any) -> Any:
        async def redirected(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or not scope["path"].endswith("/download"):
                await asgi(scope, receive, send)
                return
            headers = [(b"location", b"https://attacker.example/")]
            await send({"type": "http.response.start", "status": 302, "headers": headers})
            await send({"type": "http.response.body", "body": b""})

        return redirected

    seventy = await open_import(house, slack_wrapped=wrapped)
    assert "HTTP 302" in text_of(await checked(seventy, FIGURES))


def hostile() -> Iterator[tuple[str, bytes]]:
    name = "<!channel> & *`_~\n" + "x" * 200 + ".csv"
    rows = "\n".join(f'SC-200,見本 {row},"<@U0BOSS> & {"y" * 50}"' for row in range(100_000))
    yield name, f"資格名,氏名,有効期限\nSC-200,<!here>,2027-12-31\n{rows}\n".encode()
    yield "z.csv", "資格名,氏名\nSC-200,見本 花子\n".encode()


async def test_a_hundred_thousand_rejected_rows_and_strange_names_fit_into_the_view(house: House) -> None:
    seventy = await open_import(house)
    view = await checked(seventy, *hostile())
    said = text_of(view)
    assert "100001 rows read, 1 taken, 0 duplicates, 0 ignored, 100000 rejected" in said
    assert "and 99995 more lines" in said
    for sign in ("<!channel>", "<@U0BOSS>", "<!here>"):
        assert sign not in said
    assert not problems(view.content)
    assert len(view.content["private_metadata"]) < 3000


async def test_others_are_answered_while_a_large_file_is_read(house: House) -> None:
    seventy = await open_import(house)
    await seventy.score("security")
    view = await sent(seventy, *hostile())
    slowest = 0.0
    while "Reading " in str(view.content):
        await seventy.score("security")
        slowest = max(slowest, seventy.answers[-1].seconds)
    assert len(seventy.answers) > 2
    assert slowest < 1.0


async def test_a_zip_of_many_files_full_of_signs_fits_into_the_view(house: House) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(30):
            rows = "".join(f"{'&' * 80}{row},見本,{'<' * 100}\n" for row in range(9))
            archive.writestr(
                f"{number:02}{'&' * 200}.csv", f"資格名,氏名,有効期限\nSC-200,見本 花子,2027-12-31\n{rows}"
            )
    view = await checked(await open_import(house), ("many.zip", content.getvalue()))
    assert " more files" in text_of(view)
    assert not problems(view.content)


async def test_a_database_that_fails_is_told_with_a_reference(house: House, caplog: pytest.LogCaptureFixture) -> None:
    seventy = await open_import(house)
    check = await checked(seventy, FIGURES)
    await break_database(seventy)
    view = await applied(seventy, check)
    reference_in(text_of(view), caplog)
    assert view.content["title"]["text"] == "Import files"


async def test_a_form_that_was_closed_while_its_files_are_read_fails_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    seventy = await open_import(house)
    view = await sent(seventy, FIGURES)
    if view in seventy.slack.views[SAM]:
        await seventy.slack.close_view(view.id, user=SAM)
    await seventy.slack.until(lambda: any(not call.reply["ok"] for call in seventy.slack.received))
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_slack_keeps_files_that_cannot_be_chosen_here(house: House) -> None:
    seventy = await open_import(house)
    form = await seventy.form("import")
    ids = [seventy.slack.upload("report.pdf", b"%PDF", user=SAM)]
    with pytest.raises(InputRefusedError, match="not a type of file"):
        await seventy.slack.submit_view(form.id, {"files": ids}, user=SAM)
    with pytest.raises(InputRefusedError, match="required"):
        await seventy.slack.submit_view(form.id, {"files": []}, user=SAM)
