"""Who may import files from Slack, and what everybody else is told."""

import pytest

from bot.playground.block_limits import problems
from bot.slack.action_ids import IMPORT_FILES, UNDO_FILES
from bot.slack.import_download import is_of_slack
from tests.bot.conftest import HANAKO, READERS, SAM, House, Seventy, text_of
from tests.bot.slack.conftest import Faults
from tests.bot.slack.importing import FIGURES, applied, checked, imports_of, open_import


async def asked(seventy: Seventy, user: str = SAM) -> str:
    """What `/score import` says instead of opening the form."""
    before = len(seventy.shown)
    await seventy.slack.slash_command("/score", "import", user=user)
    await seventy.slack.until(lambda: len(seventy.shown) > before)
    assert not seventy.slack.views[user]
    assert not problems({"text": seventy.last.text, "blocks": seventy.last.blocks})
    return text_of(seventy.last)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_while_it_is_off_the_command_says_how_to_switch_it_on(house: House, language: str) -> None:
    seventy = await house.start()
    said = await asked(seventy, READERS[language])
    for words in ("SEVENTY_FILE_INTAKE", "SEVENTY_IMPORTERS", "seventy import FILE"):
        assert words in said
    assert {"en": "switched off", "ja": "無効"}[language] in said


async def test_while_it_is_off_the_empty_state_does_not_offer_it(house: House) -> None:
    assert IMPORT_FILES not in str((await (await house.start()).score("")).blocks)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "can be imported by <@U0BOSS> only"), ("ja", "<@U0BOSS>だけです")]
)
async def test_who_may_not_import_is_told_who_may(house: House, language: str, said: str) -> None:
    seventy = await open_import(house, seventy_importers="U0BOSS")
    assert said in await asked(seventy, READERS[language])


async def test_the_button_of_the_empty_state_is_refused_alike(house: House) -> None:
    seventy = await open_import(house, knows_sample=False, seventy_importers=HANAKO)
    card = await seventy.score("")
    await seventy.press(card, IMPORT_FILES)
    assert "<@U0HANAKO>" in text_of(card) and not seventy.slack.views[SAM]


async def test_who_may_not_import_any_more_can_neither_check_nor_apply_nor_undo(house: House) -> None:
    first = await open_import(house)
    form, check = await first.form("import"), await checked(first, FIGURES)
    result = await checked(first, FIGURES)
    result.content = (await applied(first, result)).content
    second = await open_import(house, knows_sample=False, seventy_importers=HANAKO)
    first.slack.app_url = second.url
    for view in (form, check):
        first.slack.views[SAM][:] = [view]
        file = first.slack.upload(*FIGURES, user=SAM)
        await first.submit(view, {"files": [file]} if view is form else {})
        assert "<@U0HANAKO>" in text_of(view)
    first.slack.views[SAM][:] = [result]
    await first.slack.click(result, UNDO_FILES, user=SAM)
    await second.slack.until(lambda: bool(second.shown))
    assert "<@U0HANAKO>" in str(second.shown[-1].arguments)
    assert [record.is_undone for record in await imports_of(first)] == [False, False]


@pytest.mark.parametrize(
    ("address", "api", "is_allowed"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/x.csv", "https://slack.com/api/", True),
        ("https://team.slack.com/x", "https://slack.com/api/", True),
        ("https://files.slack-gov.com/x", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:8070/x", "http://127.0.0.1:8070/api/", True),
        ("https://files.slack.com/x", "http://127.0.0.1:8070/api/", True),
        ("http://files.slack.com/x", "https://slack.com/api/", False),
        ("https://files.slack.com:8443/x", "https://slack.com/api/", False),
        ("https://user@files.slack.com/x", "https://slack.com/api/", False),
        ("https://files.slack.com.attacker.example/x", "https://slack.com/api/", False),
        ("https://notslack.com/x", "https://slack.com/api/", False),
        ("https://attacker.example/files.slack.com", "https://slack.com/api/", False),
        ("https://docs.google.com/x", "https://slack.com/api/", False),
        ("http://127.0.0.1:8071/x", "http://127.0.0.1:8070/api/", False),
        ("file:///etc/passwd", "https://slack.com/api/", False),
        ("https://[::1/x", "https://slack.com/api/", False),
        ("", "https://slack.com/api/", False),
    ],
)
def test_the_token_is_shown_to_slack_alone(address: str, api: str, is_allowed: bool) -> None:
    assert is_of_slack(address, api) is is_allowed


async def test_an_app_without_the_scope_for_files_says_what_to_do(house: House) -> None:
    seventy = await open_import(house, slack_wrapped=Faults("refused", "views.open"))
    assert "files:read (manifest-files.yml)" in await asked(seventy)
