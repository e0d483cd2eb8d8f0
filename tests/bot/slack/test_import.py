"""Files from Slack, from the form to the undo: checked first, applied once, taken back."""

import asyncio
from datetime import date

import pytest

from bot.playground.block_limits import problems
from bot.slack.action_ids import IMPORT_FILES, UNDO_FILES
from tests.bot.conftest import READERS, SAM, TEAM, House, Seventy, first_line, text_of
from tests.bot.slack.importing import FIGURES, TRAININGS, applied, checked, imports_of, open_import, sent, settled

SHORT_OF_70 = "Security: 64.0 / 100, 6.0 short of 70"
QUALIFIES = "Security: 70.7 / 100, qualifies"


async def security(seventy: Seventy) -> str:
    return first_line(await seventy.score("security"))


@pytest.mark.parametrize(
    ("language", "title", "send"), [("ja", "ファイルの取り込み", "内容を確認"), ("en", "Import files", "Check")]
)
async def test_the_form_opens_by_command_in_the_readers_language(
    house: House, language: str, title: str, send: str
) -> None:
    seventy = await open_import(house)
    for words in ("import", "取り込み", "Import", "インポート"):
        form = await seventy.form(words, user=READERS[language])
        assert (form.content["title"]["text"], form.content["submit"]["text"]) == (title, send)
        assert not problems(form.content)


async def test_the_form_takes_ten_files_of_the_known_kinds_and_the_day(house: House) -> None:
    form = await (await open_import(house)).form("import")
    files, day, people = (block for block in form.blocks if block["type"] == "input")
    assert files["element"]["max_files"] == 10
    assert files["element"]["filetypes"] == ["csv", "tsv", "txt", "zip", "gz", "xlsx", "yaml", "yml"]
    assert day["element"]["initial_date"] == "2026-11-20"
    assert people["optional"] is True


@pytest.mark.parametrize(("language", "label"), [("ja", "ファイルを取り込む"), ("en", "Import files")])
async def test_the_empty_state_offers_the_form(house: House, language: str, label: str) -> None:
    seventy, user = await open_import(house, knows_sample=False), READERS[language]
    card = await seventy.score("", user=user)
    assert label in text_of(card) and "/score import" in text_of(card)
    await seventy.press(card, IMPORT_FILES, user=user)
    assert seventy.slack.views[user][-1].content["callback_id"] == "import_form"


async def test_what_was_sent_is_acknowledged_at_once_and_read_after_that(house: House) -> None:
    seventy = await open_import(house)
    form = await seventy.form("import")
    file = seventy.slack.upload(*FIGURES, user=SAM)
    answer = await seventy.submit(form, {"files": [file]})
    assert answer.json["response_action"] == "update"
    assert "Reading 1 file …" in str(answer.json["view"])
    assert not problems(answer.json["view"])
    assert "Import check" in text_of(await settled(seventy, form))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Import check (nothing applied yet)",
                "figures.csv (figures): 1 row read, 1 taken, 0 duplicates, 0 ignored, 0 rejected",
                "As of Fri 2026-11-20",
                "*Security*  64.0 → 70.7",
                "Every other area: no change",
            ],
        ),
        (
            "ja",
            [
                "取り込みの確認(まだ反映していません)",
                "figures.csv(数字): 読み込み1行、採用1、重複0、対象外0、エラー0",
                "時点: 2026-11-20(金)",
                "*Security*  64.0 → 70.7",
                "ほかの分野: 変化なし",
            ],
        ),
    ],
)
async def test_the_check_shows_rows_and_scores_and_writes_nothing(house: House, language: str, said: list[str]) -> None:
    seventy = await open_import(house)
    check = await checked(seventy, FIGURES, user=READERS[language])
    for line in said:
        assert line in text_of(check)
    assert not problems(check.content)
    assert len(await imports_of(seventy)) == 1  # that of the sample
    assert await security(seventy) == SHORT_OF_70


async def test_rejected_rows_are_told_with_line_value_and_reason_in_the_readers_language(house: House) -> None:
    seventy = await open_import(house)
    lines = (
        "資格名,氏名,取得日,有効期限\nSC-200,見本 花子,2026-02-10,2027-02-10\nAZ-5OO,見本 花子,2026-02-10,2027-02-10\n"
    )
    wrong = ("trainings.csv", f"{lines}SC-200,見本 太郎,2026-02-10,2027/2/30\n".encode())
    english, japanese = [text_of(await checked(seventy, wrong, user=READERS[one])) for one in ("en", "ja")]
    assert "3 rows read, 1 taken, 0 duplicates, 0 ignored, 2 rejected" in english
    assert 'line 3: certification "AZ-5OO" is not in the list of certifications that count (AZ-500?)' in english
    assert "4行目: 有効期限「2027/2/30」は存在しない日付です" in japanese


async def test_people_who_would_be_gone_are_named_before_anything_is_applied(house: House) -> None:
    seventy = await open_import(house)
    check = text_of(await checked(seventy, TRAININGS))
    known = {one.name for one in (await seventy.services.worker.facts(TEAM)).certifications or ()}
    assert f"Missing since last time: {len(known - {'見本 花子'})} people (" in check


