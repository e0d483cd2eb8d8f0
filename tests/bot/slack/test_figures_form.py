"""The form for typed figures: open, change, save, see, undo; nothing twice, nothing lost, nothing of others."""

import asyncio
import copy
import json
import re
from datetime import date
from fractions import Fraction

import pytest

from bot.playground.block_limits import problems
from bot.slack.action_ids import FORM_AREA, FORM_TRACK, UNDO_IMPORT
from scoring.facts import Amount
from tests.bot.conftest import (
    HANAKO,
    READERS,
    SAM,
    TEAM,
    House,
    Seventy,
    first_line,
    text_of,
)
from tests.bot.slack.conftest import SENTENCE

DEPLOYMENTS = "security:enterprise:deployments::value"
PEOPLE = "security:enterprise:intermediate_certifications::value"
DEPLOYMENT_POINTS = "security:enterprise:deployments::points"
USAGE_POINTS = "security:enterprise:usage_growth::points"
ADDS = "security:enterprise:net_customer_adds::value"


async def imports_of(seventy: Seventy, team: str = TEAM) -> int:
    return await seventy.services.worker.call(lambda store: len(store.imports(team)))


def header_of(seventy: Seventy, user: str = SAM) -> str:
    blocks = seventy.slack.views[user][-1].blocks
    return next(str(block["text"]["text"]) for block in blocks if block["type"] == "header")


@pytest.mark.parametrize(("language", "title"), [("ja", "数字の入力"), ("en", "Enter figures")])
async def test_the_form_opens_by_command_and_by_button_in_the_readers_language(
    company: Seventy, language: str, title: str
) -> None:
    user = READERS[language]
    by_command = copy.deepcopy((await company.form("figures security", user=user)).content)
    await company.press(await company.score("security", user=user), "enter_figures", user=user)
    by_button = company.slack.views[user][-1].content
    assert by_command["title"]["text"] == title
    assert (by_button["title"], by_button["private_metadata"]) == (by_command["title"], by_command["private_metadata"])
    assert not problems(by_button)


async def test_the_form_asks_for_each_metric_a_figure_and_its_points_and_for_the_day(seventy: Seventy) -> None:
    form = await seventy.form("figures security")
    asked = [block["block_id"] for block in form.blocks if block["type"] == "input"]
    assert asked == [
        "figures_area",
        "figures_track",
        "as_of",
        "security:enterprise:net_customer_adds::value",
        "security:enterprise:net_customer_adds::points",
        "security:enterprise:intermediate_certifications::value",
        "security:enterprise:intermediate_certifications:gate0:value",
        "security:enterprise:intermediate_certifications:gate1:value",
        "security:enterprise:intermediate_certifications::points",
        "security:enterprise:usage_growth:azure:value",
        "security:enterprise:usage_growth:protected_users:value",
        "security:enterprise:usage_growth::points",
        "security:enterprise:deployments::value",
        "security:enterprise:deployments::points",
    ]


async def test_choosing_another_area_or_track_asks_for_its_metrics(seventy: Seventy) -> None:
    form = await seventy.form("figures security")
    await seventy.choose(form, FORM_AREA, "modern_work")
    assert "modern_work:enterprise:deployments:cpor:value" in {block["block_id"] for block in form.blocks}
    await seventy.choose(form, FORM_TRACK, "smb")
    assert "modern_work:smb:net_customer_adds::value" in {block["block_id"] for block in form.blocks}


async def test_saving_shows_the_new_score_in_the_forms_place(company: Seventy) -> None:
    # By hand: 12 + 26.67 + 12 + 20 (6 of 6 deployments instead of 4) = 70.67.
    form = await company.form()
    await company.submit(form, {DEPLOYMENTS: "6"})
    saved = company.slack.views[SAM][-1]
    assert header_of(company).startswith("Security: 70.7 / 100, qualifies")
    assert "1 figure of Security saved, as of 2026-11-20." in text_of(saved)
    assert not problems(saved.content)
    assert first_line(await company.score("security")).startswith("Security: 70.7 / 100, qualifies")


async def test_points_alone_are_taken_as_partner_center_shows_them(company: Seventy) -> None:
    # By hand: 64 - 12 + 15 = 67.
    await company.submit(await company.form(), {USAGE_POINTS: "15"})
    assert header_of(company) == "Security: 67.0 / 100, 3.0 short of 70"
    assert "points as Partner Center shows them" in text_of(company.slack.views[SAM][-1])


async def test_a_figure_and_its_points_are_stored_together(company: Seventy) -> None:
    await company.submit(await company.form(), {DEPLOYMENTS: "5", DEPLOYMENT_POINTS: "20"})
    facts = await company.services.worker.facts(TEAM)
    [typed] = [figure for figure in facts.figures if figure.origin.source == "typed in Slack"]
    assert (dict(typed.parts), typed.points) == ({"": Amount(count=Fraction(5))}, Fraction(20))
    assert re.search(r"Partner Center shows 20\.0+, computed 16\.\d", text_of(company.slack.views[SAM][-1]))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("６", "6"), ("1,234", "1234"), ("12.5", "25/2"), ("-1", "-1"), ("+3", "3"), (" 7 ", "7"), ("14 %", "14")],
)
async def test_numbers_are_read_in_any_width_and_with_separators(seventy: Seventy, typed: str, stored: str) -> None:
    await seventy.submit(await seventy.form(), {ADDS: typed})
    facts = await seventy.services.worker.facts(TEAM)
    assert facts.figures[0].parts[""].count == Fraction(stored)


