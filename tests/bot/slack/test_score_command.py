"""`/score` as people type it, over real HTTP: what it says, to whom, in which language."""

import re
from datetime import date

import pytest

from bot.sample import SAMPLE_DAY
from bot.slack.score_request import AllAreas, ChooseLanguage, Figures, Help, OneArea, Sample, ScoreRequest, read_request
from scoring import Rulebook
from tests.bot.conftest import HANAKO, READERS, SAM, Calendar, House, Seventy, first_line, text_of

SECURITY = {"ja": "Security: 64.0 / 100、70点まであと6.0点", "en": "Security: 64.0 / 100, 6.0 short of 70"}
NEW_YEAR = date(2027, 1, 31)


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_score_names_the_area_that_needs_attention_in_its_first_line(company: Seventy, language: str) -> None:
    verdict = {
        "ja": r"更新に注意: Securityが70点まであと6\.0点\(期限 .*2027-03-31.*\)",
        "en": r"Renewal at risk: Security is 6\.0 points short of 70 \(by .*2027-03-31.*\)",
    }
    card = await company.score(user=READERS[language])
    assert re.fullmatch(verdict[language], first_line(card))
    assert card.text.splitlines()[0] == first_line(card)


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_score_of_an_area_begins_with_its_verdict(company: Seventy, language: str) -> None:
    card = await company.score("security", user=READERS[language])
    assert first_line(card) == card.text.splitlines()[0] == SECURITY[language]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", AllAreas()),
        ("   ", AllAreas()),
        ("security", OneArea("security")),
        ("SECURITY", OneArea("security")),
        ("sec", OneArea("security")),
        ("セキュリティ", OneArea("security")),
        ("ＳＥＣＵＲＩＴＹ", OneArea("security")),
        ("ｾｷｭﾘﾃｨ", OneArea("security")),
        ("インフラ", OneArea("infrastructure")),
        ("MW", OneArea("modern_work")),
        ("データAI", OneArea("data_and_ai")),
        ("ビズアプ", OneArea("business_applications")),
        ("modern work", OneArea("modern_work")),
        ("Data & AI", OneArea("data_and_ai")),
        ("security on 2027-01-31", OneArea("security", NEW_YEAR)),
        ("security ON 2027-1-31", OneArea("security", NEW_YEAR)),
        ("security on 2027/1/31", OneArea("security", NEW_YEAR)),
        ("security on 2027年1月31日", OneArea("security", NEW_YEAR)),
        ("セキュリティ　２０２７年１月３１日時点", OneArea("security", NEW_YEAR)),
        ("security 2027.01.31", OneArea("security", NEW_YEAR)),
        ("on 2027-01-31", AllAreas(NEW_YEAR)),
        ("help", Help()),
        ("？", Help()),
        ("使い方", Help()),
        ("sample", Sample()),
        ("見本 security", Sample("security")),
        ("figures", Figures()),
        ("FIGURES セキュリティ", Figures("security")),
        ("数字 インフラ", Figures("infrastructure")),
        ("lang ja", ChooseLanguage("ja")),
        ("lang 日本語", ChooseLanguage("ja")),
        ("言語 英語", ChooseLanguage("en")),
        ("lang AUTO", ChooseLanguage(None)),
    ],
)
def test_words_are_understood_in_any_width_case_and_language(
    rulebook: Rulebook, typed: str, asked: ScoreRequest
) -> None:
    assert read_request(rulebook, typed) == asked


@pytest.mark.parametrize("typed", ["セキュリティ", "ＳＥＣＵＲＩＴＹ", "sec"])
async def test_short_forms_and_japanese_names_show_the_same_card(company: Seventy, typed: str) -> None:
    assert (await company.score(typed)).text == (await company.score("security")).text


