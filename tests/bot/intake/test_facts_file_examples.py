"""Every example of docs/facts-file.md is a facts file that says what the document says."""

import re
from datetime import date
from pathlib import Path

import pytest

from scoring import Rulebook, score
from tests.bot.intake.facts_files import facts_in

DOCUMENT = Path(__file__).parents[3] / "docs" / "facts-file.md"
TODAY = date(2026, 11, 20)


def _blocks() -> list[tuple[str, str]]:
    text = DOCUMENT.read_text(encoding="utf-8")
    examples = text[text.index("## Examples") :]
    return re.findall(r"^### (\w+)\n.*?```yaml\n(.*?)```", examples, flags=re.MULTILINE | re.DOTALL)


def test_the_document_has_an_example_of_every_area(rulebook: Rulebook) -> None:
    assert [area for area, _ in _blocks()] == list(rulebook.areas)


@pytest.mark.parametrize(("area", "text"), _blocks(), ids=[area for area, _ in _blocks()])
def test_an_example_of_the_document_is_complete_on_its_track(rulebook: Rulebook, area: str, text: str) -> None:
    card = score(rulebook, facts_in(rulebook, text), area, TODAY)
    assert card.chosen.total is not None
    assert card.track_reason in ("classified", "higher_total", "figures_given")


def test_the_head_of_the_document_is_a_facts_file(rulebook: Rulebook) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    head = re.findall(r"```yaml\n(company: .*?)```", text, flags=re.DOTALL)[0]
    facts = facts_in(rulebook, head.replace("{...}", "{}").replace("[...]", "[]"))
    assert facts.company == "Mihon Trading (sample)"
    assert facts.people_as_of == date(2026, 11, 18)
    assert facts.membership is not None
    assert facts.membership.anniversary == date(2027, 3, 15)
    assert facts.membership.enrolled == ("infrastructure", "security")


def test_the_people_of_the_document_hold_what_it_says(rulebook: Rulebook) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (people,) = re.findall(r"## `people`\n\n```yaml\n(.*?)```", text, flags=re.DOTALL)
    held = facts_in(rulebook, people).certifications
    assert held is not None
    assert [(one.certification, one.earned, one.expires) for one in held] == [
        ("AZ-104", None, None),
        ("AZ-700", date(2025, 12, 1), date(2026, 12, 1)),
        ("SC-200", None, date(2027, 2, 10)),
    ]
