"""The card of all areas says how old each kind of data is, and when newer data comes, in both languages."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.slack.score_answers import ScoreAnswers
from bot.slack.score_request import AllAreas, OneArea
from bot.wording.words import load_words
from scoring import Facts
from scoring.facts import Amount, Figure, HeldCertification, Origin
from tests.bot.conftest import said, shipped

TODAY = date(2026, 11, 20)
ORIGIN = Origin(source="typed in Slack")
PEOPLE = (HeldCertification(person="p", name="p", certification="SC-300", origin=ORIGIN),)


def figure(area: str, day: date, metric: Any = "net_customer_adds") -> Figure:
    return Figure(area=area, metric=metric, parts={"": Amount(count=Fraction(1))}, as_of=day, origin=ORIGIN)


def data_line(facts: Facts, language: Any, request: AllAreas | OneArea | None = None) -> str:
    rulebook, sample = shipped()
    answers = ScoreAnswers(rulebook, load_words(), sample)
    reply = answers.answer(request or AllAreas(), facts, language, today=TODAY)
    start = {"en": "Data: ", "ja": "データ: "}[language]
    return next(line for text in said(reply.blocks) for line in text.splitlines() if line.startswith(start))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "Data: figures 2026-10-20 (31 days old, next around 2026-11-20), "
            "skilling 2026-11-18 (2 days old, next around 2026-11-28)",
        ),
        (
            "ja",
            "データ: 実績・活用 2026-10-20(31日前、次回は2026-11-20ごろ)、資格 2026-11-18(2日前、次回は2026-11-28ごろ)",
        ),
    ],
)
def test_figures_and_skilling_have_their_own_age_and_next_refresh(language: str, line: str) -> None:
    figures = (figure("security", date(2026, 10, 20)), figure("modern_work", date(2026, 10, 20)))
    facts = Facts(figures=figures, certifications=PEOPLE, people_as_of=date(2026, 11, 18))
    assert data_line(facts, language) == line
    assert data_line(facts, language, OneArea("security")) == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "Data: Modern Work: figures 2026-11-19 (1 day old, next around 2026-11-20); "
            "Security: figures 2026-10-20 (31 days old, next around 2026-11-20)",
        ),
        (
            "ja",
            "データ: Modern Workは実績・活用 2026-11-19(1日前、次回は2026-11-20ごろ)、"
            "Securityは実績・活用 2026-10-20(31日前、次回は2026-11-20ごろ)",
        ),
    ],
)
def test_figures_of_several_days_name_their_areas(language: str, line: str) -> None:
    facts = Facts(figures=(figure("security", date(2026, 10, 20)), figure("modern_work", date(2026, 11, 19))))
    assert data_line(facts, language) == line


@pytest.mark.parametrize(("language", "words"), [("en", "(after the day asked)"), ("ja", "(指定した日より後)")])
def test_a_list_of_a_later_day_has_no_negative_age(language: str, words: str) -> None:
    facts = Facts(certifications=PEOPLE, people_as_of=date(2026, 11, 24))
    assert words in data_line(facts, language) and "-4" not in data_line(facts, language)


@pytest.mark.parametrize(("language", "words"), [("en", "(today, next around"), ("ja", "(本日分、次回は")])
def test_data_of_the_day_is_called_so(language: str, words: str) -> None:
    facts = Facts(certifications=PEOPLE, people_as_of=TODAY)
    assert f"2026-11-20{' ' if language == 'en' else ''}{words}" in data_line(facts, language)
