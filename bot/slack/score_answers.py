"""Facts and request -> reply. Pure but for a memory of the last answers, which the same facts give again."""

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date

from bot.sample import SAMPLE_DAY
from bot.slack.blocks import Reply, cut, escaped
from bot.slack.evidence_card import evidence_card, which_metric
from bot.slack.notices import GIVEN_LIMIT, empty_card, error_card, error_line, help_card, notice
from bot.slack.overview_card import overview_card
from bot.slack.reconciliation_card import reconciliation_card
from bot.slack.score_card import score_card
from bot.slack.score_request import (
    AllAreas,
    Check,
    Help,
    NoSuchArea,
    NotUnderstood,
    OneArea,
    Sample,
    ScoreRequest,
    WhichMetric,
    Why,
)
from bot.wording.words import Language, Words
from scoring import Facts, Rulebook, Scorecard, ScoringError, score
from scoring.evidence import evidence
from scoring.reconciliation import reconcile
from scoring.usage import UsageRows

REMEMBERED = 256  # answers; one is some kilobytes


class ScoreAnswers:
    """Answers read-only requests. The same facts, request, language and day give the remembered reply."""

    def __init__(self, rulebook: Rulebook, words: Words, sample: Facts, *, takes_files: bool = False) -> None:
        """`takes_files` tells whether files can be imported from Slack."""
        self.rulebook = rulebook
        self.words = words
        self.sample = sample
        self.takes_files = takes_files
        self._remembered: OrderedDict[tuple[ScoreRequest, Language, date, int], tuple[Facts, Reply]] = OrderedDict()

    def answer(self, request: ScoreRequest, facts: Facts, language: Language, *, today: date) -> Reply:
        """The reply to a request that reads."""
        key = (request, language, today, id(facts))
        found = self._remembered.get(key)
        if found is not None and found[0] is facts:  # the id of facts that are gone may be given again
            self._remembered.move_to_end(key)
            return found[1]
        reply = self._answer(request, facts, language, today)
        self._remembered[key] = (facts, reply)
        while len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return reply

    def why(self, request: Why, facts: Facts, usage: Iterable[UsageRows], language: Language, *, today: date) -> Reply:
        """What stands behind the points of a metric. Not remembered: it holds the rows of whole reports for a while."""
        if facts.is_empty:
            return empty_card(self.words, language, takes_files=self.takes_files)
        try:
            found = evidence(self.rulebook, facts, usage, request.area, request.metric, request.on or today)
        except ScoringError as error:
            return self._error(error, language, request.on)
        except KeyError:  # the area has the metric, but not by the rules of that day
            given = self.words.say(f"brief.{request.metric}", language)
            return self._which(WhichMetric(request.area, given, (), request.on), language)
        return evidence_card(self.rulebook, self.words, language, found, today=today)

    def _which(self, request: WhichMetric, language: Language) -> Reply:
        day = "" if request.on is None else request.on.isoformat()
        asked = (request.area, request.given, request.near, day)
        return which_metric(self.rulebook, self.words, language, *asked)

    def _answer(self, request: ScoreRequest, facts: Facts, language: Language, today: date) -> Reply:
        match request:
            case Help():
                return help_card(self.rulebook, self.words, language)
            case NotUnderstood(key=key, given=given, area=area):
                said = {"given": escaped(cut(given, GIVEN_LIMIT)), "area": escaped(cut(area, GIVEN_LIMIT))}
                text = self.words.say(key, language, **said)
                return notice(self.words, language, text)
            case NoSuchArea(error=error, on=on):
                return self._error(error, language, on)
            case WhichMetric():
                return self._which(request, language)
            case Sample(area=area):
                asked = OneArea(area, SAMPLE_DAY) if area else AllAreas(SAMPLE_DAY)
                return self._scores(asked, self.sample, language, SAMPLE_DAY, is_sample=True)
            case AllAreas() | OneArea():
                if facts.is_empty:
                    return empty_card(self.words, language, takes_files=self.takes_files)
                return self._scores(request, facts, language, today)
            case Check():
                return self._check(request, facts, language, today)
        raise AssertionError(f"{request} does not read")

    def _check(self, request: Check, facts: Facts, language: Language, today: date) -> Reply:
        if facts.is_empty:
            return empty_card(self.words, language, takes_files=self.takes_files)
        try:
            found = reconcile(self.rulebook, facts, request.area, request.on or today)
        except ScoringError as error:
            return self._error(error, language, request.on)
        return reconciliation_card(self.rulebook, self.words, language, found, today=today)

    def _scores(
        self,
        request: AllAreas | OneArea,
        facts: Facts,
        language: Language,
        today: date,
        *,
        is_sample: bool = False,
    ) -> Reply:
        on = request.on or today
        if isinstance(request, AllAreas):
            return self._all(facts, language, on, today=today, is_sample=is_sample)
        try:
            card = score(self.rulebook, facts, request.area, on)
        except ScoringError as error:
            return self._error(error, language, request.on)
        return score_card(self.rulebook, self.words, language, card, today=today, is_sample=is_sample)

    def _all(self, facts: Facts, language: Language, on: date, *, today: date, is_sample: bool) -> Reply:
        cards: list[Scorecard] = []
        failures: list[ScoringError] = []
        for area in self.rulebook.areas:
            try:
                cards.append(score(self.rulebook, facts, area, on))
            except ScoringError as error:
                failures.append(error)
        if not cards:
            return self._error(failures[0], language, on)
        failed = [error_line(self.words, language, error) for error in failures]
        return overview_card(self.rulebook, self.words, language, cards, failed, today=today, is_sample=is_sample)

    def _error(self, error: ScoringError, language: Language, on: date | None) -> Reply:
        day = "" if on is None else on.isoformat()
        return error_card(self.rulebook, self.words, language, error, on=day)
