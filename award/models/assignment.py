"""The request to one juror to judge one entry in one stage."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.entry import Entry
from award.models.juror import Juror
from award.models.types import UtcDateTime


class Assignment(Base):
    """`voided_at`: set when a conflict comes to light or the pair is taken back; the ballot stays visible and does not count."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),
                      CheckConstraint("state in ('proposed', 'notified', 'declined', 'voided')", name="state"))
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    state: Mapped[str] = mapped_column(default="proposed")
    reason: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    juror: Mapped[Juror] = relationship(back_populates="assignments")
    entry: Mapped[Entry] = relationship(back_populates="assignments")
    stage: Mapped["Stage"] = relationship()  # noqa: F821
    ballot: Mapped["Ballot | None"] = relationship(back_populates="assignment")  # noqa: F821

    @property
    def round(self):
        return self.stage.round
