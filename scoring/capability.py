"""The partner capability score of a solution area on a day: `score(rulebook, facts, area, on)`."""

from datetime import date

from scoring.errors import ThresholdsNotPublishedError
from scoring.facts import Facts
from scoring.metric_rules import Track
from scoring.needed_facts import check_facts
from scoring.rulebook import Edition, Rulebook, track_asked
from scoring.score_warnings import warnings_of
from scoring.scorecard import Scorecard, TrackReason, TrackScore
from scoring.track import choose_track, track_inputs_in_force
from scoring.track_score import pass_rule_on, score_track


def score(rulebook: Rulebook, facts: Facts, area: str, on: date, *, track: Track | None = None) -> Scorecard:
    """The score of an area on a day, on the track that counts or on the one asked for.

    Units: points, exact. Metrics that the facts do not tell are not known; then there is no total and no verdict.
    Raises: UnknownSolutionAreaError, NoEditionError, ThresholdsNotPublishedError, NoTrackError, UnneededFactError,
    WrongFactError.
    Source: the rules in force on the day (`Rulebook.edition`); 70 of 100 points and 1 point in every metric.
    """
    edition = rulebook.edition(area, on)
    _check_published(rulebook, edition, on)
    asked = None if track is None else track_asked(edition, track)
    check_facts(rulebook, edition, facts, on)
    scores = tuple(score_track(rulebook, edition, facts, on, one) for one in edition.tracks)
    chosen, reason = _choose(rulebook, edition, facts, on, scores, asked)
    rules = rulebook.area(area)
    card = Scorecard(
        area=area,
        name=rules.name,
        on=on,
        edition=edition.name,
        verified_on=edition.verified_on,
        qualifying_score=pass_rule_on(rulebook, on).qualifying_score,
        track=chosen,
        track_rule=edition.track_rule,
        track_reason=reason,
        tracks=scores,
        track_inputs=track_inputs_in_force(facts, rules, on),
        membership=facts.membership,
    )
    return card.model_copy(update={"warnings": tuple(warnings_of(rulebook, edition, facts, card))})


def _choose(
    rulebook: Rulebook,
    edition: Edition,
    facts: Facts,
    on: date,
    scores: tuple[TrackScore, ...],
    asked: Track | None,
) -> tuple[Track, TrackReason]:
    if asked is not None:
        return asked, "only_one" if len(scores) == 1 else "asked"
    rules = rulebook.area(edition.area)
    given = frozenset(
        figure.track
        for figure in facts.figures
        if figure.track and figure.area in (rules.area, rules.group) and (figure.as_of or on) <= on
    )
    return choose_track(edition.track_rule, track_inputs_in_force(facts, rules, on), scores, given)


def _check_published(rulebook: Rulebook, edition: Edition, on: date) -> None:
    """Raises: ThresholdsNotPublishedError where only the weights of the edition are known."""
    if not any(rule.kind == "weight" for rules in edition.metrics.values() for rule in rules.values()):
        return
    rules = rulebook.area(edition.area)
    dated = (
        since
        for history in rules.metrics.values()
        for track in ("single", "enterprise", "smb")
        for since, rule in history.of(track).items()
        if rule.kind != "weight"
    )
    first = min(dated)
    message = (
        f"Edition {edition.name.id}, in force on {on}, gives only the weights of {rules.name}, no thresholds; "
        f"ask for {first} or a later day."
    )
    raise ThresholdsNotPublishedError(
        message, where=on.isoformat(), area=rules.name, on=on, edition=edition.name.id, first=first
    )
