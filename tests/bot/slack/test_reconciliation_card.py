"""`/score <area> check`: differences with causes, the ticket to be copied, both languages, Slack's limits."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from bot.playground.block_limits import problems
from bot.slack.blocks import Reply
from bot.slack.score_answers import ScoreAnswers
from bot.slack.score_request import Check
from bot.wording.words import load_words
from scoring import Facts
from scoring.facts import Amount, Figure, HeldCertification, Origin
from scoring.metric_rules import METRICS
from tests.bot.conftest import Seventy, first_line, said, shipped, text_of

TODAY = date(2026, 11, 25)
ORIGIN = Origin(source="typed in Slack")
NAME = "Yamada Taro"


def figure(metric: Any, points: str | None, *, area: str = "security", **parts: str) -> Figure:
    """A figure of the Enterprise track and the points beside it."""
    amounts = {"" if name == "whole" else name: Amount(count=Fraction(count)) for name, count in parts.items()}
    given = None if points is None else Fraction(points)
    day = date(2026, 11, 21)
    return Figure(area=area, metric=metric, track="enterprise", parts=amounts, points=given, as_of=day, origin=ORIGIN)


def reply(facts: Facts, language: Any, area: str = "security") -> Reply:
    rulebook, sample = shipped()
    return ScoreAnswers(rulebook, load_words(), sample).answer(Check(area), facts, language, today=TODAY)


def shown(facts: Facts, language: Any, area: str = "security") -> str:
    found = reply(facts, language, area)
    assert problems(found.body()) == []
    return "\n".join(said(found.blocks))


def everything_differs() -> Facts:
    """Modern Work with every metric different, and people with names."""
    people = tuple(
        HeldCertification(person=f"{NAME} {n}", name=f"{NAME} {n}", certification=code, origin=ORIGIN)
        for n in range(4)
        for code in ("MS-102", "MD-102", "SC-300")
    )
    figures = (
        figure("net_customer_adds", "8", area="modern_work", whole="3"),
        figure("intermediate_certifications", "5", area="modern_work"),
        figure("advanced_certifications", "7.5", area="modern_work"),
        figure("usage_growth", "9", area="modern_work", cpor="500", dpor="800"),
        figure("deployments", "5", area="modern_work", cpor="3", dpor="4"),
    )
    return Facts(figures=figures, certifications=people, people_as_of=TODAY)


ADDS = Facts(figures=(figure("net_customer_adds", "10", whole="6"),))


@pytest.mark.parametrize(
    ("language", "verdict", "cause"),
    [
        (
            "en",
            "Security: 1 of 1 compared metric differs from Partner Center",
            "with 1 customer fewer we compute 10 points",
        ),
        ("ja", "Security: 照合した1項目のうち1項目がPartner Centerと違います", "1社少ないと10点です"),
    ],
)
def test_a_difference_is_told_with_its_causes(language: str, verdict: str, cause: str) -> None:
    text = shown(ADDS, language)
    assert text.splitlines()[0] == verdict
    assert cause in text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_equal_figures_say_no_more_than_that(language: str) -> None:
    text = shown(Facts(figures=(figure("net_customer_adds", "12", whole="6"),)), language)
    assert "Net customer adds" not in text.splitlines()[1] and "```" not in text
    assert text.splitlines()[0].startswith("Security: ")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_ticket_stands_in_preformatted_text_and_holds_the_facts(language: str) -> None:
    blocks = [text for text in said(reply(ADDS, language).blocks) if text.startswith("```")]
    assert len(blocks) == 1 and blocks[0].endswith("```")
    needed = ("Solutions Partner for Security", "Net customer adds", "2026-11-21", "Microsoft Learn", "10", "12")
    assert [word for word in needed if word not in blocks[0]] == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_an_area_in_which_everything_differs_fits_into_slacks_limits(language: str) -> None:
    found = reply(everything_differs(), language, "modern_work")
    assert problems(found.body()) == []
    assert sum(len(text) for text in said(found.blocks)) < 13_000
    fenced = [text for text in said(found.blocks) if "```" in text]
    assert all(text.count("```") == 2 and text.endswith("```") for text in fenced)
    assert all(f"\n{at}. " in "\n".join(fenced) for at in range(2, len(METRICS) + 1))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_nobody_is_named(language: str) -> None:
    assert NAME not in reply(everything_differs(), language, "modern_work").json


@pytest.mark.parametrize(("language", "way"), [("en", "Type in what Partner Center shows"), ("ja", "入力してください")])
def test_without_figures_of_partner_center_it_says_how_to_give_them(language: str, way: str) -> None:
    people = (HeldCertification(person="p", name=NAME, certification="SC-300", origin=ORIGIN),)
    assert way in shown(Facts(certifications=people, people_as_of=TODAY), language)


async def test_the_words_of_the_command_lead_to_the_card(company: Seventy) -> None:
    message = await company.score("security check")
    assert first_line(message).startswith("Security: ")
    assert "Partner Center" in text_of(message)
    japanese = await company.score("セキュリティ 照合")
    assert first_line(japanese) == first_line(message)


async def test_an_empty_workspace_is_told_how_to_start(seventy: Seventy) -> None:
    assert "No data yet" in text_of(await seventy.score("security check"))
