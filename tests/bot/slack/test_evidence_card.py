"""`/score <area> why <metric>`: the card stays within Slack's limits and names customers, but no person."""

import json
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from bot.company_facts import measured, with_measured
from bot.playground.block_limits import problems
from bot.sample import SAMPLE_DAY
from bot.slack.blocks import Reply
from bot.slack.evidence_card import MOST_UNITS
from bot.slack.score_answers import ScoreAnswers
from bot.slack.score_request import (
    Check,
    NoSuchArea,
    NotUnderstood,
    OneArea,
    ScoreRequest,
    WhichMetric,
    Why,
    read_request,
)
from bot.store.records import NewImport
from bot.wording.words import LANGUAGES, Language, load_words
from scoring import Facts, Rulebook
from scoring.metric_rules import MetricName
from scoring.usage import BILLION, UsageRows, month_number
from tests.bot.conftest import READERS, TEAM, Seventy, first_line, said, shipped, text_of

RULEBOOK, SAMPLE = shipped()
WORDS = load_words()
ANSWERS = ScoreAnswers(RULEBOOK, WORDS, SAMPLE)
MOST_TEXT = 12_000  # characters on one card; Slack has refused 13,000 without saying why
STRANGE = (
    "<!channel> & <@U0SAM>",
    "*bold* _it_ ~no~ `code` <https://example.com|here>",
    "\u202eturned round",
    "two\nlines\x00",
    "長" * 400,
    "https://example.com/" + "a" * 300,
    "",
)


def azure(names: Sequence[str], *, source: str = "azure.csv") -> UsageRows:
    """Customers with USD 2,000 a month each in the last two months; a year ago there was only the first."""
    months = [month_number(date(*day, 1)) for day in ((2026, 10), (2026, 9), (2025, 10), (2025, 9))]
    tenants = [*range(len(names)), *range(len(names)), 0, 0]
    month = [*([months[0]] * len(names)), *([months[1]] * len(names)), months[2], months[3]]
    size = len(month)
    return UsageRows(
        dataset="azure_usage",
        source=source,
        fields=frozenset({"month", "tenant", "item", "association", "segment", "duplicate", "acr"}),
        tenants=tuple(f"{number:05d}" for number in range(len(names))),
        tenant_names=tuple(names),
        items=("Storage",),
        associations=("Partner Admin Link",),
        segments=("Enterprise Commercial",),
        line=np.arange(2, size + 2, dtype=np.int64),
        month=np.array(month, np.int32),
        tenant=np.array(tenants, np.int32),
        item=np.zeros(size, np.int32),
        association=np.zeros(size, np.int32),
        segment=np.zeros(size, np.int32),
        associated=np.zeros(size, np.int32),
        quantities={"acr": np.full(size, 2000 * BILLION, np.int64)},
        import_id=1,
    )


def answered(usage: UsageRows, language: Language = "en", metric: MetricName = "net_customer_adds") -> Reply:
    facts = with_measured(Facts(), measured(RULEBOOK, [usage]))
    return ANSWERS.why(Why("infrastructure", metric), facts, [usage], language, today=SAMPLE_DAY)