async def test_people_can_be_added_instead_of_replacing_everybody(house: House) -> None:
    seventy = await open_import(house)
    held = (await seventy.services.worker.facts(TEAM)).certifications or ()
    new = ("trainings.csv", "氏名,資格名\n見本 新人,SC-200\n".encode())
    check = await checked(seventy, new, people=["adds"])
    assert "Missing since" not in text_of(check) and "added to those known" in text_of(check)
    await applied(seventy, check)
    assert len((await seventy.services.worker.facts(TEAM)).certifications or ()) == len(held) + 1


async def test_applying_stores_everything_and_shows_the_new_score(house: House) -> None:
    seventy = await open_import(house)
    result = await applied(seventy, await checked(seventy, FIGURES))
    assert "Imported" in text_of(result) and "*Security*  64.0 → 70.7" in text_of(result)
    assert not problems(result.content)
    assert (await security(seventy)).startswith(QUALIFIES)
    newest = (await imports_of(seventy))[0]
    assert (newest.made_by, newest.as_of, [file.name for file in newest.files]) == (
        SAM,
        date(2026, 11, 20),
        ["figures.csv"],
    )


async def test_several_files_of_several_kinds_are_one_import(house: House) -> None:
    seventy = await open_import(house)
    await applied(seventy, await checked(seventy, FIGURES, TRAININGS))
    newest = (await imports_of(seventy))[0]
    assert (newest.kind, newest.people, newest.figures) == ("several", 1, 1)


async def test_undo_brings_everything_back_and_says_so_when_it_was_done_before(house: House) -> None:
    seventy = await open_import(house)
    before = await seventy.services.worker.facts(TEAM)
    result = await applied(seventy, await checked(seventy, FIGURES, TRAININGS))
    button = next(block for block in result.blocks if block["type"] == "actions")["elements"][0]
    for said in ("Undone. Everything is as it was before this import.", "This was undone already"):
        result.content = result.content | {"blocks": [*result.blocks, {"type": "actions", "elements": [button]}]}
        result.blocks[-1]["block_id"] = "again"
        await seventy.press(result, UNDO_FILES)
        assert said in text_of(result)
    assert await seventy.services.worker.facts(TEAM) == before
    assert await security(seventy) == SHORT_OF_70
    assert (await imports_of(seventy))[0].undone_by == SAM


async def test_the_undo_shows_what_happens_to_the_scores_in_both_languages(house: House) -> None:
    seventy = await open_import(house)
    for language, said in (("en", "Undone."), ("ja", "元に戻しました。")):
        user = READERS[language]
        result = await applied(seventy, await checked(seventy, FIGURES, user=user), user=user)
        await seventy.press(result, UNDO_FILES, user=user)
        assert said in text_of(result) and "*Security*  70.7 → 64.0" in text_of(result)


async def test_applying_twice_imports_once_and_undo_stays_within_reach(house: House) -> None:
    seventy = await open_import(house)
    check = await checked(seventy, FIGURES)
    kept = dict(check.content)
    first = await applied(seventy, check)
    first.content = kept  # as if Slack sent the same press again
    again = await applied(seventy, first)
    assert "Nothing to change: all of this is known" in text_of(again)
    assert len(await imports_of(seventy)) == 2
    await seventy.press(again, UNDO_FILES)
    assert await security(seventy) == SHORT_OF_70


async def test_applying_twice_at_once_imports_once(house: House) -> None:
    seventy = await open_import(house)
    views = [await checked(seventy, FIGURES) for _ in range(2)]
    seventy.slack.views[SAM][:] = views
    await asyncio.gather(*(applied(seventy, view) for view in views))
    assert len(await imports_of(seventy)) == 2


async def test_the_same_file_on_another_day_changes_nothing(house: House) -> None:
    seventy = await open_import(house)
    await applied(seventy, await checked(seventy, FIGURES, TRAININGS))
    seventy.calendar.day = date(2026, 11, 23)
    check = await checked(seventy, FIGURES, TRAININGS)
    assert "Nothing to change" in text_of(check)
    assert "submit" not in check.content
    assert not problems(check.content)


async def test_another_day_can_be_given_but_none_in_the_future(house: House) -> None:
    seventy = await open_import(house)
    file = ("figures.csv", b"area,track,metric,value\nsecurity,enterprise,deployments,6\n")
    refused = await sent(seventy, file, as_of="2026-11-21")
    assert refused.errors == {"as_of": "This day is in the future."}
    await applied(seventy, await checked(seventy, file, as_of="2026-11-19"))
    facts = await seventy.services.worker.facts(TEAM)
    assert [one.as_of for one in facts.figures if one.origin.source == "figures.csv"] == [date(2026, 11, 19)]


async def test_what_was_checked_can_be_applied_after_a_restart(house: House) -> None:
    first = await open_import(house)
    check = await checked(first, FIGURES)
    second = await open_import(house, knows_sample=False)
    second.slack.workspace.files.update(first.slack.workspace.files)
    first.slack.app_url = second.url
    await first.submit(check, {})
    await second.slack.until(lambda: bool(second.shown))
    assert len(await imports_of(second)) == 2
