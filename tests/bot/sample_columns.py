"""The columns of every report that the sample writes, as Partner Center's documentation of 2023-08-11 lists them."""

COLUMNS = {
    "Azure usage": """
        PGAMpnID, SubscriptionId, SubscriptionStartDate, SubscriptionEndDate, FirstUseDate,
        SubscriptionState, Month, ServiceLevel1, ServiceLevel2, ServiceLevel3, ServiceLevel4, ServiceGroup2,
        ServiceGroup3, ServiceInfluencer, ComputeOS, ComputeCoreSoftware, UsageUnits, UsageQuantity,
        CustomerName, CustomerTenantId, CustomerTpid, CustomerSegment, CustomerMarket, MPNID, PartnerName,
        PartnerLocation, PartnerAttributionType, SalesChannel, EnrollmentNumber, IsACRDuplicateAtPGALevel,
        ResellerID, ResellerName, IndustryName, VerticalName, EOU, AdminType, AssociationType, ACR_USD
    """,
    "Customers and revenue": """
        PGAMpnID, CustomerName, CustomerTenantId, CustomerTpid, DUNSNumber, CustomerSegment, TopSegment,
        CustomerMarket, CustomerStatus, CustomerTenantName, CustomerTenantCountry, TenantDomainName,
        Product, RawProductName, SKU, Month, MPNId, PartnerName, PartnerLocation, PartnerAttributionType,
        SalesChannel, IndustryName, VerticalName, EOU, IsDuplicateRowForPGA, AvailableSeats,
        BilledRevenueUSD, AzureConsumedRevenueUSD, CPORRevenue, CPORPaidSeats, CPORActiveUsers
    """,
    "Subscription details": """
        PGAMpnID, SubscriptionId, SubscriptionStartDate, SubscriptionEndDate, SubscriptionState, Month,
        IsAutoRenew, CustomerName, CustomerTenantId, CustomerTpid, DUNSNumber, CustomerSegment, TopSegment,
        CustomerMarket, ReportingProductName, Product, RawProductName, ProductPartNumber, SKU,
        RevSumDivisionName, SolutionArea, MPNID, PartnerName, PartnerLocation, PartnerAttributionType,
        SalesChannel, IndustryName, VerticalName, EOU, PricingLevel, EnrollmentNumber, IsDuplicateRowForPGA,
        SubscriptionStartMonth, ResellerID, ResellerName, AvailableSeatsEOP, AvailableSeats,
        BilledRevenueUSD, AzureConsumedRevenueUSD, CPORRevenue, CPORPaidSeats, CPORActiveUsers
    """,
    "Office 365 license usage": """
        PGAPartnerID, CustomerTenantId, CustomerTpid, WorkloadName, Month, PaidAvailableUnits,
        MonthlyActiveUsers, CustomerName, CustomerMarket, CustomerSegment, IndustryName, VerticalName, EOU,
        PartnerID, PartnerName, PartnerLocation, PartnerAttributionType, IsDuplicateRowForPGA
    """,
    "CPOR-M365 usage": """
        CustomerTenantId, CustomerName, WorkloadName, MonthlyActiveUsers, PaidAvailableUnits, ClaimId,
        MpnId, DateAssociated, PartnerAttributionType, Date
    """,
    "Enterprise Mobility license usage": """
        PGAMpnID, SubscriptionId, SubscriptionStartDate, SubscriptionEndDate, SubscriptionStatus, Month,
        SKU, SKUId, FreeVsPaidSKU, SalesModel, DetailedSalesModel, CustomerName, CustomerTenantId,
        CustomerTpid, CustomerSegment, CustomerMarket, IndustryName, VerticalName, EOU, MPNID, PartnerName,
        PartnerLocation, PartnerAttributionType, PartnerHierarchy, PaidAvailableUnits, MonthlyActiveUsers,
        AATPActiveUsage, MCASActiveUsage, AADPPaidAvailableUnits, IntunePaidAvailableUnits,
        AzipPaidAvailableUnits, AADPMonthlyActiveUsers, IntuneMonthlyActiveUsers, AzipMonthlyActiveUsers,
        MDM, MAM, SSPR
    """,
    "Business applications revenue": """
        FiscalMonthName, GlobalPartnerID, PartnerName, PartnerAssociationType, CustomerID, CustomerName,
        CustomerTenantID, CustomerTenantName, SubscriptionId, SubscriptionStartDate, Country,
        WorkloadCategory, Workloads, AdjustedRevenueAmtCD
    """,
    "Business applications usage": """
        FiscalMonthName, GlobalPartnerID, PartnerName, PartnerAssociationType, CustomerID, CustomerName,
        CustomerTenantID, CustomerTenantName, SubscriptionID, SubscriptionStartDate, MetricType,
        WorkloadCategory, Workload, SkuGroup, PAMAU, MAC, MAU
    """,
    "Dynamics 365 license usage": """
        PGAMpnID, SubscriptionId, SubscriptionStartDate, SubscriptionEndDate, SubscriptionStatus, Month,
        RevSumDivisionName, RevSumCategoryName, SKU, SKUId, FreeVsPaidSKU, SalesModel, DetailedSalesModel,
        CustomerName, CustomerTenantId, CustomerTpid, CustomerSegment, CustomerMarket, IndustryName,
        VerticalName, EOU, MPNID, PartnerName, PartnerLocation, PartnerAttachType, AvailableSeats,
        AssignedSeats, ActiveSeats, DeploymentOpportunity, ActiveUsagePercent
    """,
    "Power BI license usage": """
        PGAMpnID, SubscriptionId, SubscriptionStartDate, SubscriptionEndDate, SubscriptionStatus, Month,
        SKU, SKUId, FreeVsPaidSKU, SalesModel, DetailedSalesModel, CustomerName, CustomerTenantId,
        CustomerTpid, CustomerSegment, CustomerMarket, IndustryName, VerticalName, EOU, MPNID, PartnerName,
        PartnerLocation, PartnerAttachType, PartnerHierarchy, AvailableSeats, AssignedSeats, ActiveSeats,
        DeploymentOpportunity, ActiveUsagePercent
    """,
    "Trainings, exams and certifications": """
        PGAMpnId, TrainingActivityId, TrainingTitle, TrainingType, IndividualFirstName, IndividualLastName,
        Email, CorpEmail, TrainingCompletionDate, ExpirationDate, ActivationStatus, Month, IcMCP, MCPID,
        MpnId, PartnerName, PartnerCityLocation, PartnerCountryLocation
    """,
    "Partner profile": """
        MPNId, PartnerName, PGA_MPNID, PGA_PartnerName, City, Country, HierarchyLevel
    """,
}
