"""The oracle: what a folder of clean exports measures on a day, in plain Python, apart from the code it checks."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.exports.answers import Answer, Inputs, Measured, limited, two_sides
from tests.exports.azure_oracle import azure_answers, azure_inputs, azure_side_of_security
from tests.exports.business_oracle import business_answers, business_inputs
from tests.exports.clean_reports import read_folder
from tests.exports.programme import (
    AZURE_AREAS,
    SECURITY_ADDS_FOR_ALL_POINTS,
    USD_PER_POINT,
    USERS_PER_POINT,
    tracks,
)
from tests.exports.seat_values import Licences
from tests.exports.seats_oracle import microsoft_365_side_of_security, modern_work_answers

AREAS = (*AZURE_AREAS, "modern_work", "security", "business_applications")
METRICS = ("net_customer_adds", "usage_growth", "deployments")
Answers = dict[tuple[str, str, str], Answer]  # by area, track, metric


def answers_of(folder: Path, on: date) -> Answers:
    """Every performance and customer-success metric of every area and track."""
    reports = read_folder(folder)
    licences = Licences(reports, on)
    found: Answers = {}
    for area in AREAS:
        for track in tracks(area, on):
            if area in AZURE_AREAS:
                own = azure_answers(reports.get("azure"), on, track)
            elif area == "modern_work":
                own = modern_work_answers(licences, track)
            elif area == "security":
                azure = azure_side_of_security(reports.get("azure"), on, track)
                own = _security(azure, microsoft_365_side_of_security(licences, track), track)
            else:
                own = business_answers(reports, on, track)
            found |= {(area, track, metric): own[metric] for metric in METRICS}
    return found


def inputs_of(folder: Path, on: date) -> dict[str, Inputs]:
    """What classifies the partner, by area."""
    reports = read_folder(folder)
    azure = azure_inputs(reports.get("azure"), on)
    return {**dict.fromkeys(AZURE_AREAS, azure), "business_applications": business_inputs(reports, on)}


def _security(azure: dict[str, Measured], seats: dict[str, Measured], track: str) -> dict[str, Answer]:
    both = {metric: {"azure": azure[metric], "microsoft_365": seats[metric]} for metric in METRICS}
    usd, users = azure["usage_growth"], seats["usage_growth"]
    parts = {"azure": usd.value, "protected_users": users.value}
    if usd.value is None or users.value is None:
        growth = Answer(None, None, parts, (*usd.missing, *users.missing))
    else:
        from_usd = limited(usd.value / USD_PER_POINT[track], 20)
        from_users = limited(users.value / USERS_PER_POINT[track], 20)
        growth = Answer(limited(from_usd + from_users, 20), None, parts)
    return {
        "net_customer_adds": two_sides(both["net_customer_adds"], _each(track), 20),
        "usage_growth": growth,
        "deployments": two_sides(both["deployments"], Fraction(20, 6), 20),
    }


def _each(track: str) -> Fraction:
    return Fraction(20, SECURITY_ADDS_FOR_ALL_POINTS[track])
