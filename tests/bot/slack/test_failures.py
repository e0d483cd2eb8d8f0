"""What people see when the database, Slack or the program fails: a sentence with a reference, and the log has it."""

import time

import pytest

from bot.playground.elements import placed
from bot.slack.action_ids import UNDO_IMPORT
from bot.store.connection import sqlite3
from tests.bot.conftest import (
    HANAKO,
    SAM,
    House,
    Seventy,
    first_line,
    said,
    text_of,
)
from tests.bot.slack.conftest import SENTENCE, Faults, break_database, reference_in


async def test_a_failing_database_is_told_with_a_reference_and_no_traceback(
    company: Seventy, caplog: pytest.LogCaptureFixture
) -> None:
    await company.score("help")  # his language is known from now on
    await break_database(company)
    answer = await company.score("security")
    assert answer.text.startswith(SENTENCE["en"])
    assert answer.visible_to == SAM
    reference_in(answer.text + text_of(answer), caplog)


async def test_two_failures_have_two_references(company: Seventy, caplog: pytest.LogCaptureFixture) -> None:
    await company.score("help")
    await break_database(company)
    answers = [await company.score("security") for _ in range(2)]
    assert len({reference_in(answer.text, caplog) for answer in answers}) == 2


async def test_a_failing_button_says_so_beside_the_card(company: Seventy, caplog: pytest.LogCaptureFixture) -> None:
    card = await company.score("security", user=HANAKO)
    await break_database(company)
    await company.press(card, "show_all_areas", user=HANAKO)
    assert first_line(card) == "Security: 64.0 / 100、70点まであと6.0点"  # the card stays
    assert company.last.text.startswith(SENTENCE["ja"])
    assert company.last.visible_to == HANAKO
    reference_in(company.last.text, caplog)


@pytest.mark.parametrize("kind", ["slow", "server error", "rate limit", "refused", "no json", "no locale"])
async def test_when_slack_does_not_tell_the_language_the_default_one_is_used_in_time(
    house: House, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    faults = Faults(kind)
    seventy = await house.start(slack_wrapped=faults, seventy_language="ja")
    await seventy.know_sample()
    started = time.perf_counter()
    card = await seventy.score("security", user=SAM)
    assert time.perf_counter() - started < 2.0
    assert first_line(card) == "Security: 64.0 / 100、70点まであと6.0点"
    assert faults.asked == 1


async def test_the_default_language_is_a_setting(house: House) -> None:
    seventy = await house.start(slack_wrapped=Faults("refused"), seventy_language="en")
    assert first_line(await seventy.score("help", user=HANAKO)) == "What you can ask"


async def test_a_language_that_slack_did_not_tell_is_asked_for_again(house: House) -> None:
    faults = Faults("refused")
    seventy = await house.start(slack_wrapped=faults)
    await seventy.score("help")
    await seventy.score("help")
    assert faults.asked == 2


async def test_a_person_who_chose_a_language_does_not_need_slack_for_it(house: House) -> None:
    faults = Faults("slow")
    seventy = await house.start(slack_wrapped=faults)
    await seventy.score("lang en")
    started = time.perf_counter()
    assert first_line(await seventy.score("help")) == "What you can ask"
    assert time.perf_counter() - started < 0.5
    assert faults.asked == 0


async def test_a_database_that_another_program_reads_answers_as_ever(company: Seventy) -> None:
    other = sqlite3.connect(str(company.services.settings.seventy_database))
    other.execute("BEGIN")
    other.execute("SELECT * FROM companies").fetchall()
    assert first_line(await company.score("security")) == "Security: 64.0 / 100, 6.0 short of 70"
    other.close()


async def test_a_form_that_was_open_while_the_app_restarted_can_still_be_saved(house: House) -> None:
    first = await house.start()
    form = await first.form()
    second = await house.start()
    first.slack.app_url = second.url
    await first.submit(form, {"security:enterprise:deployments::value": "6"})
    assert "1 figure of Security saved" in text_of(first.slack.views[SAM][-1])


async def test_a_card_that_was_shown_before_a_restart_still_works(house: House) -> None:
    first = await house.start()
    await first.know_sample()
    card = await first.score("help")
    second = await house.start()
    first.slack.app_url = second.url
    await first.press(card, "show_all_areas")
    assert first_line(card).startswith("Renewal at risk")
    assert list(placed(card.blocks))


async def test_an_undo_that_fails_says_so_with_a_reference(company: Seventy, caplog: pytest.LogCaptureFixture) -> None:
    await company.submit(await company.form(), {"security:enterprise:deployments::value": "6"})
    saved = company.slack.views[SAM][-1]
    await break_database(company)
    before = len(company.shown)
    await company.slack.click(saved, UNDO_IMPORT, user=SAM)
    await company.slack.until(lambda: len(company.shown) > before, seconds=1.5)
    reference_in(text_of(saved), caplog)


async def test_a_failing_database_is_told_to_a_person_whose_language_is_not_known_yet(
    company: Seventy, caplog: pytest.LogCaptureFixture
) -> None:
    await break_database(company)
    answer = await company.slack.slash_command("/score", "security", user=SAM)
    assert answer.status == 200
    reference_in(company.last.text, caplog)


async def test_a_failing_button_is_told_to_a_person_whose_language_is_not_known_yet(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    first = await house.start()
    card = await first.score("help")
    second = await house.start()
    first.slack.app_url = second.url
    await break_database(second)
    before = len(first.slack.messages["C0PARTNER"])
    await first.slack.click(card, "show_all_areas", user=SAM)
    await first.slack.until(lambda: len(first.slack.messages["C0PARTNER"]) > before, seconds=1.5)
    reference_in(first.last.text, caplog)


async def test_a_form_that_cannot_be_opened_is_told(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """For instance because the trigger came too late."""
    seventy = await house.start(slack_wrapped=Faults("refused", "views.open"))
    card = await seventy.score("help")
    before = len(seventy.slack.messages["C0PARTNER"])
    await seventy.slack.click(card, "enter_figures", user=SAM)
    await seventy.slack.until(lambda: len(seventy.slack.messages["C0PARTNER"]) > before, seconds=1.5)
    reference_in(seventy.last.text, caplog)


async def test_a_form_that_cannot_be_saved_says_so_with_a_reference(
    company: Seventy, caplog: pytest.LogCaptureFixture
) -> None:
    form = await company.form()
    await break_database(company)
    answer = await company.slack.submit_view(form.id, {"security:enterprise:deployments::value": "6"}, user=SAM)
    assert answer.status == 200
    said_there = " ".join([*form.errors.values(), *said(form.blocks)])
    reference_in(said_there, caplog)


async def test_a_question_is_answered_in_time_while_another_program_keeps_the_database_locked(house: House) -> None:
    seventy = await house.start()
    await seventy.know_sample()
    other = sqlite3.connect(str(seventy.services.settings.seventy_database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = await seventy.slack.slash_command("/score", "security", user=SAM)
        assert answer.status == 200
    finally:
        other.execute("ROLLBACK")
        other.close()


async def test_an_answer_of_slack_that_is_cut_off_costs_only_the_language(house: House) -> None:
    """The errors of aiohttp for it, ClientPayloadError and ServerDisconnectedError, are no OSErrors."""
    seventy = await house.start(slack_wrapped=Faults("cut off"))
    assert first_line(await seventy.score("help", user=SAM)) == "使い方"