def check(reply: Reply) -> str:
    """Make sure that Slack takes the card and that nothing from outside is read as mark-up; gives all its text."""
    assert not problems({"text": reply.text, "blocks": reply.blocks})
    everything = json.dumps(reply.body(), ensure_ascii=False)
    for block in reply.blocks:
        if block["type"] == "section" and block["text"]["type"] == "mrkdwn":
            assert "bold" not in block["text"]["text"] and "<" not in block["text"]["text"]
    assert (
        "<!" not in reply.text and "<@" not in reply.text and "\u202e" not in everything and "\\u0000" not in everything
    )
    shown = "\n".join(said(reply.blocks))
    assert len(shown) <= MOST_TEXT and len(reply.text) <= MOST_TEXT
    assert reply.body()["response_type"] == "ephemeral"
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_company_of_5000_customers_with_strange_names_fits_on_a_card(language: Language) -> None:
    names = [STRANGE[number % len(STRANGE)] for number in range(5000)]
    reply = answered(azure(names, source="re<po>rts_*2026*.zip/" + "x" * 300 + ".csv"), language)
    shown = check(reply)
    lines = [line for line in shown.splitlines() if line.startswith("• ") and ".csv:" in line]
    assert len(lines) == MOST_UNITS
    rest = {"en": "and 4,979 added (4,979 capped), 1 kept more", "ja": "ほか追加4,979件(うち上限超過4,979件)、継続1件"}
    assert rest[language] in shown
    assert "seventy evidence infrastructure net_customer_adds --on 2026-11-20" in shown


def test_customers_are_told_with_status_amounts_and_rows_and_the_rest_is_counted() -> None:
    shown = check(answered(azure([f"Customer {number:02d}" for number in range(30)])))
    lines = shown.splitlines()
    assert lines[0] == "Infrastructure, Net customer adds: 30.0 / 30"
    assert "• added · Customer 01 · USD 0 → USD 2,000 · azure.csv:33, azure.csv:3" in lines
    capped = [line for line in lines if "capped: the maximum is reached without it" in line]
    assert len(capped) == MOST_UNITS - 3  # three customers give all points
    assert "*29 added (26 capped), 1 kept*" in lines
    assert any("and 9 added (9 capped), 1 kept more; all of them:" in line for line in lines)
    assert any("Months measured: Azure usage 2026-10" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_its_source_and_the_limits_are_on_the_card(language: Language) -> None:
    shown = check(answered(azure(["Contoso"]), language))
    rule = RULEBOOK.edition("infrastructure", SAMPLE_DAY).metrics["enterprise"]["net_customer_adds"]
    assert getattr(rule.measures, language) in shown
    assert rule.reference.title in shown and rule.reference.place in shown
    for limit in ("offer_type", "sovereign_clouds", "deduplication"):
        assert f"• {getattr(RULEBOOK.usage_terms.limits[limit], language)}" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_certifications_are_listed_with_their_rows_but_nobody_is_named(language: Language) -> None:
    for area in RULEBOOK.areas:
        reply = ANSWERS.why(Why(area, "intermediate_certifications"), SAMPLE, (), language, today=SAMPLE_DAY)
        shown = check(reply)
        assert "company.yaml:" in shown
        everything = json.dumps(reply.body(), ensure_ascii=False)
        names = {held.name for held in SAMPLE.certifications or ()}
        assert names and not [name for name in names if name in everything]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_of_the_sample_has_a_card(language: Language) -> None:
    for area, rules in RULEBOOK.areas.items():
        for metric in rules.metrics:
            for on in (None, date(2026, 6, 1), date(2024, 1, 1), date(2022, 5, 1), date(2020, 1, 1)):
                reply = ANSWERS.why(Why(area, metric, on), SAMPLE, (), language, today=SAMPLE_DAY)
                check(reply)


ADDS: MetricName = "net_customer_adds"
NEW_YEAR = date(2027, 1, 31)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("security why net customer adds", Why("security", ADDS)),
        ("security why net customer adds on 2027-01-31", Why("security", ADDS, NEW_YEAR)),
        ("why security adds", Why("security", ADDS)),
        ("adds security why", Why("security", ADDS)),
        ("security adds why?", Why("security", ADDS)),
        ("ＳＥＣ ＷＨＹ ＡＤＤＳ", Why("security", ADDS)),
        ("セキュリティ 根拠 新規顧客", Why("security", ADDS)),
        ("セキュリティ　新規顧客の　根拠", Why("security", ADDS)),
        ("セキュリティの 新規顧客の 根拠 2027年1月31日", Why("security", ADDS, NEW_YEAR)),
        ("新規顧客 セキュリティ なぜ", Why("security", ADDS)),
        ("security 根拠 中級資格", Why("security", "intermediate_certifications")),
        ("modern work evidence usage growth", Why("modern_work", "usage_growth")),
        ("Data & AI why deployments", Why("data_and_ai", "deployments")),
        ("security why", WhichMetric("security")),
        ("why security on 2027-01-31", WhichMetric("security", "", (), NEW_YEAR)),
        ("security why growht", WhichMetric("security", "growht", ("usage_growth",))),
        ("security why advanced", WhichMetric("security", "advanced", ("advanced_certifications",))),
        ("why", NotUnderstood("error.area_missing", "why")),
        ("security check", Check("security")),
        ("check security", Check("security")),
        ("セキュリティ 照合", Check("security")),
        ("modern work reconcile on 2027-01-31", Check("modern_work", NEW_YEAR)),
        ("infra compare", Check("infrastructure")),
        ("照合", NotUnderstood("error.area_missing", "照合")),
        ("security", OneArea("security")),
    ],
)
def test_a_question_for_the_evidence_is_understood_in_any_order(
    rulebook: Rulebook, typed: str, asked: ScoreRequest
) -> None:
    assert read_request(rulebook, typed) == asked


