"""Causes of a difference that can be tried: the metric is computed anew under each, and compared."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from scoring.difference import Cause, Difference, last_refresh, points_of, shown_since
from scoring.errors import NoEditionError, UnneededFactError, WrongFactError
from scoring.facts import WHOLE, Facts, Figure
from scoring.figure_choice import Question, figures_known
from scoring.metric_rules import MetricRule, OtherReading
from scoring.metric_score import score_metric
from scoring.programme import in_force
from scoring.rulebook import Edition, with_changes
from scoring.scorecard import MetricScore

ONE_DAY = timedelta(days=1)


def recomputed(found: Difference) -> Iterator[Cause]:
    """Every cause that could be tried, the likelier first; those that give our own points again are left out."""
    yield from _months_before(found)
    yield from _certificates_too_new(found)
    yield from _rounding(found)
    yield from _tracks(found)
    yield from _parts(found)
    yield from _readings(found)
    yield from _editions(found)


def _months_before(found: Difference) -> Iterator[Cause]:
    """The figure that Partner Center showed on the day typed, and the one before it."""
    ours, shown_on = found.figure, found.shown.on
    if ours is None or ours.as_of is None:
        return
    rulebook = found.question.rulebook
    earlier = sorted(
        (one for one in figures_known(found.question) if one.is_told and one.as_of and one.as_of < ours.as_of),
        key=lambda one: one.as_of or date.min,
        reverse=True,
    )
    since, then = shown_since(rulebook, ours), last_refresh(rulebook, shown_on) if shown_on else None
    if shown_on is not None and (since is None or then is None or since < then):
        return  # ours is the older one, or no refresh day is published
    is_ahead = since is not None and then is not None and since > then
    in_time = [one for one in earlier if then is not None and (shown_since(rulebook, one) or then) <= then]
    tried = in_time[:2] if is_ahead else earlier[:1]
    for place, one in enumerate(tried):
        score = found.by_figure(one)
        if score.points is None or found.is_ours(score):
            continue
        late = place > 0 or (not is_ahead and then is not None)
        values = {"month": one.as_of, "ours": ours.as_of, "since": since, "points": score.points, "late": late}
        yield Cause(kind="refresh_lag", explains=found.fits(score), values=values)
    if is_ahead and not tried:
        values = {"month": None, "ours": ours.as_of, "since": since, "points": None, "late": False}
        yield Cause(kind="refresh_lag", explains=False, values=values)


def _certificates_too_new(found: Difference) -> Iterator[Cause]:
    """Certificates that were earned too shortly before the day typed, or since; those that have lapsed since."""
    shown_on, held = found.shown.on, found.question.facts.certifications
    if not found.ours.steps or shown_on is None or held is None:
        return
    refresh = in_force(found.question.rulebook.programme.refresh, shown_on)
    days = refresh.skilling_days if refresh else 0
    first = shown_on - timedelta(days=days)
    recent = {one.earned for one in held if one.earned is not None and first <= one.earned <= shown_on}
    tried: Cause | None = None
    for cutoff in [shown_on, *(day - ONE_DAY for day in sorted(recent, reverse=True))]:
        tried = _without_those_after(found, cutoff, shown_on, days)
        if tried.explains:
            break
    if tried is not None and tried.values["points"] != found.ours.points:
        yield tried


def _without_those_after(found: Difference, cutoff: date, shown_on: date, days: int) -> Cause:
    held = tuple(one for one in found.question.facts.certifications or () if one.earned is None or one.earned <= cutoff)
    score = score_metric(replace(found.question, facts=Facts(certifications=held), on=shown_on), found.rule)
    now, then = _people(found.ours), _people(score)
    values = {
        "people": len({person for _, person in now - then}),
        "lapsed": len({person for _, person in then - now}),
        "since": cutoff + ONE_DAY,
        "days": days,
        "points": score.points,
    }
    return Cause(kind="refresh_lag", explains=found.fits(score), values=values)


def _people(score: MetricScore) -> set[tuple[int, str]]:
    """Who counts, in which step."""
    return {(place, one.held.person) for place, step in enumerate(score.steps) for one in step.holders}


def _rounding(found: Difference) -> Iterator[Cause]:
    """Partner Center, or who typed it, gives whole points."""
    ours, shown = points_of(found.ours), found.shown.points
    if shown.denominator == 1 and not found.shown.by_rule and shown in (ours // 1, Fraction(round(ours))):
        yield Cause(kind="rounding", explains=True, values={"points": shown})


def _tracks(found: Difference) -> Iterator[Cause]:
    """The points of the same facts on the other track."""
    question = found.question
    for track in question.edition.tracks:
        if track == question.track:
            continue
        asked = replace(question, track=track)
        rule = question.edition.metrics[track][question.metric]
        score = _by_rule(found, asked, rule, _freed(found) if found.figure and not found.figure.measured else None)
        if score is not None:
            values = {"track": track, "points": score.points}
            yield Cause(kind="other_track", explains=found.fits(score), values=values, reference=rule.reference)


def _parts(found: Difference) -> Iterator[Cause]:
    """Without one side or association type: Partner Center may not count it."""
    figure = found.figure
    if figure is None or len(figure.parts) < 2:
        return
    for part in figure.parts:
        rest = {name: amount for name, amount in figure.parts.items() if name != part}
        score = found.by_figure(figure.model_copy(update={"parts": rest}))
        if score.points is not None and not found.is_ours(score):
            values = {"part": part, "points": score.points, "missing": None, "unit": None, "at_least": False}
            yield Cause(kind="association_missing", explains=found.fits(score), values=values)


def _readings(found: Difference) -> Iterator[Cause]:
    """Other documented readings of the same rule."""
    for reading in found.rule.other_readings:
        score = _under(found, reading)
        if score is not None and score.points is not None and not found.is_ours(score):
            yield Cause(
                kind="other_reading",
                explains=found.fits(score),
                values={"points": score.points},
                says=reading.says,
                reference=reading.reference,
            )


def _under(found: Difference, reading: OtherReading) -> MetricScore | None:
    rule = with_changes(found.rule, reading.changes)
    if reading.uses is None:
        return score_metric(found.question, rule)
    figure = found.figure
    if figure is None or figure.trailing_12_months is None:
        return None
    return found.by_figure(figure.model_copy(update={"parts": {WHOLE: figure.trailing_12_months}}), rule=rule)


def _editions(found: Difference) -> Iterator[Cause]:
    """The rule of the edition before, and of the one after, where it gives other points."""
    names = found.question.rulebook.editions
    place = names.index(found.question.edition.name)
    for way in (names[:place][::-1], names[place + 1 :]):
        for name in way:
            edition = _edition(found, name.since)
            causes = list(_by_edition(found, edition)) if edition else []
            if causes:
                yield from causes
                break


def _edition(found: Difference, on: date) -> Edition | None:
    try:
        return found.question.rulebook.edition(found.question.edition.area, on)
    except NoEditionError:
        return None


def _by_edition(found: Difference, edition: Edition) -> Iterator[Cause]:
    track = found.question.track
    for other in (track,) if track in edition.tracks else edition.tracks:
        rule = edition.metrics[other].get(found.question.metric)
        if rule is None or rule.kind == "weight":
            continue
        asked = replace(found.question, edition=edition, track=other)
        score = _by_rule(found, asked, rule, _freed(found))
        if score is not None:
            yield Cause(
                kind="other_edition",
                explains=found.fits(score),
                values={"edition": edition.name.id, "since": edition.name.since, "points": score.points},
                says=edition.name.summary,
                reference=rule.reference,
            )


def _freed(found: Difference) -> Figure | None:
    """Our figure for whatever track and rule; None for a list of people."""
    figure = found.figure
    return None if figure is None else figure.model_copy(update={"measured": None, "track": None})


def _by_rule(found: Difference, asked: Question, rule: MetricRule, figure: Figure | None) -> MetricScore | None:
    """A figure, or all our facts, under another rule; None where it cannot be told, or gives our points again."""
    try:
        score = score_metric(asked, rule) if figure is None else found.by_figure(figure, asked, rule)
    except (UnneededFactError, WrongFactError):  # the other rule does not know the parts of our figure
        return None
    return None if score.points is None or found.is_ours(score) else score
