"""The form for typed figures: what Partner Center shows, per metric and track, with its day. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from bot.intake.figure_values import WrongValueError, number_of
from bot.slack import blocks
from bot.slack.action_ids import FIGURES_FORM, FIGURES_SAVED, FORM_AREA, FORM_TRACK, UNDO_IMPORT
from bot.slack.blocks import Block, Reply
from bot.wording.words import Language, Words, short
from scoring.facts import WHOLE, Amount, Figure, Origin
from scoring.metric_rules import (
    SKILLING,
    BestAssociationRule,
    CertifiedPeopleRule,
    CountRule,
    MetricName,
    MetricRule,
    SumOfSidesRule,
    Track,
    unit_of,
)
from scoring.rulebook import Edition, Rulebook

FORM_SOURCE = "typed in Slack"
AS_OF = "as_of"


class FormError(Exception):
    """What is wrong in a form, as Slack wants it: a sentence per block."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def form_track(edition: Edition, wanted: str | None) -> Track:
    """The track whose figures the form asks for: the wanted one where the edition has it, else its first."""
    return next((track for track in edition.tracks if track == wanted), edition.tracks[0])


def figures_form(
    rulebook: Rulebook, words: Words, language: Language, area: str, *, track: str | None, today: date
) -> Block:
    """The form of one area and track."""
    edition = rulebook.edition(area, today)
    chosen = form_track(edition, track)
    made = _Form(words, language, edition, chosen)
    return {
        "type": "modal",
        "callback_id": FIGURES_FORM,
        "private_metadata": f"{area} {chosen}",
        "title": blocks.plain(words.say("form.title", language)),
        "submit": blocks.plain(words.say("form.save", language)),
        "close": blocks.plain(words.say("form.cancel", language)),
        "blocks": [
            blocks.section(words.say("form.intro", language)),
            *made.choices({one.area: one.name for one in rulebook.areas.values()}),
            made.as_of(today),
            *made.inputs(),
        ],
    }


class _Form:
    def __init__(self, words: Words, language: Language, edition: Edition, track: Track) -> None:
        self.words = words
        self.language = language
        self.edition = edition
        self.track = track

    def say(self, key: str, **values: object) -> str:
        return self.words.say(key, self.language, **values)

    def choices(self, areas: dict[str, str]) -> Iterator[Block]:
        yield self.choice("form.area", FORM_AREA, areas, self.edition.area)
        if len(self.edition.tracks) > 1:
            tracks: dict[str, str] = {track: self.say(f"track.{track}") for track in self.edition.tracks}
            yield self.choice("form.track", FORM_TRACK, tracks, self.track)

    def choice(self, label: str, action_id: str, options: dict[str, str], chosen: str) -> Block:
        text = self.say(label)
        return {
            "type": "input",
            "block_id": action_id,
            "dispatch_action": True,
            "label": blocks.plain(text),
            "element": blocks.menu(text, action_id, options, chosen=chosen),
        }

    def as_of(self, today: date) -> Block:
        return {
            "type": "input",
            "block_id": AS_OF,
            "label": blocks.plain(self.say("form.as_of")),
            "element": {"type": "datepicker", "action_id": AS_OF, "initial_date": today.isoformat()},
        }

    def inputs(self) -> Iterator[Block]:
        for metric, rule in self.edition.metrics[self.track].items():
            yield {"type": "divider"}
            for part in parts_of(rule):
                name = self.say(f"metric.{metric}") + (f" {self.say(f'part.{part}')}" if part else "")
                hint = self.say(f"form.value_hint.{unit_of(rule, part)}")
                yield self.input(f"{metric}:{part}:value", self.say("form.value", metric=name), hint)
            for index, keys in enumerate(gates_of(self.edition, rule)):
                label = self.say("form.gate", metric=self.say(f"brief.{metric}"), certifications="/".join(keys))
                hint = self.say("form.value_hint.person")
                yield self.input(f"{metric}:gate{index}:value", label, hint)
            name = self.say(f"metric.{metric}")
            hint = self.say("form.points_hint", max=short(rule.max_points))
            yield self.input(f"{metric}::points", self.say("form.points", metric=name), hint)

    def input(self, name: str, label: str, hint: str) -> Block:
        return {
            "type": "input",
            "block_id": f"{self.edition.area}:{self.track}:{name}",
            "optional": True,
            "label": {"type": "plain_text", "text": blocks.cut(label, 2000)},
            "hint": {"type": "plain_text", "text": hint},
            "element": {"type": "plain_text_input", "action_id": "number"},
        }


def parts_of(rule: MetricRule) -> tuple[str, ...]:
    """The parts of which the form asks a figure each; one without a name where one figure says it all."""
    match rule:
        case SumOfSidesRule():
            return tuple(rule.amount_per_point)
        case BestAssociationRule():
            return tuple(rule.thresholds)
    return (WHOLE,)


