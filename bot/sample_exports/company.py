"""The invented company: its customers' tenants, and how the use of a product goes over the months."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.sample_exports.rows import day_text

YEAR = 12  # months

_MARKETS = ("Japan", "United States", "Germany", "Brazil")
_INDUSTRIES = (("Manufacturing", "Discrete manufacturing"), ("Retail", "Specialty retail"), ("Services", "Consulting"))
_SMB_SEGMENTS = ("Small, Medium & Corporate Commercial", "SMC Commercial")
_LARGE_SEGMENTS = ("Enterprise Commercial", "Enterprise Public Sector")
_SMB_SHARE = 65  # percent: under the share that puts an Azure partner on the SMB track


@dataclass(frozen=True)
class Tenant:
    """A customer: an invented name and what reports say of it in every row."""

    number: int
    guid: str
    is_smb: bool
    segment: str
    market: str
    industry: str
    vertical: str

    @cached_property
    def name(self) -> str:
        """The name, which says that it is invented."""
        return f"Sample Company {self.number:03d} (invented)"

    @property
    def domain(self) -> str:
        """A domain that cannot exist."""
        return f"sample-{self.number:03d}.example"

    @property
    def tpid(self) -> str:
        """The number of its account."""
        return str(90_000_000 + self.number)


@dataclass(frozen=True)
class Course:
    """When a product is used, and how its use changes. Months are numbers (see `scoring.usage.month_number`).

    `growth` is the change in the year before `newest`, as a part of the size in `newest`.
    """

    first: int
    last: int
    growth: float
    newest: int

    @property
    def started(self) -> str:
        """The day on which the customer began, as reports write it."""
        return day_text(self.first)

    def is_held(self, month: int) -> bool:
        """Whether the product is used in a month."""
        return self.first <= month <= self.last

    def level(self, month: int) -> float:
        """The size in a month; 1 in the newest."""
        return max(0.1, 1 + self.growth * (month - self.newest) / YEAR)


@dataclass(frozen=True)
class Company:
    """The customers of the invented partner in the months from `oldest` to `newest`."""

    seed: int
    tenants: tuple[Tenant, ...]
    oldest: int
    newest: int

    @property
    def months(self) -> range:
        """Every month of the reports that do not lag."""
        return range(self.oldest, self.newest + 1)

    @property
    def months_of_licences(self) -> range:
        """Every month of the reports on licence usage, which lag by a month."""
        return range(self.oldest, self.newest)

    def chance(self, topic: str) -> random.Random:
        """The chance of one topic: what is invented for it does not depend on any other topic."""
        return random.Random(f"{self.seed}/{topic}")  # noqa: S311  no secret: the same seed must give the same company


def invent_company(seed: int, tenants: int, newest: int, months: int) -> Company:
    """A company with so many tenants, and so many months up to the newest."""
    empty = Company(seed, (), newest - months + 1, newest)
    chance = empty.chance("tenants")
    invented = tuple(_tenant(chance, number) for number in range(1, tenants + 1))
    return Company(seed, invented, empty.oldest, newest)


def invent_courses(chance: random.Random, count: int, newest: int, net: int) -> list[Course]:
    """The courses of so many users of a product: first those who came and left, last those who stay.

    In the last twelve months `net` more come than leave; those who come or leave do so well before the newest month
    and well after the month a year before it, so that reports that lag tell the same story.
    """
    movers = max(1, count // YEAR)
    forever = (newest - 10 * YEAR, newest + 1)
    came = [(newest - chance.randint(3, 9), newest + 1) for _ in range(movers + net)]
    left = [(newest - 10 * YEAR, newest - chance.randint(4, 9)) for _ in range(movers)]
    came_before = [(newest - chance.randint(15, 22), newest + 1) for _ in range(count // 6)]
    left_before = [(newest - 10 * YEAR, newest - chance.randint(15, 22)) for _ in range(movers)]
    moved = (came + left + came_before + left_before)[: count // 2]
    spans = [*moved, *[forever] * (count - len(moved))]
    return [Course(first, last, chance.randint(-2, 16) / 100, newest) for first, last in spans]


def pick(chance: random.Random, tenants: Sequence[Tenant], percent: int) -> list[Tenant]:
    """So many percent of the tenants, at least one, in any order."""
    return chance.sample(tenants, max(1, len(tenants) * percent // 100)) if tenants else []


def guid(chance: random.Random) -> str:
    """An identifier such as tenants and subscriptions have."""
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _tenant(chance: random.Random, number: int) -> Tenant:
    is_smb = number * 37 % 100 < _SMB_SHARE
    industry, vertical = chance.choice(_INDUSTRIES)
    segment = chance.choice(_SMB_SEGMENTS if is_smb else _LARGE_SEGMENTS)
    return Tenant(number, guid(chance), is_smb, segment, chance.choice(_MARKETS), industry, vertical)
