"""Which column of a Trainings report holds what, under the names that Partner Center and people give it."""

from dataclasses import dataclass

from bot.intake.tables import Table

_TITLE = (
    "TrainingTitle",
    "CertificationTitle",
    "CertificationName",
    "資格名",
    "認定資格名",
    "認定資格",
    "資格",
)
_TYPE = ("TrainingType", "種別", "種類")
_FIRST_NAME = ("IndividualFirstName", "FirstName", "GivenName", "名")
_LAST_NAME = ("IndividualLastName", "LastName", "FamilyName", "Surname", "姓")
_NAME = ("IndividualName", "FullName", "EmployeeName", "PersonName", "Name", "氏名", "名前")
_WORK_ADDRESS = ("CorpEmail", "CorporateEmail", "WorkEmail", "会社メール", "会社メールアドレス")
_ADDRESS = ("Email", "EmailAddress", "EmailId", "PersonalEmail", "Mail", "メール", "メールアドレス")
_ACCOUNT = ("AADUserId", "EntraUserId")
_MCPID = ("MCPID", "MCID", "MicrosoftCertificationId")
_COMPLETED = ("TrainingCompletionDate", "CompletionDate", "CompletedDate", "EarnedDate", "取得日", "完了日")
_EXPIRES = ("ExpirationDate", "TrainingExpirationDate", "ExpiryDate", "ExpiresOn", "有効期限", "失効日")
_STATUS = ("ActivationStatus", "CertificationStatus", "状態")


@dataclass(frozen=True, slots=True)
class TrainingColumns:
    """The index of each column; None where the file does not have it."""

    title: int | None
    type: int | None
    first_name: int | None
    last_name: int | None
    name: int | None
    work_address: int | None
    address: int | None
    account: int | None
    mcpid: int | None
    completed: int | None
    expires: int | None
    status: int | None

    @property
    def accounts(self) -> tuple[int, ...]:
        """The columns that identify a person without a name."""
        columns = (self.mcpid, self.work_address, self.address, self.account)
        return tuple(index for index in columns if index is not None)

    @property
    def names(self) -> tuple[int, ...]:
        """The columns of names."""
        columns = (self.name, self.last_name, self.first_name)
        return tuple(index for index in columns if index is not None)


def find_columns(table: Table) -> TrainingColumns:
    """The columns of a table, whatever their order, case and spacing."""
    return TrainingColumns(
        title=table.column(*_TITLE),
        type=table.column(*_TYPE),
        first_name=table.column(*_FIRST_NAME),
        last_name=table.column(*_LAST_NAME),
        name=table.column(*_NAME),
        work_address=table.column(*_WORK_ADDRESS),
        address=table.column(*_ADDRESS),
        account=table.column(*_ACCOUNT),
        mcpid=table.column(*_MCPID),
        completed=table.column(*_COMPLETED),
        expires=table.column(*_EXPIRES),
        status=table.column(*_STATUS),
    )
