"""The invented people and what they passed: the report on trainings, exams and certifications."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.sample_exports.company import Company
from bot.sample_exports.partner import COUNTRY, GLOBAL_ID, LOCATION, LOCATION_ID, NAME
from bot.sample_exports.rows import Row
from scoring import Rulebook
from scoring.certifications import Certification
from scoring.usage import first_day

# Who passed what, by the keys of the certifications: gates of most areas, and some people for the points.
_PASSED = (
    ("AZ-104", "AZ-305", "AZ-700"),
    ("AZ-104", "AZ-305", "AZ-400"),
    ("AZ-104", "AZ-140"),
    ("AZ-700", "AZ-120"),
    ("AZ-700",),
    ("DP-300", "DP-600"),
    ("DP-700",),
    ("DP-300", "AI-102"),
    ("DP-420",),
    ("AZ-204", "AZ-400"),
    ("AZ-204",),
    ("PL-400", "PL-600"),
    ("AZ-500", "SC-200"),
    ("AZ-500", "SC-200"),
    ("SC-500", "SC-401"),
    ("SC-200", "SC-300"),
    ("MS-700", "MS-102"),
    ("MD-102", "MS-102"),
    ("MS-721",),
    ("MB-800",),
    ("MB-910",),
    ("MB-920",),
    ("AZ-900",),
    ("AZ-104",),
)
_EXAM_EVERY = 5  # people whose exams are in the report as well; exams give no points
_YEAR = 365  # days until a certification lapses
_LAPSED_PERSON = len(_PASSED)  # the last one did not renew
_MOST_RECENT, _LEAST_RECENT = 20, 330  # days before the end of the newest month


def training_rows(company: Company, rulebook: Rulebook) -> Iterator[Row]:
    """Trainings, exams and certifications: a row per certification, and some exams beside them."""
    chance = company.chance("people")
    end = first_day(company.newest + 1) - timedelta(days=1)
    known = rulebook.certifications.certifications
    activity = 0
    for person, keys in enumerate(_PASSED, start=1):
        for key in keys:
            days = chance.randint(_MOST_RECENT, _LEAST_RECENT) + (_YEAR if person == _LAPSED_PERSON else 0)
            earned = _earned(known[key], end - timedelta(days=days))
            activity += 1
            yield _row(person, activity, known[key], earned, exam="")
            if person % _EXAM_EVERY == 0:
                activity += 1
                yield _row(person, activity, known[key], earned, exam=key)


def _earned(certification: Certification, day: date) -> date:
    """The day, or the last on which it could be earned."""
    return min(day, certification.retired_on or day)


def _row(person: int, activity: int, certification: Certification, earned: date, *, exam: str) -> Row:
    lapses = certification.lapses and not exam
    expires = earned + timedelta(days=_YEAR)
    return {
        "PGAMpnId": GLOBAL_ID,
        "TrainingActivityId": f"SAMPLE-{activity:05d}",
        "TrainingTitle": f"Exam {exam}: {certification.name}" if exam else f"Microsoft Certified: {certification.name}",
        "TrainingType": "Exam" if exam else "Certification",
        "IndividualFirstName": "Sample",
        "IndividualLastName": f"Person {person:02d}",
        "Email": f"person{person:02d}@sample-people.example",
        "CorpEmail": f"person{person:02d}@sample-partner.example",
        "TrainingCompletionDate": earned.isoformat(),
        "ExpirationDate": expires.isoformat() if lapses else "",
        "ActivationStatus": "Active",
        "Month": earned.replace(day=1).isoformat(),
        "IcMCP": "1",
        "MCPID": str(80_000_000 + person),
        "MpnId": LOCATION_ID,
        "PartnerName": NAME,
        "PartnerCityLocation": LOCATION,
        "PartnerCountryLocation": COUNTRY,
    }
