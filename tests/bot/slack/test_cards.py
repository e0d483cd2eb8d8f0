"""Whatever a company's data are, every card is one that Slack takes, in both languages, and names nobody."""

import json
import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.playground.block_limits import problems
from bot.sample import SAMPLE_DAY
from bot.slack.blocks import Reply, escaped
from bot.slack.figures_form import figures_form, parts_of, saved_view
from bot.slack.score_answers import ScoreAnswers
from bot.slack.score_request import AllAreas, Help, OneArea, Sample, ScoreRequest, read_request
from bot.wording.words import LANGUAGES, Language, load_words
from scoring import Facts, Rulebook, ScoringError, score
from scoring.facts import WHOLE, Amount, Figure, HeldCertification, Membership, Origin, TrackInputs
from scoring.metric_rules import SKILLING, MetricName, MetricRule, Track
from tests.bot.conftest import said, shipped

RULEBOOK, SAMPLE = shipped()
WORDS = load_words()
MOST_TEXT = 12_000  # characters on one card; Slack has refused 13,000 without saying why
STRANGE = (
    "Zsófia <@U0SAM> & *Söhne*_~`",
    "<!channel> Zeta",
    "محمد العربي",
    "\u202eeman a",
    "👩‍👩‍👧‍👦 Zoë",
    "Zażółć\u0301 gęślą",
    "Zz" + "長" * 300,
    "山田 太郎子",
)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
HUGE = st.one_of(
    st.integers(-3, 30).map(Fraction),
    st.fractions(min_value=-(10**15), max_value=10**15, max_denominator=10**6),
    st.sampled_from([Fraction(10**300), Fraction(-(10**300)), Fraction(1, 10**12)]),
)
ORIGINS = st.sampled_from(["typed in Slack", "fi<gu>res&.csv", "*Q4* `final`.yaml"]).map(
    lambda source: Origin(source=source)
)
LIMITED = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def rules_of(area: str) -> Iterator[tuple[Track, MetricName, MetricRule]]:
    edition = RULEBOOK.edition(area, SAMPLE_DAY)
    return ((track, metric, rule) for track in edition.tracks for metric, rule in edition.metrics[track].items())


EVERY_RULE = [(area, *rest) for area in RULEBOOK.areas for rest in rules_of(area)]


@st.composite
def figures(draw: st.DrawFn, *, of: tuple[str, Track, MetricName, MetricRule] | None = None) -> Figure:
    """Any figure, or one of a metric that says enough for points."""
    area, track, metric, rule = of or draw(st.sampled_from(EVERY_RULE))
    points = st.fractions(min_value=0, max_value=rule.max_points, max_denominator=1000)
    parts: dict[str, Amount] = {}
    people: Fraction | None = None
    if metric in SKILLING:
        people = draw(st.none() | st.integers(0, 10**9).map(Fraction))
    else:
        names = parts_of(rule) if of else draw(st.sampled_from([parts_of(rule), parts_of(rule)[:1], (WHOLE,)]))
        amounts = st.integers(0, 10**6).map(Fraction) if of else HUGE
        parts = {name: Amount(count=draw(amounts)) for name in names}
    dates = st.none() | st.dates(date(2024, 1, 1), SAMPLE_DAY if of else date(2027, 6, 1))
    return Figure(
        area=area,
        metric=metric,
        track=track if of else draw(st.sampled_from([track, None])),
        parts=parts,
        people=people,
        points=draw(points if of else st.none() | points),
        as_of=draw(dates),
        origin=draw(ORIGINS),
    )


ANY_FIGURES = st.lists(figures(), max_size=30).map(tuple)
COMPLETE = {area: st.tuples(*(figures(of=one) for one in EVERY_RULE if one[0] == area)) for area in RULEBOOK.areas}


@st.composite
def people(draw: st.DrawFn) -> HeldCertification:
    name = draw(st.sampled_from(STRANGE))
    return HeldCertification(
        person=f"{name}@example.com",
        name=name,
        certification=draw(st.sampled_from(sorted(RULEBOOK.certifications.certifications))),
        earned=draw(st.none() | st.dates(date(2022, 1, 1), date(2026, 11, 20))),
        expires=draw(st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31))),
        origin=draw(ORIGINS),
    )


