"""Every sentence stands in both languages, says the same, and is used; the code asks for no other."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from bot.cli.words import command_words
from bot.slack.score_request import NotUnderstood
from bot.wording.words import LANGUAGES, Words, load_words
from scoring.errors import ScoringError
from scoring.facts import WHOLE
from scoring.metric_rules import METRICS, BestAssociationRule, ChangeRule, SumOfSidesRule, Track, Unit
from scoring.rulebook import Rulebook
from scoring.scorecard import NotKnownReason, TrackReason, WarningKind

BOT = Path(__file__).parents[3] / "bot"
CODE = "\n".join(path.read_text("utf-8") for path in sorted(BOT.rglob("*.py")) if "playground" not in path.parts)
WORDS = load_words()
KEYS = sorted(WORDS.sentences)

# What one language says and the other leaves out, on purpose.
ONLY_IN_JAPANESE = {"detail.count": {"one"}}  # "3社(1社 2点)", but "3 customers (2 each)"
# Sentences whose numbers differ: the English one writes them as words, or says more, on purpose.
NUMBERS_IN_WORDS = {
    "button.all": "six areas",
    "help.all": "six areas",
    "all.fine": "six areas",
    "all.cloud_badge": "six",
    "all.choose": "one area",
    "help.area": "one area",
    "empty.intro": "Three ways, about five minutes",
    "empty.figures": "six areas, four or five metrics",
    "ways.title": "One of these",
    "renewal.line": "one qualifying day",
    "renewal.line_later": "one qualifying day",
    "renewal.not_enrolled": "one qualifying day",
    "track.reason.only_one": "the only one",
    "track.reason.figures_given": "the one with figures",
    "form.error.nothing": "at least one",
    "warning.gate_exact": "one",
    "all.status.blocked": "any such metric",
    "warning.part_not_given": "counts as nothing",
    "warning.credit_after_expiry": "the year after retirement",
    "card.known_so_far": "Missing is not zero",
    "detail.people": "each (1名)",
    "detail.people_with_gates": "each (1名)",
    "form.intro": "empty is not zero",
}
NOT_USED_YET = {"button.try_again"}  # see test_found.py
MADE_OF_PARTS = {
    "metric": METRICS,
    "brief": METRICS,
    "track": get_args(Track),
    "unit": get_args(Unit),
    "form.value_hint": get_args(Unit),
    "reason": get_args(NotKnownReason),
    "track.reason": get_args(TrackReason),
}


def placeholders(text: str) -> set[str]:
    plain = re.sub(r"\{(\w+)#[^}]*\}", "{\\1}", text)
    return {name for _, name, _, _ in Formatter().parse(plain) if name}


def numbers(text: str) -> Counter[str]:
    plain = re.sub(r"\{[^}]*\}", "", unicodedata.normalize("NFKC", text))
    plain = re.sub(r"\d{4}-\d{2}-\d{2}", "DAY", plain)
    plain = re.sub(r"Microsoft 365|M365", "", plain)
    return Counter(re.findall(r"\d+(?:\.\d+)?", plain))


def japanese() -> Iterator[tuple[str, str]]:
    return ((key, text.ja) for key, text in WORDS.sentences.items())


def test_a_sentence_is_filled_in_alike_in_both_languages() -> None:
    for key, text in WORDS.sentences.items():
        assert text.ja.strip() and text.en.strip(), key
        assert placeholders(text.ja) - placeholders(text.en) == ONLY_IN_JAPANESE.get(key, set()), key
        assert placeholders(text.en) <= placeholders(text.ja), key


def test_a_sentence_gives_the_same_numbers_in_both_languages() -> None:
    different = {
        key: (text.en, text.ja) for key, text in WORDS.sentences.items() if numbers(text.en) != numbers(text.ja)
    }
    assert not {key: pair for key, pair in different.items() if key not in NUMBERS_IN_WORDS}


def test_no_exception_of_these_tests_is_out_of_date() -> None:
    assert set(NUMBERS_IN_WORDS) <= set(KEYS)
    assert set(ONLY_IN_JAPANESE) <= set(KEYS)


def test_japanese_has_neither_half_width_katakana_nor_full_width_letters_or_digits() -> None:
    wrong = re.compile(r"[\uff61-\uff9f\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
    assert not [(key, text) for key, text in japanese() if wrong.search(text)]


def test_both_languages_are_composed_and_free_of_odd_spaces() -> None:
    for key, text in WORDS.sentences.items():
        for said in (text.ja, text.en):
            assert unicodedata.is_normalized("NFC", said), key
            assert not re.search(r"[\u00a0\u200b-\u200f\u202a-\u202e\u3000\ufeff]", said), key


def test_english_has_no_japanese_signs() -> None:
    signs = re.compile(r"[\u3001-\u303f\u3041-\u30ff\u4e00-\u9fff]")
    allowed = {"help.area"}  # shows that セキュリティ can be typed
    assert not [key for key, text in WORDS.sentences.items() if key not in allowed and signs.search(text.en)]


def test_japanese_sentences_that_end_are_polite() -> None:
    plain = re.compile(r"(である|だった|だ|しろ|せよ|ない)。")
    assert not [(key, text) for key, text in japanese() if plain.search(text)]


def test_brackets_and_mark_up_are_closed() -> None:
    for key, text in WORDS.sentences.items():
        for said in (text.ja, text.en):
            plain = re.sub(r"\{[^}]*\}", "", said)
            for opened, closed in ("()", "「」", "[]"):
                assert plain.count(opened) == plain.count(closed), key
            assert plain.count("*") % 2 == 0 and plain.count("`") % 2 == 0 and plain.count('"') % 2 == 0, key


def key_patterns() -> list[re.Pattern[str]]:
    """The keys that the code asks for; a part in braces stands for one word."""
    quoted = set(re.findall(r"[\"']([a-z_]+(?:\.(?:[a-z_]+|\{[^}\"]*\}))+)[\"']", CODE))
    return [re.compile(re.sub(r"\\\{[^}]*\\\}", r"[a-z0-9_]+", re.escape(key))) for key in quoted]


def test_every_sentence_is_used() -> None:
    patterns = key_patterns()
    unused = [key for key in KEYS if not any(pattern.fullmatch(key) for pattern in patterns)]
    assert [key for key in unused if key not in NOT_USED_YET] == []


def test_every_sentence_that_the_code_asks_for_by_name_exists() -> None:
    asked = set(re.findall(r"(?:say|choice|has)\(\s*[\"']([a-z_]+(?:\.[a-z_]+)+)[\"']", CODE))
    asked |= set(re.findall(r"key = \"([a-z_]+\.[a-z_.]+)\"", CODE))
    asked |= set(re.findall(r"NotUnderstood\(\"([a-z_.]+)\"", CODE))
    assert len(asked) > 50
    assert asked <= set(command_words().sentences)


def test_every_sentence_whose_key_is_put_together_exists() -> None:
    needed = {f"{start}.{end}" for start, ends in MADE_OF_PARTS.items() for end in ends}
    lapses = {"warning.certification_lapses", "warning.certification_lapses_unchanged"}
    needed |= {f"warning.{kind}" for kind in get_args(WarningKind)} | lapses
    needed |= {f"error.{error.kind}" for error in ScoringError.__subclasses__()}
    assert needed <= set(KEYS)


def test_every_part_of_every_rule_has_a_name_in_both_languages(rulebook: Rulebook) -> None:
    for rules in rulebook.areas.values():
        for history in rules.metrics.values():
            for track in get_args(Track):
                for rule in history.of(track).values():
                    parts = _parts(rule)
                    assert {f"part.{part}" for part in parts if part != WHOLE} <= set(KEYS)


def _parts(rule: object) -> tuple[str, ...]:
    match rule:
        case SumOfSidesRule():
            return tuple(rule.amount_per_point)
        case BestAssociationRule():
            return tuple(rule.thresholds)
        case ChangeRule():
            return rule.sides
    return ()


def test_every_sentence_can_be_said_and_leaves_no_form_behind() -> None:
    for key, text in WORDS.sentences.items():
        values = dict.fromkeys(placeholders(text.ja) | placeholders(text.en), "7")
        for language in LANGUAGES:
            said = WORDS.say(key, language, **values)
            assert said.strip() and not re.search(r"[{}#]", said), key


@pytest.mark.parametrize(
    ("unit", "one", "many"),
    [
        ("customer", "customer", "customers"),
        ("service", "service", "services"),
        ("tenant", "tenant", "tenants"),
        ("workload", "workload", "workloads"),
        ("person", "person", "people"),
        ("active_user", "user", "users"),
    ],
)
def test_english_counts_in_the_right_form(unit: str, one: str, many: str) -> None:
    said = [WORDS.say(f"unit.{unit}", "en", n=n) for n in ("0", "1", "2", "1,000", "1.5", "-1")]
    assert said[:5] == [f"0 {many}", f"1 {one}", f"2 {many}", f"1,000 {many}", f"1.5 {many}"]
    assert said[5] in (f"-1 {one}", f"-1 {many}")  # both are in use


def test_a_saved_line_counts_its_figures_in_the_right_form() -> None:
    said = {n: WORDS.say("form.saved_line", "en", n=n, area="X", day="D") for n in ("1", "2")}
    assert said["1"].startswith("1 figure of X saved") and said["2"].startswith("2 figures of X saved")


def test_a_key_or_value_that_is_not_there_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        WORDS.say("no.such.key", "en")
    with pytest.raises(KeyError):
        WORDS.say("card.short", "ja", area="Security")


def test_what_is_filled_in_is_not_read_as_a_form() -> None:
    said = WORDS.say("error.wrong_date", "en", given="{n#one|many} {x}")
    assert said.startswith('"{n#one|many} {x}"')


def test_the_sentences_are_read_once() -> None:
    assert load_words() is load_words()
    assert isinstance(WORDS, Words)


def test_an_unknown_word_after_the_command_names_a_sentence_that_exists() -> None:
    assert NotUnderstood("error.unknown_language").key in KEYS
