"""Which track of an area counts: the only one, the classified one, or the one with the higher total."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from scoring.facts import Facts, TrackInputs
from scoring.figure_choice import newest_measured
from scoring.metric_rules import ByCustomers, ByWorkloads, Track, TrackRule
from scoring.rulebook import AreaRules
from scoring.scorecard import TrackReason, TrackScore


def track_inputs_in_force(facts: Facts, rules: AreaRules, on: date) -> TrackInputs | None:
    """What is known of the area's customers or workloads on the day: the newest; the area's own before a group's."""
    known = [inputs for inputs in facts.track_inputs if inputs.area in (rules.area, rules.group)]
    found = newest_measured(known, on)
    return max(found, key=lambda one: (one.is_told, one.stands_until, one.area == rules.area)) if found else None


def choose_track(
    rule: TrackRule, inputs: TrackInputs | None, scores: Sequence[TrackScore], given: frozenset[Track]
) -> tuple[Track, TrackReason]:
    """The track that counts and why. `given` are the tracks for which the facts name figures.

    Source: Azure and Business Applications are classified; Modern Work and Security take the higher total of the area,
    never the best metric by metric. Where nothing decides, the track with figures stands in.
    """
    if len(scores) == 1:
        return scores[0].track, "only_one"
    classified: Track | None = None
    match rule:
        case ByCustomers():
            classified = _by_customers(rule, inputs)
        case ByWorkloads():
            classified = _by_workloads(rule, inputs)
        case _ if all(score.total is not None for score in scores):
            return _higher_total(scores).track, "higher_total"
    if classified is not None:
        return classified, "classified"
    best = _with_figures(scores, given)
    return best.track, "figures_given" if best.total is not None or best.track in given else "undecided"


def _by_customers(rule: ByCustomers, inputs: TrackInputs | None) -> Track | None:
    """Three answers: SMB, Enterprise, or not known (a test that the facts cannot decide)."""
    share = _smb_share(inputs) if inputs else None
    is_smb_mix = None if share is None else _share_is_enough(rule, share)
    if is_smb_mix is False:
        return "enterprise"
    acr = inputs.trailing_12_month_acr if inputs else None
    is_small = _acr_is_low(rule, acr)
    if is_small is False:
        return "enterprise"
    return "smb" if is_smb_mix and is_small else None


def _smb_share(inputs: TrackInputs) -> Fraction | None:
    if inputs.smb_share_percent is not None:
        return inputs.smb_share_percent
    if inputs.smb_customers is None or not inputs.customers:
        return None
    return inputs.smb_customers / inputs.customers * 100


def _share_is_enough(rule: ByCustomers, share: Fraction) -> bool:
    if rule.smb_share_at_least is not None:
        return share >= rule.smb_share_at_least
    return rule.smb_share_more_than is not None and share > rule.smb_share_more_than


def _acr_is_low(rule: ByCustomers, acr: Fraction | None) -> bool | None:
    if rule.trailing_acr_below is None:
        return True
    return None if acr is None else acr < rule.trailing_acr_below


def _by_workloads(rule: ByWorkloads, inputs: TrackInputs | None) -> Track | None:
    if inputs is None or inputs.large_workloads is None:
        return None
    return _of_large(rule, inputs.large_workloads)


def _of_large(rule: ByWorkloads, large: Fraction) -> Track:
    return "enterprise" if large >= rule.enterprise_at_least else "smb"


def other_track_by_pairs(rule: ByWorkloads, inputs: TrackInputs | None) -> Track | None:
    """The track by the other reading, in which pairs of tenant and workload are counted; None where it is the same."""
    if inputs is None or inputs.large_workloads is None or inputs.large_workload_pairs is None:
        return None
    by_pairs = _of_large(rule, inputs.large_workload_pairs)
    return None if by_pairs == _of_large(rule, inputs.large_workloads) else by_pairs


def _higher_total(scores: Sequence[TrackScore]) -> TrackScore:
    """The higher total; of equal totals the one that qualifies, then the first (Enterprise)."""
    return max(scores, key=lambda score: (score.total or Fraction(0), bool(score.qualified)))


def _with_figures(scores: Sequence[TrackScore], given: frozenset[Track]) -> TrackScore:
    """A track whose total is known, then one with figures of its own, then the one with more known points."""
    return max(scores, key=lambda score: (score.total is not None, score.track in given, score.known_points))