@pytest.mark.parametrize("typed", ["on 2027-03-01", "on 2027/3/1", "2027年3月1日"])
async def test_another_day_says_which_day_and_counts_what_has_lapsed_by_then(company: Seventy, typed: str) -> None:
    card = await company.score(f"security {typed}")
    assert first_line(card) == "Security: 37.3 / 100, 32.7 short of 70, and Intermediate under 1 point"
    assert "As of Mon 2027-03-01, by the rules of that day" in text_of(card)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("security on 2027-02-30", '"2027-02-30" is not a day. Write it as 2027-01-31.'),
        ("security on tomorrow", '"tomorrow" is not a day. Write it as 2027-01-31.'),
        ("security on", 'The day after "on" is missing. Write it as: /score security on 2027-01-31'),
        ("on", 'The day after "on" is missing. Write it as: /score security on 2027-01-31'),
        ("on 2020-01-01", "There are no rules for Solutions Partner before 2022-03-16."),
        ("security on 2020-01-01", "There are no rules for Solutions Partner before 2022-03-16."),
        ("security on 2022-04-01", "only the weights of Security were published, no thresholds."),
        ("lang fr", '"fr" is not a language here. Use: /score lang ja, /score lang en or /score lang auto'),
    ],
)
async def test_what_cannot_be_answered_says_what_to_type_instead(company: Seventy, typed: str, said: str) -> None:
    answer = await company.score(typed)
    assert said in answer.text
    assert said in text_of(answer)


async def test_an_area_known_by_its_weights_only_names_the_first_day_that_can_be_asked(company: Seventy) -> None:
    answer = await company.score("security on 2022-04-01", user=HANAKO)
    assert "2023-06-13以降の日付を指定してください" in answer.text
    assert first_line(await company.score("security on 2023-06-13")).startswith("Security: ")


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_typo_is_answered_with_a_button_that_shows_the_area_meant(company: Seventy, language: str) -> None:
    user = READERS[language]
    question = await company.score("securty", user=user)
    assert "securty" in question.text and "Security" in question.text
    await company.press(question, "show_area:security", user=user)
    assert company.last is question
    assert first_line(question) == question.text.splitlines()[0] == SECURITY[language]


async def test_the_button_of_a_typo_keeps_the_day_that_was_asked(company: Seventy) -> None:
    question = await company.score("securty on 2027-03-01")
    await company.press(question, "show_area:security")
    assert first_line(question).startswith("Security: 37.3")


async def test_nonsense_is_not_guessed_at(company: Seventy) -> None:
    answer = await company.score("qqqqqq")
    assert answer.text.startswith('No area is called "qqqqqq".\n*Areas:* Infrastructure, Data &amp; AI, ')
    await company.press(answer, "show_help")
    assert first_line(answer) == "What you can ask"


@pytest.mark.parametrize(("language", "title"), [("ja", "使い方"), ("en", "What you can ask")])
async def test_help_names_every_form_of_the_command(seventy: Seventy, language: str, title: str) -> None:
    answer = await seventy.score("help", user=READERS[language])
    assert first_line(answer) == title
    for form in ("/score security", "/score security on ", "/score figures", "/score sample", "/score lang"):
        assert form in answer.text


async def test_every_command_that_help_prints_is_understood(seventy: Seventy) -> None:
    help_text = (await seventy.score("help")).text
    for typed in re.findall(r"`/score ?([^`|]*)", help_text):
        answer = await seventy.slack.slash_command("/score", typed.strip(), user=SAM)
        assert (answer.status, answer.failure) == (200, None)
        assert "No area is called" not in str(answer.json.get("text"))


@pytest.mark.parametrize(
    ("language", "mark"), [("ja", "架空の会社の数字です"), ("en", "an invented company, no real data")]
)
async def test_the_sample_says_that_it_is_invented(seventy: Seventy, language: str, mark: str) -> None:
    for typed in ("sample", "sample security"):
        assert mark in text_of(await seventy.score(typed, user=READERS[language]))


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_an_empty_workspace_is_told_how_to_start_and_shown_no_points(seventy: Seventy, language: str) -> None:
    for typed in ("", "security", "on 2027-01-31"):
        card = await seventy.score(typed, user=READERS[language])
        assert first_line(card) == {"ja": "まだデータがありません", "en": "No data yet"}[language]
        assert not re.search(r"\d\.\d|/ 100", text_of(card) + card.text)


async def test_the_buttons_of_the_empty_card_lead_to_the_form_the_sample_and_help(seventy: Seventy) -> None:
    await seventy.press(await seventy.score(), "enter_figures")
    assert seventy.slack.views[SAM][-1].content["callback_id"] == "figures_form"
    sample = await seventy.score()
    await seventy.press(sample, "show_sample")
    assert first_line(sample).startswith("Renewal at risk")
    helped = await seventy.score()
    await seventy.press(helped, "show_help")
    assert first_line(helped) == "What you can ask"


