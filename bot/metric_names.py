"""Which words mean which metric, in both languages."""

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from scoring.metric_rules import METRICS, MetricName
from scoring.usage_terms import plain

METRIC_NAMES: dict[MetricName, tuple[str, ...]] = {
    "net_customer_adds": (
        "net customer adds",
        "customer adds",
        "net adds",
        "新規顧客",
        "新規顧客数",
        "顧客の純増",
        "純増顧客数",
    ),
    "intermediate_certifications": ("intermediate", "中級資格", "中級", "中級認定", "中級認定資格"),
    "advanced_certifications": ("advanced", "上級資格", "上級", "上級認定", "上級認定資格"),
    "usage_growth": ("usage growth", "growth", "使用量の伸び", "利用の伸び", "使用量の成長", "使用量増加"),
    "deployments": ("deployment", "導入数", "導入", "デプロイ", "デプロイ数", "展開数"),
}
# Shorter still: good enough for a question, but not for what is stored.
_SHORT_NAMES: dict[MetricName, tuple[str, ...]] = {
    "net_customer_adds": ("adds", "customers", "new customers", "新規", "顧客", "純増"),
    "intermediate_certifications": ("intermediate certs", "intermediate certification"),
    "advanced_certifications": ("advanced certs", "advanced certification"),
    "usage_growth": ("usage", "伸び", "使用量"),
    "deployments": ("deploy",),
}
_METRICS: dict[str, MetricName] = {
    plain(name): metric for metric in METRICS for name in (metric, *METRIC_NAMES[metric], *_SHORT_NAMES[metric])
}
_NEAR_ENOUGH = 0.6  # of 1.0, which is the same word
_LOOKED_AT = 6  # several names mean one metric
_SUGGESTED = 2


def find_metric(words: str) -> MetricName | None:
    """The metric of this name, in English or Japanese, in any width, case and punctuation.

    >>> find_metric("新規顧客"), find_metric("ＡＤＤＳ"), find_metric("Usage growth"), find_metric("vibes")
    ('net_customer_adds', 'net_customer_adds', 'usage_growth', None)
    """
    return _METRICS.get(plain(words))


def near_metrics(words: str) -> tuple[MetricName, ...]:
    """Up to two metrics with a name like this one, nearest first.

    >>> near_metrics("deploymnts")
    ('deployments',)
    """
    found = process.extract(
        plain(words),
        _METRICS.keys(),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=_NEAR_ENOUGH,
        limit=_LOOKED_AT,
    )
    return tuple(dict.fromkeys(_METRICS[name] for name, _, _ in found))[:_SUGGESTED]