INPUTS = {
    "azure": {"smb_customers": Fraction(1), "customers": Fraction(10**9)},
    "business_applications": {"large_workloads": Fraction(7)},
}
TRACK_INPUTS = [
    TrackInputs(area=area, origin=Origin(source="x"), **values)  # type: ignore[arg-type]
    for area, values in INPUTS.items()
]
MEMBERSHIPS = st.builds(
    Membership,
    anniversary=st.dates(date(2023, 1, 1), date(2029, 12, 31)),
    enrolled=st.lists(st.sampled_from(sorted(RULEBOOK.areas)), unique=True).map(tuple),
    origin=ORIGINS,
)


def facts_with(figures: st.SearchStrategy[tuple[Figure, ...]]) -> st.SearchStrategy[Facts]:
    """Companies with such figures, and anything else."""
    return st.builds(
        Facts,
        figures=figures,
        certifications=st.none() | st.lists(people(), max_size=40).map(tuple),
        people_as_of=st.none() | st.dates(date(2026, 1, 1), date(2026, 11, 20)),
        track_inputs=st.sampled_from([(), tuple(TRACK_INPUTS)]),
        membership=st.none() | MEMBERSHIPS,
    )


FACTS = facts_with(ANY_FIGURES)
AREAS = st.sampled_from(sorted(RULEBOOK.areas))
# A company and an area to ask for: any figures, or all that the area needs for a total.
ASKED = AREAS.flatmap(lambda area: st.tuples(facts_with(st.one_of(ANY_FIGURES, COMPLETE[area])), st.just(area)))
ALL_FIGURES = st.tuples(*COMPLETE.values()).map(lambda every: tuple(one for figures in every for one in figures))


def answered(facts: Facts, request: ScoreRequest, language: Language) -> Reply:
    return ScoreAnswers(RULEBOOK, WORDS, SAMPLE).answer(request, facts, language, today=SAMPLE_DAY)


def check(reply: Reply) -> None:
    """Make sure that Slack takes a card, that its text stands alone, and that nobody's name is in it."""
    assert not problems({"text": reply.text, "blocks": reply.blocks})
    assert reply.text.strip()
    first = said(reply.blocks[:1])[0]
    if reply.blocks[0]["type"] == "header":
        assert reply.text.splitlines()[0] in (first, escaped(first))
    everything = json.dumps(reply.body(), ensure_ascii=False)
    assert sum(len(one) for one in said(reply.blocks)) <= MOST_TEXT
    assert len(reply.text) <= MOST_TEXT
    for name in STRANGE:
        assert name[:8] not in everything and escaped(name)[:8] not in everything
    assert "<!" not in everything and "<@" not in everything and "\u202e" not in everything
    assert reply.body()["response_type"] == "ephemeral"


def lapsing(count: int) -> tuple[HeldCertification, ...]:
    """Many people, each with every certification, each expiring on another day soon."""
    keys = sorted(RULEBOOK.certifications.certifications)
    return tuple(
        HeldCertification(
            person=f"p{number}",
            name=STRANGE[number % len(STRANGE)],
            certification=key,
            earned=date(2025, 1, 1),
            expires=date(2026, 11, 20 + number % 10),
            origin=Origin(source="people.csv", line=number),
        )
        for number in range(count)
        for key in keys
    )


@LIMITED
@given(asked=ASKED, on=st.none() | DAYS, language=st.sampled_from(LANGUAGES))
def test_the_card_of_an_area_is_one_that_slack_takes_whatever_the_data(
    asked: tuple[Facts, str], on: date | None, language: Language
) -> None:
    facts, area = asked
    check(answered(facts, OneArea(area, on), language))


@LIMITED
@given(facts=FACTS, on=st.none() | DAYS, language=st.sampled_from(LANGUAGES))
def test_the_card_of_all_areas_is_one_that_slack_takes_whatever_the_data(
    facts: Facts, on: date | None, language: Language
) -> None:
    check(answered(facts, AllAreas(on), language))


@settings(LIMITED, max_examples=30)
@given(facts=facts_with(ALL_FIGURES), language=st.sampled_from(LANGUAGES))
def test_the_card_of_all_areas_is_one_that_slack_takes_when_every_figure_is_known(
    facts: Facts, language: Language
) -> None:
    check(answered(facts, AllAreas(), language))


@LIMITED
@given(asked=ASKED, language=st.sampled_from(LANGUAGES))
def test_a_verdict_of_an_area_is_never_kinder_than_its_score(asked: tuple[Facts, str], language: Language) -> None:
    facts, area = asked
    try:
        card = score(RULEBOOK, facts, area, SAMPLE_DAY)
    except ScoringError:
        return
    first = answered(facts, OneArea(area), language).text.splitlines()[0]
    total = re.search(r": (\d+\.\d+) / 100", first)
    assert bool(total) == (card.chosen.total is not None)
    if total and card.chosen.total is not None:
        assert (Fraction(total[1]) >= card.qualifying_score) == (card.chosen.total >= card.qualifying_score)
    assert bool(re.search("qualifies|基準を満たしています", first)) == bool(card.chosen.qualified)


