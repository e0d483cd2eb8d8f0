"""What an import changes: the facts after it, people who are gone, and every score before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from bot.store.reading import latest_of_each
from bot.store.records import NewImport
from scoring.capability import score
from scoring.errors import ScoringError
from scoring.facts import Facts, Figure, TrackInputs
from scoring.rulebook import Rulebook
from scoring.scorecard import Scorecard

Fact = TypeVar("Fact", Figure, TrackInputs)


@dataclass(frozen=True)
class Effect:
    """The score of one area before and after an import, or the reason why there is none."""

    area: str
    before: Scorecard | ScoringError
    after: Scorecard | ScoringError

    @property
    def is_change(self) -> bool:
        """Whether total, known points, track or verdict of the area differ."""
        return _outcome(self.before) != _outcome(self.after)


def facts_after(before: Facts, new: NewImport) -> Facts:
    """Everything known once an import is stored, as `Store.facts` would tell it."""
    held, people_as_of = before.certifications, before.people_as_of
    if new.certifications is not None:
        known = held or () if new.adds else ()
        held, people_as_of = latest_of_each((*known, *new.certifications)), new.as_of
    return Facts(
        company=new.company or before.company,
        figures=(*_not_replaced(before.figures, new.figures), *new.figures),
        certifications=held,
        people_as_of=people_as_of,
        track_inputs=(*_not_replaced(before.track_inputs, new.track_inputs), *new.track_inputs),
        membership=new.membership or before.membership,
    )


def _not_replaced(before: Iterable[Fact], new: Iterable[Fact]) -> Iterable[Fact]:
    replaced = {_key(one) for one in new}
    return (one for one in before if _key(one) not in replaced)


def _key(fact: Figure | TrackInputs) -> tuple[object, ...]:
    track_inputs = (fact.area, fact.as_of)
    return (*track_inputs, fact.metric, fact.track) if isinstance(fact, Figure) else track_inputs


def is_same(before: Facts, after: Facts, *, assumed_day: date | None = None) -> bool:
    """Whether an import changes nothing, wherever the same facts were read before.

    With `assumed_day`, the day that facts without one were given: they are nothing new when the newest known ones
    say the same.
    """
    return (
        before.company == after.company
        and _people(before) == _people(after)
        and after.people_as_of in (before.people_as_of, assumed_day)
        and _content(before.membership) == _content(after.membership)
        and _all_known(before.figures, after.figures, assumed_day)
        and _all_known(before.track_inputs, after.track_inputs, assumed_day)
    )


def _people(facts: Facts) -> frozenset[object] | None:
    return None if facts.certifications is None else frozenset(map(_content, facts.certifications))


def _content(fact: BaseModel | None, *without: str) -> object:
    """What a fact says, without where it was read."""
    left_out = {"origin", *without}
    return None if fact is None else repr([pair for pair in fact if pair[0] not in left_out])


def _all_known(before: Sequence[Fact], after: Sequence[Fact], assumed_day: date | None) -> bool:
    known = {_content(one) for one in before}
    newest: dict[object, Fact] = {}
    for one in sorted(before, key=lambda fact: fact.as_of or date.min):
        newest[_key(one.model_copy(update={"as_of": None}))] = one
    for one in after:
        if _content(one) in known:
            continue
        last = newest.get(_key(one.model_copy(update={"as_of": None})))
        if one.as_of != assumed_day or last is None or _content(one, "as_of") != _content(last, "as_of"):
            return False
    return True


def vanished(before: Facts, after: Facts) -> tuple[str, ...]:
    """The names of people who were listed before and are not any more, neither by identity nor by name."""
    if before.certifications is None or after.certifications is None:
        return ()
    left = {known for one in after.certifications for known in (one.person, one.name)}
    gone = (one for one in before.certifications if not left & {one.person, one.name})
    return tuple(sorted({one.person: one.name for one in gone}.values()))


def effects(rulebook: Rulebook, before: Facts, after: Facts, on: date) -> tuple[Effect, ...]:
    """The score of every area before and after."""
    return tuple(
        Effect(area, _scored(rulebook, before, area, on), _scored(rulebook, after, area, on)) for area in rulebook.areas
    )


def _scored(rulebook: Rulebook, facts: Facts, area: str, on: date) -> Scorecard | ScoringError:
    try:
        return score(rulebook, facts, area, on)
    except ScoringError as error:
        return error


def _outcome(result: Scorecard | ScoringError) -> object:
    if isinstance(result, ScoringError):
        return result.message
    chosen = result.chosen
    return (result.track, chosen.total, chosen.known_points, chosen.qualified)