@pytest.mark.parametrize(
    ("values", "block", "en", "ja"),
    [
        ({DEPLOYMENTS: "many"}, DEPLOYMENTS, "Enter a number, such as 12 or 13.33.", "数字を入力してください。"),
        ({DEPLOYMENTS: "1e5"}, DEPLOYMENTS, "Enter a number", "数字を入力してください"),
        ({DEPLOYMENTS: "--1"}, DEPLOYMENTS, "Enter a number", "数字を入力してください"),
        ({DEPLOYMENTS: "1.2.3"}, DEPLOYMENTS, "Enter a number", "数字を入力してください"),
        ({DEPLOYMENT_POINTS: "20.01"}, DEPLOYMENT_POINTS, "Points are from 0 to 20.", "点数は0から20までです。"),
        ({DEPLOYMENT_POINTS: "-1"}, DEPLOYMENT_POINTS, "Points are from 0 to 20.", "点数は0から20までです。"),
        ({DEPLOYMENTS: "3", "as_of": "2026-11-21"}, "as_of", "This day is in the future.", "未来の日付です。"),
        ({}, ADDS, "Enter at least one figure or number of points.", "数値か点数を1つ以上入力してください。"),
    ],
)
async def test_a_wrong_field_is_marked_in_the_readers_language_and_nothing_is_stored(
    seventy: Seventy, values: dict[str, str], block: str, en: str, ja: str
) -> None:
    for language, sentence in (("en", en), ("ja", ja)):
        form = await seventy.form(user=READERS[language])
        await seventy.submit(form, values, user=READERS[language])
        assert list(form.errors) == [block]
        assert form.errors[block].startswith(sentence)
    assert await imports_of(seventy) == 0


async def test_every_wrong_field_is_marked_at_once(seventy: Seventy) -> None:
    form = await seventy.form()
    await seventy.submit(form, {ADDS: "x", DEPLOYMENT_POINTS: "99", "as_of": "2030-01-01"})
    assert set(form.errors) == {ADDS, DEPLOYMENT_POINTS, "as_of"}


async def test_most_points_and_today_are_allowed(seventy: Seventy) -> None:
    form = await seventy.form()
    await seventy.submit(form, {DEPLOYMENT_POINTS: "20", USAGE_POINTS: "0", "as_of": "2026-11-20"})
    assert form.errors == {}
    assert await imports_of(seventy) == 1


async def test_undo_brings_back_the_score_before(company: Seventy) -> None:
    await company.submit(await company.form(), {DEPLOYMENTS: "6"})
    await company.press(company.slack.views[SAM][-1], UNDO_IMPORT)
    saved = company.slack.views[SAM][-1]
    assert "Undone. The figures before are back." in text_of(saved)
    assert header_of(company) == "Security: 64.0 / 100, 6.0 short of 70"
    assert not problems(saved.content)


async def test_undo_of_the_first_figures_of_a_workspace_leads_back_to_the_start(seventy: Seventy) -> None:
    await seventy.submit(await seventy.form(), {DEPLOYMENTS: "6"})
    await seventy.press(seventy.slack.views[SAM][-1], UNDO_IMPORT)
    assert header_of(seventy) == "No data yet"


async def test_a_second_undo_says_that_it_was_undone_already(company: Seventy) -> None:
    await company.submit(await company.form(), {DEPLOYMENTS: "6"})
    saved = company.slack.views[SAM][-1]
    twin = copy.deepcopy(saved)
    await company.press(saved, UNDO_IMPORT)
    await company.press(twin, UNDO_IMPORT)
    assert "This was undone already; nothing was changed." in text_of(company.slack.views[SAM][-1])
    assert header_of(company) == "Security: 64.0 / 100, 6.0 short of 70"


async def test_saving_the_same_figures_again_changes_nothing_and_says_so(company: Seventy) -> None:
    for _ in range(2):
        await company.submit(await company.form(), {DEPLOYMENTS: "6", USAGE_POINTS: "15"})
    assert "These figures are stored already; nothing was changed." in text_of(company.slack.views[SAM][-1])
    assert await imports_of(company) == 2  # the sample, and the first of the two


async def test_a_submission_that_slack_sends_twice_is_stored_once(company: Seventy) -> None:
    form = await company.form()
    twin = copy.deepcopy(form)
    await company.submit(form, {DEPLOYMENTS: "6"})
    company.slack.views[SAM].append(twin)
    company.slack.views[SAM].pop(0)
    await company.submit(twin, {DEPLOYMENTS: "6"})
    assert await imports_of(company) == 2


