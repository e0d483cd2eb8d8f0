"""What is computed from an Azure usage report, by whichever way."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AzureMetrics:
    """Customers and consumed revenue (US dollars), each now and a year ago; services in use in twelve months."""

    customers: tuple[int, int]
    acr: tuple[float, float]
    services: int

    def is_like(self, other: "AzureMetrics") -> bool:
        """Whether the counts are equal, and the sums but for the last digits of floating point."""
        is_near = all(abs(mine - its) <= 1e-9 * abs(its) for mine, its in zip(self.acr, other.acr, strict=True))
        return is_near and (self.customers, self.services) == (other.customers, other.services)
