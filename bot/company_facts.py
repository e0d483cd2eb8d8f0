"""Everything known of a company: what was typed in or listed, and what its usage reports tell."""

from typing import TYPE_CHECKING

from bot.measured_json import FORMAT, measured_json, measured_of
from bot.store import Store
from scoring import Facts, Rulebook
from scoring.facts import Figure, MeasuredFacts, TrackInputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scoring.usage import UsageRows


def company_facts(store: Store, rulebook: Rulebook, workspace: str) -> Facts:
    """The facts of a company. What its usage reports tell was worked out when they were imported.

    Raises: StoreError.
    """
    return with_measured(store.facts(workspace), _kept_or_measured(store, rulebook, workspace))


def with_measured(facts: Facts, measured: MeasuredFacts) -> Facts:
    """Facts and, behind them, what usage reports tell."""
    if not measured.figures and not measured.track_inputs:
        return facts
    return _with(facts, (*facts.figures, *measured.figures), (*facts.track_inputs, *measured.track_inputs))


def apart(facts: Facts) -> tuple[Facts, MeasuredFacts]:
    """What was typed in or listed, and what usage reports tell: what `with_measured` puts together."""
    typed = _with(
        facts,
        tuple(one for one in facts.figures if one.measured is None),
        tuple(one for one in facts.track_inputs if one.measured is None),
    )
    return typed, MeasuredFacts(
        figures=tuple(one for one in facts.figures if one.measured is not None),
        track_inputs=tuple(one for one in facts.track_inputs if one.measured is not None),
    )


def _with(facts: Facts, figures: tuple[Figure, ...], track_inputs: tuple[TrackInputs, ...]) -> Facts:
    return Facts(
        company=facts.company,
        figures=figures,
        certifications=facts.certifications,
        people_as_of=facts.people_as_of,
        track_inputs=track_inputs,
        membership=facts.membership,
    )


def measured(rulebook: Rulebook, rows: "Iterable[UsageRows]") -> MeasuredFacts:
    """What usage reports tell, worked out now."""
    from scoring.measured_figures import measured_facts  # loads numpy, which most commands do without

    return measured_facts(rulebook, rows)


def _kept_or_measured(store: Store, rulebook: Rulebook, workspace: str) -> MeasuredFacts:
    usage = store.usage_version(workspace)
    if not usage:
        return MeasuredFacts()
    kept = store.measured(workspace, _version(rulebook, usage))
    if kept is not None:
        return measured_of(kept)
    revision = store.revision(workspace)
    found = measured(rulebook, store.usage(workspace))
    keep_measured(store, rulebook, workspace, found, revision=revision)
    return found


def keep_measured(store: Store, rulebook: Rulebook, workspace: str, found: MeasuredFacts, *, revision: int) -> None:
    """Keep what the usage reports that count now tell, for whoever asks next.

    `revision` is that of the company for which it was worked out; where another program changed it since, nothing is
    kept, and the next question works it out.
    """
    usage = store.usage_version(workspace)
    if store.revision(workspace) == revision:  # asked last: what was read before it is of that revision too
        store.keep_measured(workspace, _version(rulebook, usage), measured_json(found))


def _version(rulebook: Rulebook, usage: str) -> str:
    return f"{usage} {rulebook.measures_key} {FORMAT}"
