"""Whether every fact given is one that some rule needs: a fact that would silently count for nothing is an error."""

from datetime import date

from scoring.errors import UnneededFactError
from scoring.facts import Facts, Figure, TrackInputs
from scoring.metric_rules import ByCustomers, ByWorkloads
from scoring.rulebook import AreaRules, Edition, Rulebook


def check_facts(rulebook: Rulebook, edition: Edition, facts: Facts, on: date) -> None:
    """Check the figures and track inputs of one area against its rules of the day.

    Facts of other areas, figures of a later day and of a track that the edition does not have are left alone: another
    question needs them.
    Raises: UnneededFactError with the place of the first fact that no rule needs.
    """
    rules = rulebook.area(edition.area)
    for figure in facts.figures:
        if figure.measured is None and figure.area == rules.area and (figure.as_of is None or figure.as_of <= on):
            _check_figure(rules, edition, figure)
    for inputs in facts.track_inputs:
        if inputs.measured is None and inputs.area == rules.area:
            _check_inputs(rules, inputs)


def _check_figure(rules: AreaRules, edition: Edition, figure: Figure) -> None:
    metrics = edition.metrics[edition.tracks[0]]
    if figure.metric not in metrics:
        has = ", ".join(metrics)
        raise _unneeded(figure.origin, rules, figure.metric, has)


def _check_inputs(rules: AreaRules, inputs: TrackInputs) -> None:
    by_customers = any(isinstance(rule, ByCustomers) for rule in rules.tracks.values())
    by_workloads = any(isinstance(rule, ByWorkloads) for rule in rules.tracks.values())
    has_customers = any(
        value is not None
        for value in (
            inputs.smb_customers,
            inputs.customers,
            inputs.smb_share_percent,
            inputs.trailing_12_month_acr,
        )
    )
    needed = "smb_customers, customers, trailing_12_month_acr" if by_customers else "large_workloads"
    if not by_customers and not by_workloads:
        raise _unneeded(inputs.origin, rules, "track_choice", "none: the higher total counts")
    if (has_customers and not by_customers) or (inputs.large_workloads is not None and not by_workloads):
        raise _unneeded(inputs.origin, rules, "track_choice", needed)


def _unneeded(origin: object, rules: AreaRules, fact: str, needed: str) -> UnneededFactError:
    message = f"{origin}: no rule of {rules.name} needs '{fact}'; it needs: {needed}."
    return UnneededFactError(message, where=str(origin), area=rules.name, fact=fact, needed=needed)
