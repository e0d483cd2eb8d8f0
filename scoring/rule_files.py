"""Reads the rule files of a folder into a rulebook: a wrong file stops the start, with its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scoring.certifications import Certifications
from scoring.errors import DataFileError
from scoring.programme import EditionName, Programme
from scoring.rule_checks import check_area, check_certifications, check_editions, check_names, check_programme
from scoring.rulebook import RULES, AreaRules, Rulebook, SharedRules
from scoring.sources import Document, Frozen, Reference, read_yaml, validate
from scoring.usage_terms import UsageTerms

_NOT_AREAS = ("certifications.yaml", "editions.yaml", "programme.yaml", "usage_terms.yaml")


class _Editions(Frozen):
    editions: tuple[EditionName, ...]


def load_rulebook(folder: Path = RULES) -> Rulebook:
    """Read every rule file of a folder.

    Raises: DataFileError naming file and line of the first mistake.
    """
    edition_file = _read(folder / "editions.yaml")
    editions = validate(_Editions, edition_file).editions
    check_editions(editions, edition_file)
    certification_file = _read(folder / "certifications.yaml")
    certifications = validate(Certifications, certification_file)
    check_certifications(certifications, certification_file)
    documents = {path.stem: _read(path) for path in sorted(folder.glob("*.yaml")) if path.name not in _NOT_AREAS}
    areas = dict(_areas(documents))
    programme_file = _read(folder / "programme.yaml")
    programme = validate(Programme, programme_file)
    check_programme(programme, areas, editions, programme_file)
    in_order = {area: areas[area] for area in programme.microsoft_cloud_badge.items}
    usage_terms = validate(UsageTerms, _read(folder / "usage_terms.yaml"))
    rulebook = Rulebook(
        editions=editions,
        areas=in_order,
        certifications=certifications,
        programme=programme,
        usage_terms=usage_terms,
    )
    for rules in in_order.values():
        files = [documents[rules.area], *([documents[rules.group]] if rules.group else [])]
        check_area(rulebook, rules, files)
    check_names(rulebook, documents)
    return rulebook


def _read(path: Path) -> Document:
    """A rule file without its `sources` and `named` values, which only give a name inside the file to what it uses."""
    document = read_yaml(path)
    if not isinstance(document.data, dict):
        raise DataFileError(f"{path}:1: is empty or a list; a rule file is a mapping of keys.")
    sources = document.data.pop("sources", {})
    document.data.pop("named", None)  # checked where they are used
    if not isinstance(sources, dict):
        raise DataFileError(
            f"{document.where(('sources',))}: 'sources' needs names with a reference each; write them so."
        )
    for name, source in sources.items():
        validate(Reference, document, ("sources", name), source if source is not None else {})
    return document


def _areas(documents: dict[str, Document]) -> Iterator[tuple[str, AreaRules]]:
    groups = {document.data.get("shares") for document in documents.values()}
    for stem, document in documents.items():
        if stem in groups:
            validate(SharedRules, document)
            continue
        rules = validate(AreaRules, document, (), _with_shared(document, documents))
        if rules.area != stem:
            raise DataFileError(
                f"{document.where(('area',))}: 'area' is '{rules.area}', but the file says '{stem}'; make them equal."
            )
        yield rules.area, rules


def _with_shared(document: Document, documents: dict[str, Document]) -> dict[str, Any]:
    """The area's own values together with those of the file that it shares; a value in both is a mistake."""
    data: dict[str, Any] = dict(document.data)
    group = data.pop("shares", None)
    if group is None:
        return data
    if group not in documents or "area" in documents[group].data:
        raise DataFileError(f"{document.where(('shares',))}: there is no file {group}.yaml to share; correct the name.")
    shared = validate(SharedRules, documents[group])
    own = data.get("metrics")
    for metric, history in own.items() if isinstance(own, dict) else ():
        if not isinstance(history, dict):
            where = document.where(("metrics", metric))
            raise DataFileError(f"{where}: 'metrics.{metric}': needs keys of its own; write it as a mapping.")
    metrics = {metric: dict(history) for metric, history in own.items()} if isinstance(own, dict) else {}
    for metric, history in documents[group].data["metrics"].items():
        merged = metrics.setdefault(metric, {})
        for track, values in history.items():
            _refuse_twice(document, ("metrics", metric, track), merged.get(track) or {}, values, group)
            merged[track] = (merged.get(track) or {}) | values
    shares = {"group": group, "shared_metrics": tuple(shared.metrics), "tracks": documents[group].data["tracks"]}
    return data | shares | {"metrics": metrics}


def _refuse_twice(document: Document, path: tuple[str, ...], own: Any, shared: Any, group: str) -> None:
    twice = set(own) & set(shared)
    if twice:
        where = document.where((*path, min(twice).isoformat()))
        raise DataFileError(f"{where}: '{'.'.join(path)}' has {min(twice)} in {group}.yaml too; keep one.")
