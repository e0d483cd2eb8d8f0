"""The official columns of the exports, in the order in which the documentation lists them."""

_TEXT = """
azure: PGAMpnID SubscriptionId SubscriptionStartDate SubscriptionEndDate FirstUseDate
  SubscriptionState Month ServiceLevel1 ServiceLevel2 ServiceLevel3 ServiceLevel4 ServiceGroup2
  ServiceGroup3 ServiceInfluencer ComputeOS ComputeCoreSoftware UsageUnits UsageQuantity
  CustomerName CustomerTenantId CustomerTpid CustomerSegment CustomerMarket MPNID PartnerName
  PartnerLocation PartnerAttributionType SalesChannel EnrollmentNumber IsACRDuplicateAtPGALevel
  ResellerID ResellerName IndustryName VerticalName EOU AdminType AssociationType ACR_USD
office: PGAPartnerID CustomerTenantId CustomerTpid WorkloadName Month PaidAvailableUnits
  MonthlyActiveUsers CustomerName CustomerMarket CustomerSegment IndustryName VerticalName EOU
  PartnerID PartnerName PartnerLocation PartnerAttributionType IsDuplicateRowForPGA
cpor: CustomerTenantId CustomerName WorkloadName MonthlyActiveUsers PaidAvailableUnits ClaimId MpnId
  DateAssociated PartnerAttributionType Date
mobility: PGAMpnID SubscriptionId SubscriptionStartDate SubscriptionEndDate SubscriptionStatus Month
  SKU SKUId FreeVsPaidSKU SalesModel DetailedSalesModel CustomerName CustomerTenantId CustomerTpid
  CustomerSegment CustomerMarket IndustryName VerticalName EOU MPNID PartnerName PartnerLocation
  PartnerAttributionType PartnerHierarchy PaidAvailableUnits MonthlyActiveUsers AATPActiveUsage
  MCASActiveUsage AADPPaidAvailableUnits IntunePaidAvailableUnits AzipPaidAvailableUnits
  AADPMonthlyActiveUsers IntuneMonthlyActiveUsers AzipMonthlyActiveUsers MDM MAM SSPR
revenue: FiscalMonthName GlobalPartnerID PartnerName PartnerAssociationType CustomerID CustomerName
  CustomerTenantID CustomerTenantName SubscriptionId SubscriptionStartDate Country WorkloadCategory
  Workloads AdjustedRevenueAmtCD
usage: FiscalMonthName GlobalPartnerID PartnerName PartnerAssociationType CustomerID CustomerName
  CustomerTenantID CustomerTenantName SubscriptionID SubscriptionStartDate MetricType
  WorkloadCategory Workload SkuGroup PAMAU MAC MAU
subscriptions: PGAMpnID SubscriptionId SubscriptionStartDate SubscriptionEndDate SubscriptionState
  Month IsAutoRenew CustomerName CustomerTenantId CustomerTpid DUNSNumber CustomerSegment TopSegment
  CustomerMarket ReportingProductName Product RawProductName ProductPartNumber SKU
  RevSumDivisionName SolutionArea MPNID PartnerName PartnerLocation PartnerAttributionType
  SalesChannel IndustryName VerticalName EOU PricingLevel EnrollmentNumber IsDuplicateRowForPGA
  SubscriptionStartMonth ResellerID ResellerName AvailableSeatsEOP AvailableSeats BilledRevenueUSD
  AzureConsumedRevenueUSD CPORRevenue CPORPaidSeats CPORActiveUsers
dynamics: PGAMpnID SubscriptionId SubscriptionStartDate SubscriptionEndDate SubscriptionStatus Month
  RevSumDivisionName RevSumCategoryName SKU SKUId FreeVsPaidSKU SalesModel DetailedSalesModel
  CustomerName CustomerTenantId CustomerTpid CustomerSegment CustomerMarket IndustryName
  VerticalName EOU MPNID PartnerName PartnerLocation PartnerAttachType AvailableSeats AssignedSeats
  ActiveSeats DeploymentOpportunity ActiveUsagePercent
power_bi: PGAMpnID SubscriptionId SubscriptionStartDate SubscriptionEndDate SubscriptionStatus Month
  SKU SKUId FreeVsPaidSKU SalesModel DetailedSalesModel CustomerName CustomerTenantId CustomerTpid
  CustomerSegment CustomerMarket IndustryName VerticalName EOU MPNID PartnerName PartnerLocation
  PartnerAttachType PartnerHierarchy AvailableSeats AssignedSeats ActiveSeats DeploymentOpportunity
  ActiveUsagePercent
"""


def _headers() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    name = ""
    for word in _TEXT.split():
        if word.endswith(":"):
            name = word[:-1]
        else:
            found[name] = (*found.get(name, ()), word)
    return found


HEADERS = _headers()
