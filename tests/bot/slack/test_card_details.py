"""What a card says of days, totals and ways in the cases where a slip would mislead."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.sample import SAMPLE_DAY
from bot.slack.action_ids import CHOOSE_AREA
from bot.slack.score_answers import ScoreAnswers
from bot.slack.score_request import AllAreas, OneArea
from bot.wording.words import WORDS, hundredths, load_words
from scoring import Facts
from scoring.facts import Amount, Figure, Origin
from tests.bot.conftest import (
    SAM,
    Seventy,
    first_line,
    said,
    shipped,
)


def one_figure(metric: Any, parts: dict[str, int], **fields: Any) -> Facts:
    """A company of which one figure of Security is known."""
    amounts = {part: Amount(count=Fraction(count)) for part, count in parts.items()}
    known: dict[str, Any] = {"area": "security", "track": "enterprise", "as_of": date(2026, 11, 1)} | fields
    figure = Figure(metric=metric, parts=amounts, origin=Origin(source="typed in Slack"), **known)
    return Facts(figures=(figure,))


def answers() -> ScoreAnswers:
    rulebook, sample = shipped()
    return ScoreAnswers(rulebook, load_words(), sample)


def texts(facts: Facts, request: AllAreas | OneArea, language: Any) -> str:
    reply = answers().answer(request, facts, language, today=SAMPLE_DAY)
    return "\n".join([reply.text, *said(reply.blocks)])


def test_the_card_of_all_areas_says_in_japanese_why_an_area_has_no_points() -> None:
    assert "in force on" not in texts(shipped()[1], AllAreas(date(2022, 4, 1)), "ja")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_known_on_a_day_is_not_called_qualified(language: str) -> None:
    shown = texts(one_figure("deployments", {"": 3}), AllAreas(date(2026, 10, 1)), language)
    assert "Every area with figures qualifies" not in shown
    assert "すべて基準を満たしています" not in shown


@pytest.mark.parametrize(("language", "said_day"), [("ja", "2027-03-01(月)"), ("en", "Mon 2027-03-01")])
def test_the_card_of_all_areas_says_that_it_is_of_another_day(language: str, said_day: str) -> None:
    assert said_day in texts(shipped()[1], AllAreas(date(2027, 3, 1)), language)


async def test_choosing_an_area_keeps_the_day_that_was_asked(company: Seventy) -> None:
    card = await company.score("on 2027-03-01")
    await company.choose(card, CHOOSE_AREA, "security 2027-03-01")
    assert first_line(card).startswith("Security: 37.3")


async def test_a_button_of_yesterdays_card_shows_today(company: Seventy) -> None:
    card = await company.score("security")
    company.calendar.day = date(2027, 3, 1)
    await company.press(card, "show_all_areas")
    assert first_line(card).startswith("Renewal at risk: Security is 32.7 points short")


async def test_the_sample_leads_on_by_a_button(seventy: Seventy) -> None:
    sample = await seventy.score("sample")
    assert any(block["type"] == "actions" for block in sample.blocks)


@pytest.mark.parametrize(("language", "deadline"), [("ja", "2027-03-31(水)"), ("en", "Wed 2027-03-31")])
def test_the_deadline_in_the_first_line_carries_its_weekday(language: str, deadline: str) -> None:
    assert deadline in texts(shipped()[1], AllAreas(), language).splitlines()[0]


def test_a_window_that_has_not_begun_is_not_said_to_have_days_left() -> None:
    # On 2026-06-01 the window of the sample begins in four months (2026-10-01).
    assert "303 days left" not in texts(shipped()[1], OneArea("security", date(2026, 6, 1)), "en")


def test_a_track_whose_total_is_not_known_is_not_written_as_a_question_mark() -> None:
    facts = one_figure("deployments", {"": 3}, area="infrastructure")
    assert "?" not in texts(facts, OneArea("infrastructure"), "en")


def test_nothing_is_at_stake_where_a_metric_has_no_points() -> None:
    assert "0.0 points are at stake" not in texts(shipped()[1], OneArea("security", date(2027, 3, 1)), "en")


def test_an_enrolled_area_that_is_blocked_is_marked_as_at_risk() -> None:
    facts = shipped()[1]
    shown = texts(facts, AllAreas(date(2027, 3, 1)), "en")
    [row] = [line for line in shown.splitlines() if line.startswith("*Security*")]
    assert "at risk" in row


async def test_lang_without_a_language_does_not_quote_nothing(seventy: Seventy) -> None:
    assert '""' not in (await seventy.score("lang")).text


async def test_a_long_text_of_signs_is_answered(seventy: Seventy) -> None:
    answer = await seventy.slack.slash_command("/score", "<" * 12_000, user=SAM)
    assert answer.failure is None


def test_every_sentence_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in WORDS.parents[1].rglob("*.py"))
    assert "button.try_again" not in load_words().sentences or "button.try_again" in code


def test_a_total_below_the_line_is_never_shortened_to_the_line() -> None:
    assert hundredths(Fraction(69_999, 1000)) == "69.99"


def test_a_way_by_protected_users_is_counted_in_users_not_in_dollars() -> None:
    shown = texts(shipped()[1], OneArea("security"), "en")
    [way] = [line for line in shown.splitlines() if line.startswith("• Usage growth (Microsoft 365 protected users)")]
    assert "750 users" in way and "USD" not in way