async def test_a_figure_of_another_day_stands_beside_the_older_one(company: Seventy) -> None:
    await company.submit(await company.form(), {DEPLOYMENTS: "6", "as_of": "2026-11-10"})
    assert first_line(await company.score("security")).startswith("Security: 70.7")
    assert first_line(await company.score("security on 2026-11-09")).startswith("Security: 64.0")


async def test_two_people_who_save_at_once_both_count(company: Seventy) -> None:
    # By hand: 64 + 6.67 (6 deployments) + 8 (10 customers instead of 6) = 78.67.
    his, hers = await company.form(user=SAM), await company.form(user=HANAKO)
    await asyncio.gather(
        company.submit(his, {DEPLOYMENTS: "6"}, user=SAM), company.submit(hers, {ADDS: "10"}, user=HANAKO)
    )
    assert first_line(await company.score("security")).startswith("Security: 78.7 / 100")
    assert await imports_of(company) == 3


async def test_two_people_who_save_different_numbers_of_one_metric_leave_the_later_one(company: Seventy) -> None:
    his, hers = await company.form(user=SAM), await company.form(user=HANAKO)
    await company.submit(his, {DEPLOYMENTS: "6"}, user=SAM)
    await company.submit(hers, {DEPLOYMENTS: "5"}, user=HANAKO)
    assert first_line(await company.score("security")).startswith("Security: 67.3")


async def test_another_workspace_sees_nothing_of_it_and_cannot_undo_it(house: House) -> None:
    ours, theirs = await house.start(), await house.start(team_id="T0OTHER")
    await ours.submit(await ours.form(), {DEPLOYMENTS: "6"})
    assert first_line(await theirs.score("security")) == "No data yet"
    await theirs.submit(await theirs.form(), {DEPLOYMENTS: "1"})
    foreign = copy.deepcopy(theirs.slack.views[SAM][-1])
    await theirs.press(theirs.slack.views[SAM][-1], UNDO_IMPORT)
    await theirs.press(foreign, UNDO_IMPORT)  # number 1 is undone there; ours is number 1 here
    assert first_line(await theirs.score("security")) == "No data yet"
    assert "Deployments*  *20.0*" in text_of(await ours.score("security"))


async def test_what_was_saved_is_there_after_a_restart(house: House) -> None:
    first = await house.start()
    await first.submit(await first.form(), {DEPLOYMENTS: "6"})
    second = await house.start()
    assert "Deployments*  *20.0*" in text_of(await second.score("security"))


async def test_who_saved_is_remembered(company: Seventy) -> None:
    await company.submit(await company.form(user=HANAKO), {DEPLOYMENTS: "6"}, user=HANAKO)
    [newest, _] = await company.services.worker.call(lambda store: store.imports(TEAM))
    assert (newest.made_by, newest.kind, newest.as_of) == (HANAKO, "form", date(2026, 11, 20))


async def test_the_form_keeps_nothing_secret_in_its_metadata(company: Seventy) -> None:
    form = await company.form()
    await company.submit(form, {DEPLOYMENTS: "6"})
    saved = company.slack.views[SAM][-1]
    assert saved.content["private_metadata"] == "security"
    assert "見本 一郎" not in json.dumps(saved.content, ensure_ascii=False)


async def test_a_submission_that_slack_sends_twice_at_once_is_stored_once(company: Seventy) -> None:
    form = await company.form()
    twin = copy.deepcopy(form)
    twin.id = "V-TWIN"
    company.slack.views[SAM] = [form, twin]
    await asyncio.gather(company.submit(form, {DEPLOYMENTS: "6"}), company.submit(twin, {DEPLOYMENTS: "6"}))
    records = await company.services.worker.call(lambda store: store.imports(TEAM))
    assert [record.kind for record in records] == ["form", "figures"]


@pytest.mark.parametrize("typed", ["9" * 400, "-" + "9" * 400])
async def test_a_number_of_hundreds_of_digits_does_not_break_every_later_answer(seventy: Seventy, typed: str) -> None:
    form = await seventy.form()
    await seventy.slack.submit_view(form.id, {DEPLOYMENTS: typed}, user=SAM)
    assert not (await seventy.score("security")).text.startswith(SENTENCE["en"])


@pytest.mark.parametrize(("block", "typed"), [(DEPLOYMENTS, "-1"), (PEOPLE, "-3"), (PEOPLE, "2.5")])
async def test_a_number_that_can_never_be_right_is_marked_in_the_form(seventy: Seventy, block: str, typed: str) -> None:
    area = "infrastructure" if block == DEPLOYMENTS else "security"  # a plain count, not a difference
    form = await seventy.form(f"figures {area}")
    chosen = block.replace("security", area)
    await seventy.submit(form, {chosen: typed})
    assert chosen in form.errors


async def test_people_typed_in_the_form_count_or_the_form_asks_for_what_is_missing(seventy: Seventy) -> None:
    """Security asks for holders of its gates; the form has no field for them, so the people are never counted."""
    await seventy.submit(await seventy.form(), {PEOPLE: "4"})
    assert "gate holders is missing" not in text_of(seventy.slack.views[SAM][-1])
