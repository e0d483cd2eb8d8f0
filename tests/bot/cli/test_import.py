"""`seventy import`, `imports` and `undo` on a real database."""

import ast
from pathlib import Path
from typing import Any

from bot.cli.words import command_words

IMPORT = ("import", "trainings.csv", "--as-of", "2026-11-18")


def test_a_dry_run_writes_nothing_at_all(folder: Path, seventy: Any, seventy_json: Any) -> None:
    shown = seventy_json(*IMPORT, "--dry-run")
    assert (shown["dry_run"], shown["applied"], shown["imports"]) == (True, False, [])
    assert not (folder / "seventy.db").exists()


def test_every_row_read_is_taken_duplicate_ignored_or_rejected(seventy_json: Any) -> None:
    file = seventy_json(*IMPORT, "--dry-run")["files"][0]
    parts = (file["taken"], file["duplicates"], file["ignored"], len(file["rejected"]))
    assert (file["kind"], file["rows_read"], parts) == ("trainings", 8, (3, 1, 1, 3))
    problem = file["rejected"][0]
    assert (problem["line"], problem["value"], problem["suggestions"]) == (5, "AZ-5OO", ["AZ-500"])


def test_scores_are_told_before_and_after(seventy_json: Any) -> None:
    shown = seventy_json("import", "trainings.csv", "figures.csv")
    scores = {one["area"]: one for one in shown["scores"]}
    assert (scores["security"]["before"]["total"], scores["security"]["after"]["total_exact"]) == (None, "112/3")
    assert (scores["security"]["changed"], scores["infrastructure"]["changed"]) == (True, False)
    assert [record["kind"] for record in shown["imports"]] == ["several"]  # one call, one import, one undo


def test_what_was_imported_is_scored_from_the_database(seventy: Any, seventy_json: Any) -> None:
    seventy("import", "company.yaml")
    shown = seventy_json("score", "security", "--on", "2026-11-20")
    assert shown["total"] == 64
    assert shown["metrics"][0]["evidence"][0]["import_id"] == 1


def test_the_same_files_twice_change_nothing(seventy: Any, seventy_json: Any) -> None:
    files = ("import", "trainings.csv", "figures.csv", "company.yaml")
    assert seventy_json(*files)["applied"]
    again = seventy_json(*files)
    assert (again["nothing_to_change"], again["applied"]) == (True, False)
    assert len(seventy_json("imports")["imports"]) == 1
    assert seventy(*files).stdout.startswith("Nothing to change: trainings.csv")


def test_people_who_are_gone_are_named(folder: Path, seventy_json: Any) -> None:
    seventy_json(*IMPORT)
    lines = (folder / "trainings.csv").read_text(encoding="utf-8").splitlines()
    (folder / "fewer.csv").write_text("\n".join(lines[:3]), encoding="utf-8")
    assert seventy_json("import", "fewer.csv", "--dry-run")["vanished"] == {
        "count": 1,
        "people": ["見本 三郎"],
        "tenants": [],
    }
    assert seventy_json("import", "fewer.csv", "--add")["nothing_to_change"]
    assert seventy_json("import", "fewer.csv")["applied"]


def test_a_file_that_cannot_be_read_stops_the_whole_call(folder: Path, seventy: Any, seventy_json: Any) -> None:
    (folder / "report.csv").write_bytes(b"PK\x03\x04 xl/ [Content_Types].xml")
    shown = seventy_json("import", "trainings.csv", "report.csv")
    assert shown["error"]["kind"] == "damaged_file"
    assert seventy("import", "trainings.csv", "report.csv").exit_code == 2
    assert not (folder / "seventy.db").exists()


