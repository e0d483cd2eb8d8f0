"""Keys and values of a facts file that mean nothing: each an error with its line and the reason."""

import pytest

from scoring import DataFileError, Rulebook
from scoring.errors import UnneededFactError, WrongFactError
from tests.bot.intake.facts_files import error_of, facts_in


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("company: x\nturnover: 5\n", 2, "'turnover' is not a key here; use company, as_of, areas"),
        ("areas:\n  security:\n    metric: {}\n", 3, "'metric' is not a key here; use metrics, enterprise, smb"),
        (
            "areas:\n  security:\n    metrics:\n      deployment: 5\n",
            4,
            "'deployment' is not a key here; use net_customer_adds",
        ),
        (
            "areas:\n  azure:\n    track_choice:\n      smb_share: 5\n",
            4,
            "'smb_share' is not a key here; use smb_customers",
        ),
        (
            "areas:\n  bizapps:\n    track_choice:\n      large_workloads: {then: 5}\n",
            4,
            "'then' is not a key here; use now, year_ago",
        ),
        ("people:\n  - nom: ann\n", 2, "'nom' is not a key here; use name, id, certifications"),
        (
            "people:\n  - name: ann\n    certifications:\n      - {certification: SC-200, until: 2027-01-01}\n",
            4,
            "'until' is not a key here; use certification, earned, expires",
        ),
        (
            "membership:\n  anniversary: 2027-03-15\n  areas: [security]\n",
            3,
            "'areas' is not a key here; use anniversary, enrolled",
        ),
        (
            "areas:\n  infra:\n    metrics:\n      usage_growth:\n        trailing_12_months: {then: 5}\n",
            5,
            "'then' is not a key here",
        ),
        (
            "areas:\n  infra:\n    metrics:\n      intermediate_certifications: {people: 3, now: 5}\n",
            4,
            "'now' is not a key here; use people, value, gates",
        ),
    ],
)
def test_a_key_that_means_nothing_is_an_error_with_its_line_and_the_keys_that_do(
    rulebook: Rulebook, text: str, line: int, words: str
) -> None:
    error = error_of(rulebook, text)
    assert isinstance(error, UnneededFactError)
    assert error.where == f"company.yaml:{line}"
    assert error.message.startswith(f"company.yaml:{line}: {words}")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # numbers
        ("areas: {infra: {metrics: {\n deployments: many}}}", 2, "'many': a number is needed"),
        ("areas: {infra: {metrics: {\n deployments: true}}}", 2, "'True': a number is needed"),
        ("areas: {infra: {metrics: {\n deployments: }}}", 2, "a number is needed"),
        ("areas: {infra: {metrics: {\n deployments: [5]}}}", 2, "a number is needed"),
        ("areas: {infra: {metrics: {\n deployments: 2026-11-20}}}", 2, "a number is needed"),
        ("areas: {infra: {metrics: {\n usage_growth: 1/0}}}", 2, "'1/0': a number is needed"),
        (
            "areas: {infra: {metrics: {usage_growth: {\n now: -5, year_ago: 3}}}}",
            2,
            "not below zero; only a difference may be",
        ),
        (
            "areas: {infra: {metrics: {usage_growth: {now: 5,\n year_ago: -3}}}}",
            2,
            "not below zero; only a difference may be",
        ),
        (
            "areas: {infra: {metrics: {intermediate_certifications: {\n people: -1}}}}",
            2,
            "whole numbers, not below zero",
        ),
        (
            "areas: {infra: {metrics: {intermediate_certifications: {\n people: 1.5}}}}",
            2,
            "'1.5': people are counted in whole numbers",
        ),
        (
            "areas: {infra: {metrics: {intermediate_certifications: {gates: {\n AZ-104: -2}}}}}",
            2,
            "'-2': people are counted",
        ),
        ("areas: {infra: {metrics: {\n intermediate_certifications: 2.5}}}", 2, "people are counted in whole numbers"),
        # numbers that disagree
        (
            "areas: {infra: {metrics: {\n net_customer_adds: {difference: 2, value: 3}}}}",
            2,
            "'2 and 3': one number is meant",
        ),
        (
            "areas: {infra: {metrics: {\n net_customer_adds: {now: 5, year_ago: 3, difference: 3}}}}",
            2,
            "now - year_ago is 2; correct one of them",
        ),
        (
            "areas: {infra: {metrics: {\n usage_growth: {now: 114, year_ago: 100, percent: 20}}}}",
            2,
            "now and year_ago give 14.0 percent",
        ),
        ("areas: {mw: {metrics: {usage_growth: {\n now: 5, cpor: 3}}}}", 2, "give either now or parts (cpor)"),
        # the customer mix
        ("areas: {azure: {track_choice: {\n smb_share_percent: 101}}}", 2, "'101': a share is 0 to 100 percent"),
        ("areas: {azure: {track_choice: {\n smb_share_percent: -1}}}", 2, "a share is 0 to 100 percent"),
        (
            "areas: {azure: {track_choice: {customers: 10,\n smb_customers: 11}}}",
            2,
            "'11': there are only 10 customers",
        ),
        (
            "areas: {azure: {track_choice: {customers: 10, smb_customers: 8,\n smb_share_percent: 70}}}",
            2,
            "8 of 10 customers are 80.0 percent",
        ),
        ("areas: {azure: {track_choice: {\n smb_customers: most}}}", 2, "'most': a number is needed"),
        # days
        ("company: x\nas_of: 2026-02-30\n", 2, "'2026-02-30': a day is needed, such as 2026-11-20"),
        ("company: x\nas_of: 2026-11\n", 2, "'2026-11': a day is needed"),
        ("areas: {infra: {\n as_of: yesterday}}", 2, "'yesterday': a day is needed"),
        ("areas: {infra: {metrics: {deployments: {value: 5,\n as_of: 20261120}}}}", 2, "'20261120': a day is needed"),
        ("people_as_of: 20 Nov\n", 1, "a day is needed"),
        ("membership:\n  anniversary: March\n", 2, "'March': a day is needed"),
        (
            "people:\n - name: ann\n   certifications: [{certification: SC-200,\n    expires: 2027-02-30}]",
            4,
            "'2027-02-30': a day is needed",
        ),
        (
            "people:\n- name: ann\n  certifications:\n  - certification: SC-200\n"
            "    earned: 2027-01-01\n    expires: 2026-01-01\n",
            6,
            "it was earned on 2027-01-01, after that day",
        ),
        # shapes
        ("areas: [security]\n", 1, "keys are needed here"),
        ("- company\n", 1, "keys are needed here: company, as_of, areas"),
        ("company: x\nareas:\n  security: 5\n", 3, "keys are needed here: metrics, enterprise, smb"),
        ("company: x\npeople: ann\n", 2, "a list is needed: - {name: ..., certifications: [...]}"),
        ("company: x\npeople: {name: ann}\n", 2, "a list is needed"),
        ("people:\n  - certifications: [SC-200]\n", 2, "a person needs a name"),
        (
            "people:\n  - name: ann\n    certifications:\n      - {expires: 2027-01-01}\n",
            4,
            "an entry needs its certification",
        ),
        ("company: x\nmembership: {enrolled: [security]}\n", 2, "it needs the anniversary date"),
    ],
)
def test_a_value_that_has_no_meaning_is_an_error_with_its_line_and_the_reason(
    rulebook: Rulebook, text: str, line: int, words: str
) -> None:
    error = error_of(rulebook, text)
    assert isinstance(error, WrongFactError)
    assert error.message.startswith(f"company.yaml:{line}: ")
    assert words in error.message
    assert error.message.endswith(".")


def test_a_key_given_twice_is_an_error_with_both_lines(rulebook: Rulebook) -> None:
    with pytest.raises(DataFileError, match=r"company.yaml:2: 'company' is given twice \(first on line 1\)"):
        facts_in(rulebook, "company: x\ncompany: y\n")
