"""A document being composed from a result: a row with a state; the queue only triggers."""
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.domain.report import Choice
from award.models.entry import Entry
from award.models.result import Result
from award.models.types import UtcDateTime
from award.models.user import User


class Report(Base):
    """`key` names the stored file; `digest` is the SHA-256 of what it is composed from, so equal requests share a row; "" once asked for anew.

    `kind`, `variant`, `jurors`, `sections` and `entry` are the choice (award.domain.report.Choice). `done` of `total` parts are set.
    `status` is draft when it was composed while the jury deliberated. A sealed report is a ready one that also bears the organiser's
    seal; a ready one with a `reason` should have borne it.
    """

    __tablename__ = "report"
    __table_args__ = (CheckConstraint("state in ('requested', 'rendering', 'ready', 'sealed', 'failed', 'cancelled')", name="state"),
                      CheckConstraint("variant in ('full', 'public', 'team')", name="variant"),
                      CheckConstraint("jurors in ('names', 'codes')", name="jurors"),
                      CheckConstraint("status in ('draft', 'final')", name="status"))
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    language: Mapped[str]
    kind: Mapped[str] = mapped_column(default="jury_report")
    variant: Mapped[str] = mapped_column(default="full")
    jurors: Mapped[str] = mapped_column(default="names")
    sections: Mapped[list] = mapped_column(JSON, default=list)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    status: Mapped[str] = mapped_column(default="final")
    state: Mapped[str] = mapped_column(default="requested")
    reason: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[Result] = relationship()
    entry: Mapped[Entry | None] = relationship()
    requested_by: Mapped[User] = relationship()

    @property
    def round(self):
        return self.result.stage.round

    @property
    def choice(self):
        return Choice(self.kind, self.variant, self.jurors, tuple(self.sections), self.entry.number if self.entry else "")