@pytest.mark.parametrize(
    "typed",
    ["", "security", "help", "sample", "lang en", "lang xx", "securty", "qqqq", "on", "on 2020-01-01", "on 2022-04-01"],
)
async def test_every_answer_is_for_the_asker_alone_and_has_a_text(company: Seventy, typed: str) -> None:
    answer = await company.score(typed)
    assert answer.visible_to == SAM
    assert answer.text.strip()
    assert company.answers[-1].json["response_type"] == "ephemeral"


async def test_what_a_button_shows_stays_for_the_asker_alone(company: Seventy) -> None:
    call = await company.press(await company.score("help"), "show_all_areas")
    assert call.arguments["response_type"] == "ephemeral"
    assert call.arguments["text"].strip()
    assert company.last.visible_to == SAM


async def test_a_person_reads_the_language_of_their_slack(company: Seventy) -> None:
    assert first_line(await company.score("security", user=HANAKO)) == SECURITY["ja"]
    assert first_line(await company.score("security", user=SAM)) == SECURITY["en"]


async def test_slack_is_asked_for_a_persons_language_once_a_day(company: Seventy) -> None:
    for _ in range(3):
        await company.score("security")
    assert [call.method for call in company.slack.received].count("users.info") == 1


async def test_a_chosen_language_is_kept_over_a_restart_and_auto_follows_slack_again(house: House) -> None:
    first = await house.start()
    assert first_line(await first.score("lang ja")) == "これからは日本語で答えます。"
    assert first_line(await first.score("help")) == "使い方"
    second = await house.start()
    assert first_line(await second.score("help")) == "使い方"
    assert first_line(await second.score("help", user=HANAKO)) == "使い方"
    assert first_line(await second.score("lang auto")) == "Answers now follow your Slack language."
    assert first_line(await second.score("lang en", user=HANAKO)) == "Answers are now in English."
    assert first_line(await second.score("help", user=HANAKO)) == "What you can ask"


async def test_a_language_chosen_by_one_person_is_not_that_of_others(company: Seventy) -> None:
    await company.score("lang en", user=HANAKO)
    await company.score("lang ja", user=SAM)
    assert first_line(await company.score("security", user=HANAKO)) == SECURITY["en"]
    assert first_line(await company.score("security", user=SAM)) == SECURITY["ja"]


async def test_the_answer_is_of_the_day_in_the_companys_time_zone(house: House) -> None:
    calendar = Calendar(SAMPLE_DAY)
    seventy = await house.start(calendar=calendar)
    await seventy.know_sample()
    assert "As of" not in text_of(await seventy.score("security"))
    calendar.day = date(2027, 3, 1)
    assert first_line(await seventy.score("security")).startswith("Security: 37.3")


async def test_a_command_that_slack_sends_twice_is_answered_alike_and_changes_nothing(company: Seventy) -> None:
    before = await company.services.worker.facts("T0PLAYGROUND")
    for typed in ("", "security", "lang en"):
        texts = {(await company.score(typed)).text for _ in range(2)}
        assert len(texts) == 1
    assert await company.services.worker.facts("T0PLAYGROUND") is before


async def test_figures_opens_the_form_of_the_area(seventy: Seventy) -> None:
    form = await seventy.form("figures セキュリティ")
    assert form.content["private_metadata"] == "security enterprise"
    assert (await seventy.form("figures", user=HANAKO)).content["title"]["text"] == "数字の入力"


async def test_figures_of_a_misspelt_area_asks_back_and_opens_nothing(seventy: Seventy) -> None:
    answer = await seventy.score("figures securty")
    assert "Did you mean Security?" in answer.text
    assert seventy.slack.views[SAM] == []


@pytest.mark.parametrize(
    "typed", ["<!channel>", "<@U0SAM> & co", "a" * 3000, "😀", "\u202eytiruces", "{area}", "{n#a|b}"]
)
async def test_whatever_is_typed_comes_back_harmless(company: Seventy, typed: str) -> None:
    answer = await company.score(typed)
    assert not re.search(r"<[!@#]", answer.text + text_of(answer))
    assert first_line(answer)
