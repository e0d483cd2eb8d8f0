"""The form that takes files, and what was asked for with it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.intake.findings import printable
from bot.settings import Settings
from bot.slack import blocks
from bot.slack.action_ids import IMPORT_FORM
from bot.slack.blocks import Block
from bot.wording.words import Language, Words, listed

FILES, DAY, PEOPLE = "files", "as_of", "people"
ADDS = "adds"
FILE_TYPES = ("csv", "tsv", "txt", "zip", "gz", "xlsx", "yaml", "yml")
MOST_FILES = 10  # that Slack lets one choose in an input
_MOST_NAMED = 20  # importers in a sentence
_LONGEST_NAME = 60  # characters of a file's name that a view carries along


@dataclass(frozen=True)
class ImportRequest:
    """What one person asked to import.

    `files` are names by Slack's ids; `today` is the day on which it was asked; `day` the day the files were true, None
    where that is just today; with `adds` the people come on top of those known. `digest` is that of the files as they
    were checked, empty before that.
    """

    files: Mapping[str, str]
    today: date
    day: date | None = None
    adds: bool = False
    digest: str = ""

    @property
    def as_of(self) -> date:
        """The day the files were true."""
        return self.day or self.today

    def to_metadata(self) -> str:
        """The request as a view carries it; `request_in` reads it back."""
        day = None if self.day is None else self.day.isoformat()
        kept = {"files": self.files, "today": self.today.isoformat(), "day": day, "adds": self.adds}
        return json.dumps(kept | {"digest": self.digest}, ensure_ascii=False)


def request_in(view: Mapping[str, Any]) -> ImportRequest:
    """The request that a checked view carries."""
    kept = json.loads(view["private_metadata"])
    day = kept["day"] and date.fromisoformat(kept["day"])
    today = date.fromisoformat(kept["today"])
    return ImportRequest(kept["files"], today, day, adds=kept["adds"], digest=kept["digest"])


def submitted(view: Mapping[str, Any], *, today: date) -> ImportRequest:
    """The request of a form that was sent."""
    values = {block: next(iter(fields.values())) for block, fields in view["state"]["values"].items() if fields}
    chosen_files = (values[FILES].get("files") or ())[:MOST_FILES]
    files = {str(file["id"]): blocks.cut(printable(str(file.get("name"))), _LONGEST_NAME) for file in chosen_files}
    chosen = values[DAY].get("selected_date")
    day = date.fromisoformat(chosen) if chosen else today
    adds = any(one["value"] == ADDS for one in values[PEOPLE].get("selected_options") or ())
    return ImportRequest(files, today, None if day == today else day, adds=adds)


def refusal(settings: Settings, words: Words, language: Language, user: str) -> str | None:
    """Why a person cannot import files here, in Slack's mark-up; None where it is allowed."""
    if not settings.takes_files:
        return words.say("import.off", language)
    if user not in settings.importers:
        people = listed([f"<@{name}>" for name in settings.importers[:_MOST_NAMED]], language)
        return words.say("import.not_allowed", language, people=people)
    return None


def import_form(words: Words, language: Language, *, today: date) -> Block:
    """The form."""
    adds = {"text": blocks.plain(words.say("import.adds", language)), "value": ADDS}
    return {
        "type": "modal",
        "callback_id": IMPORT_FORM,
        "title": blocks.plain(words.say("import.title", language)),
        "submit": blocks.plain(words.say("import.submit", language)),
        "close": blocks.plain(words.say("form.cancel", language)),
        "blocks": [
            blocks.section(words.say("import.intro", language)),
            {
                "type": "input",
                "block_id": FILES,
                "label": blocks.plain(words.say("import.files", language, most=MOST_FILES)),
                "hint": blocks.plain(words.say("import.files_hint", language)),
                "element": {
                    "type": "file_input",
                    "action_id": FILES,
                    "filetypes": list(FILE_TYPES),
                    "max_files": MOST_FILES,
                },
            },
            {
                "type": "input",
                "block_id": DAY,
                "label": blocks.plain(words.say("import.as_of", language)),
                "element": {"type": "datepicker", "action_id": DAY, "initial_date": today.isoformat()},
            },
            {
                "type": "input",
                "block_id": PEOPLE,
                "optional": True,
                "label": blocks.plain(words.say("import.people", language)),
                "element": {"type": "checkboxes", "action_id": PEOPLE, "options": [adds]},
            },
        ],
    }