@LIMITED
@given(text=st.text(max_size=400), language=st.sampled_from(LANGUAGES))
@example(text="securty <!channel>", language="ja")
@example(text="on 0000-00-00", language="en")
@example(text="lang " + "&" * 300, language="en")
@example(text="figures \x00", language="en")
def test_whatever_is_typed_gets_an_answer_that_slack_takes(text: str, language: Language) -> None:
    request = read_request(RULEBOOK, text)
    if (
        isinstance(request, AllAreas | OneArea | Help | Sample)
        or hasattr(request, "given")
        or hasattr(request, "error")
    ):
        reply = answered(SAMPLE, request, language)
        assert not problems({"text": reply.text, "blocks": reply.blocks})
        assert reply.text.strip()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", sorted(RULEBOOK.areas))
def test_a_card_stays_readable_when_hundreds_of_people_lapse(area: str, language: Language) -> None:
    facts = SAMPLE.model_copy(update={"certifications": lapsing(100)})
    reply = answered(facts, OneArea(area), language)
    check(reply)
    assert sum(line.startswith("• ") for line in "\n".join(said(reply.blocks)).splitlines()) <= 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("on", [date(2026, 11, 20), date(2027, 3, 1), date(2024, 1, 1), date(2023, 7, 1)])
def test_nobody_of_the_sample_is_named_on_any_card(language: Language, on: date) -> None:
    names = {held.name for held in SAMPLE.certifications or ()}
    assert len(names) > 10
    asked: list[ScoreRequest] = [AllAreas(on), Help(), Sample(), *(OneArea(area, on) for area in RULEBOOK.areas)]
    for request in asked:
        everything = json.dumps(answered(SAMPLE, request, language).body(), ensure_ascii=False)
        assert not [name for name in names if re.search(rf"\b{name}\b|\b{name.split()[1]}\b", everything)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_one_that_slack_takes(rulebook: Rulebook, language: Language) -> None:
    for area in rulebook.areas:
        for track in ("enterprise", "smb", None):
            form = figures_form(rulebook, WORDS, language, area, track=track, today=SAMPLE_DAY)
            assert not problems(form)
            ids = [block["block_id"] for block in form["blocks"] if "block_id" in block]
            assert len(ids) == len(set(ids))


@LIMITED
@given(asked=ASKED, language=st.sampled_from(LANGUAGES))
def test_what_is_shown_after_saving_is_a_form_that_slack_takes_whatever_the_data(
    asked: tuple[Facts, str], language: Language
) -> None:
    facts, area = asked
    shown = saved_view(WORDS, language, "Saved.", answered(facts, OneArea(area), language), 1)
    assert not problems(shown)


def test_the_same_question_about_the_same_facts_is_answered_from_memory() -> None:
    answers = ScoreAnswers(RULEBOOK, WORDS, SAMPLE)
    first = answers.answer(OneArea("security"), SAMPLE, "ja", today=SAMPLE_DAY)
    assert answers.answer(OneArea("security"), SAMPLE, "ja", today=SAMPLE_DAY) is first
    assert answers.answer(OneArea("security"), SAMPLE, "en", today=SAMPLE_DAY) is not first
    assert answers.answer(OneArea("security"), SAMPLE, "ja", today=date(2026, 11, 21)) is not first
    assert answers.answer(OneArea("security"), SAMPLE.model_copy(), "ja", today=SAMPLE_DAY) is not first


def test_answers_of_gone_facts_are_never_given_for_others() -> None:
    answers = ScoreAnswers(RULEBOOK, WORDS, SAMPLE)
    for deployments in range(600):
        amount = Amount(count=Fraction(deployments % 7))
        figure = Figure(
            area="security",
            metric="deployments",
            track="enterprise",
            parts={WHOLE: amount},
            as_of=SAMPLE_DAY,
            origin=Origin(source="x"),
        )
        reply = answers.answer(OneArea("security"), Facts(figures=(figure,)), "en", today=SAMPLE_DAY)
        tenants = "1 tenant (" if deployments % 7 == 1 else f"{deployments % 7} tenants ("
        assert tenants in reply.text
