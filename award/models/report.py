"""A document being composed from a result: a row with a state; the queue only triggers."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.result import Result
from award.models.types import UtcDateTime
from award.models.user import User


class Report(Base):
    """`key` names the stored file; `digest` is the SHA-256 of what it was composed from, so equal requests share a file."""

    __tablename__ = "report"
    __table_args__ = (CheckConstraint("state in ('requested', 'rendering', 'ready', 'failed')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    language: Mapped[str]
    state: Mapped[str] = mapped_column(default="requested")
    reason: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    requested_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[Result] = relationship()
    requested_by: Mapped[User] = relationship()

    @property
    def round(self):
        return self.result.stage.round