def gates_of(edition: Edition, rule: MetricRule) -> tuple[tuple[str, ...], ...]:
    """The certifications of each gate of a rule; none where it has no gates."""
    gates = rule.gates if isinstance(rule, CertifiedPeopleRule) else ()
    return tuple(edition.lists[gate.certifications].certifications for gate in gates)


def read_form(
    rulebook: Rulebook, words: Words, language: Language, view: Mapping[str, Any], *, today: date
) -> tuple[str, date, tuple[Figure, ...]]:
    """The area, day and figures of a submitted form.

    Raises: FormError with a sentence per wrong field.
    """
    area, track = str(view["private_metadata"]).split()
    edition = rulebook.edition(area, today)
    values = {block: next(iter(fields.values())) for block, fields in view["state"]["values"].items() if fields}
    reader = _FormReader(words, language, edition, form_track(edition, track), values)
    as_of = reader.day(today)
    figures = tuple(reader.figures(as_of))
    if not figures and not reader.errors:
        reader.errors[reader.first_block] = words.say("form.error.nothing", language)
    if reader.errors:
        raise FormError(reader.errors)
    return area, as_of, figures


class _FormReader:
    def __init__(
        self, words: Words, language: Language, edition: Edition, track: Track, values: dict[str, Any]
    ) -> None:
        self.words = words
        self.language = language
        self.edition = edition
        self.track = track
        self.values = values
        self.errors: dict[str, str] = {}

    @property
    def first_block(self) -> str:
        metric, rule = next(iter(self.edition.metrics[self.track].items()))
        return self.block(f"{metric}:{parts_of(rule)[0]}:value")

    def block(self, name: str) -> str:
        return f"{self.edition.area}:{self.track}:{name}"

    def day(self, today: date) -> date:
        given = self.values.get(AS_OF, {}).get("selected_date")
        chosen = date.fromisoformat(given) if given else today
        if chosen > today:
            self.errors[AS_OF] = self.words.say("form.error.future", self.language)
        return chosen

    def number(self, name: str) -> Fraction | None:
        block = self.block(name)
        text = str(self.values.get(block, {}).get("value") or "").strip()
        if not text:
            return None
        try:
            return number_of(text)[0]
        except WrongValueError:
            self.errors[block] = self.words.say("form.error.number", self.language)
            return None

    def count(self, name: str) -> Fraction | None:
        """A number of people or things: whole, not below zero."""
        number = self.number(name)
        if number is not None and (number < 0 or number.denominator != 1):
            self.errors[self.block(name)] = self.words.say("form.error.count", self.language)
        return number

    def figures(self, as_of: date) -> Iterator[Figure]:
        track = None if self.track == "single" else self.track
        for metric, rule in self.edition.metrics[self.track].items():
            read = self.count if isinstance(rule, CountRule | CertifiedPeopleRule) else self.number
            amounts = {part: read(f"{metric}:{part}:value") for part in parts_of(rule)}
            given = {part: amount for part, amount in amounts.items() if amount is not None}
            points = self.points(metric, rule)
            gates = self.gate_holders(metric, rule, is_asked=bool(given) and points is None)
            if not given and points is None:
                continue
            known: dict[str, Any] = {
                "area": self.edition.area,
                "metric": metric,
                "track": track,
                "as_of": as_of,
            }
            if metric in SKILLING:
                known["people"] = given.get(WHOLE)
                known["gate_holders"] = gates
            else:
                known["parts"] = {part: Amount(count=amount) for part, amount in given.items()}
            yield Figure(**known, points=points, origin=Origin(source=FORM_SOURCE))

    def gate_holders(self, metric: MetricName, rule: MetricRule, *, is_asked: bool) -> dict[str, int]:
        """Holders per gate, under the gate's first certification; people alone say nothing where a gate is unknown."""
        holders: dict[str, int] = {}
        for index, keys in enumerate(gates_of(self.edition, rule)):
            name = f"{metric}:gate{index}:value"
            number = self.count(name)
            if number is not None:
                holders[keys[0]] = int(number)
            elif is_asked:
                self.errors.setdefault(self.block(name), self.words.say("form.error.gate", self.language))
        return holders

    def points(self, metric: MetricName, rule: MetricRule) -> Fraction | None:
        points = self.number(f"{metric}::points")
        if points is not None and not 0 <= points <= rule.max_points:
            sentence = self.words.say("form.error.points", self.language, max=short(rule.max_points))
            self.errors[self.block(f"{metric}::points")] = sentence
        return points


def saved_view(words: Words, language: Language, line: str, reply: Reply, import_id: int | None) -> Block:
    """What stands in the form's place once it is saved: the new score, and the way back."""
    shown = [block for block in reply.blocks if block["type"] != "actions"]
    undo = [blocks.actions(blocks.button(words.say("button.undo", language), UNDO_IMPORT, str(import_id)))]
    return {
        "type": "modal",
        "callback_id": FIGURES_SAVED,
        "title": blocks.plain(words.say("form.saved", language)),
        "close": blocks.plain(words.say("form.close", language)),
        "blocks": [blocks.section(line), *(undo if import_id is not None else []), *shown],
    }