def test_a_file_of_which_nothing_can_be_used_takes_nobodys_credit_away(folder: Path, seventy_json: Any) -> None:
    seventy_json(*IMPORT)
    header = (folder / "trainings.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "header.csv").write_text(f"{header}\n", encoding="utf-8")
    assert seventy_json("import", "header.csv")["error"]["kind"] == "nothing_taken"
    assert len(seventy_json("imports")["imports"]) == 1


def test_an_import_is_undone_and_stays_in_the_list(seventy: Any, seventy_json: Any) -> None:
    seventy_json(*IMPORT)
    assert seventy_json("undo")["undone"]["id"] == 1
    assert seventy_json("imports")["imports"][0]["undone_at"] is not None
    assert seventy_json("undo")["error"]["kind"] == "nothing_to_undo"
    assert seventy_json("undo", "7")["error"]["where"] == "7"
    assert seventy_json(*IMPORT)["applied"]
    assert "undone" in seventy("imports").stdout


def test_workspaces_are_kept_apart(seventy_json: Any) -> None:
    seventy_json(*IMPORT, "--workspace", "T1")
    assert seventy_json("imports")["workspace"] == "T1"
    seventy_json(*IMPORT, "--workspace", "T2")
    assert seventy_json("imports")["error"]["kind"] == "several_workspaces"
    assert seventy_json("imports", "--workspace", "T3")["error"]["kind"] == "unknown_workspace"
    assert seventy_json("score", "sec", "--workspace", "T2")["metrics"][1]["value"] == 1


def test_the_text_says_what_happened_in_both_languages(seventy: Any) -> None:
    english = seventy(*IMPORT, "--dry-run").stdout
    assert english.startswith("Import check (nothing applied): trainings.csv")
    assert 'line 6  expiry "2027/2/30" is not a date' in english
    assert seventy(*IMPORT, "--lang", "ja").stdout.startswith("取り込みました: trainings.csv")
    assert "取り込み1を取り消しました" in seventy("undo", "--lang", "ja").stdout


def test_an_empty_list_of_imports_says_so(seventy: Any) -> None:
    seventy("import", "company.yaml", "--workspace", "T1")
    assert seventy("imports", "--workspace", "T1").exit_code == 0


def _kinds_of_reasons() -> set[str]:
    """The second word of every WrongValueError and the fourth of every Rejected of the intake, where they are plain."""
    places = {"WrongValueError": 1, "Rejected": 3}
    files = (Path(__file__).parents[3] / "bot" / "intake").glob("*.py")
    calls = (
        node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    words = (
        call.args[places[call.func.id]]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in places and len(call.args) > places[call.func.id]
    )
    return {str(word.value) for word in words if isinstance(word, ast.Constant)}


def test_every_reason_to_leave_a_row_out_is_said_in_both_languages() -> None:
    kinds = _kinds_of_reasons() | {
        "impossible_date",
        "unreadable_date",
        "spreadsheet_date",
        "expires_before_completion",
    }
    assert len(kinds) > 15
    assert {kind for kind in kinds if not command_words().has(f"rejected.{kind}")} == set()


def test_a_row_left_out_is_explained_in_japanese(folder: Path, seventy: Any) -> None:
    rows = (
        "AZ-104,Certification,1,2027-01-01",
        "AZ-5OO,Certification,1,2027-01-01",
        "AZ-305,Certification,1,2027/2/30",
    )
    text = "\n".join(("TrainingTitle,TrainingType,MCPID,ExpirationDate", *rows))
    (folder / "trainings.csv").write_text(text, encoding="utf-8")
    said = seventy("import", "trainings.csv", "--dry-run", "--lang", "ja").stdout
    assert "3行目  資格「AZ-5OO」は、対象となる資格の一覧にありません(AZ-500ですか?)" in said
    assert "4行目  有効期限「2027/2/30」は存在しない日付です" in said


def test_a_folder_is_read_with_what_cannot_be_imported_named(folder: Path, seventy: Any, seventy_json: Any) -> None:
    inside = folder / "exports" / "2026"
    inside.mkdir(parents=True)
    (folder / "trainings.csv").rename(inside / "trainings.csv")
    (inside / "letter.txt").write_text("Dear partner,\nall is well.\n", encoding="utf-8")
    (inside / "wrong.yaml").write_text("arreas: {}\n", encoding="utf-8")
    shown = seventy_json("import", "exports")
    kinds = {one["file"]: (one["kind"], one["error"] and one["error"]["kind"]) for one in shown["files"]}
    assert kinds == {
        "2026/letter.txt": ("unknown", "unknown_file"),
        "2026/trainings.csv": ("trainings", None),
        "2026/wrong.yaml": ("unknown", "unneeded_fact"),
    }
    assert shown["applied"]
    assert "2026/letter.txt: left out." in seventy("import", "exports", "--dry-run").stdout


def test_an_empty_folder_is_told(folder: Path, seventy_json: Any) -> None:
    (folder / "exports").mkdir()
    assert seventy_json("import", "exports")["error"]["kind"] == "nothing_taken"