@pytest.mark.parametrize("typed", ["securty why adds", "why adds", "windows check"])
def test_an_area_that_is_not_there_gets_the_near_ones(rulebook: Rulebook, typed: str) -> None:
    assert isinstance(read_request(rulebook, typed), NoSuchArea)


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_command_is_acknowledged_and_answered_below_to_the_asker_alone(
    company: Seventy, language: str
) -> None:
    before = len(company.shown)
    answer = await company.slack.slash_command("/score", "security why intermediate", user=READERS[language])
    assert (answer.status, answer.failure) == (200, None)
    await company.slack.until(lambda: len(company.shown) > before)
    call = company.shown[-1]
    assert call.arguments["replace_original"] is False and call.arguments["response_type"] == "ephemeral"
    verdict = {
        "ja": "Security・中級資格 (Intermediate): 26.7 / 40",
        "en": "Security, Intermediate certifications: 26.7 / 40",
    }
    assert first_line(company.last) == verdict[language]


async def test_the_menu_of_an_area_card_leads_to_the_evidence_and_back(company: Seventy) -> None:
    card = await company.score("security on 2026-12-01")
    await company.choose(card, "choose_metric", "security net_customer_adds 2026-12-01")
    assert first_line(card) == "Security, Net customer adds: 12.0 / 20"
    assert "As of Tue 2026-12-01" in text_of(card)
    await company.press(card, "show_area", value="security 2026-12-01")
    assert first_line(card).startswith("Security: ")


async def test_a_metric_that_the_area_does_not_have_gets_near_ones_and_a_menu(company: Seventy) -> None:
    card = await company.score("security why growht")
    shown = text_of(card)
    assert 'Security has no metric called "growht".' in shown and "Did you mean Usage growth?" in shown
    assert "Security has: Net customer adds, Intermediate, Usage growth, Deployments" in shown
    await company.choose(card, "choose_metric", "security usage_growth")
    assert first_line(card) == "Security, Usage growth: 12.0 / 20"


async def test_usage_that_was_imported_is_scored_and_explained(seventy: Seventy) -> None:
    new = NewImport(kind="usage", usage=(azure(["Contoso", "Fabrikam"]),), made_by="test")
    now = seventy.services.now()
    await seventy.services.worker.call(lambda store: store.add_import(TEAM, new, now=now))
    card = await seventy.score("infra")
    assert "1 customer (10 each, up to 3 customers)" in text_of(card)
    await seventy.choose(card, "choose_metric", "infrastructure net_customer_adds")
    assert "• added · Fabrikam · USD 0 → USD 2,000 · azure.csv:5, azure.csv:3" in text_of(card)
