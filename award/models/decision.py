"""What the jury decides about an entry, with its reason. The newest of an entry counts; earlier ones stay."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.entry import Entry
from award.models.result import Result
from award.models.types import UtcDateTime
from award.models.user import User


class Decision(Base):
    __tablename__ = "decision"
    __table_args__ = (CheckConstraint("outcome in ('winner', 'commended', 'goes_on', 'stops')", name="outcome"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("result.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    departs: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    result: Mapped[Result] = relationship(back_populates="decisions")
    entry: Mapped[Entry] = relationship()
    by: Mapped[User] = relationship()

    @property
    def round(self):
        return self.entry.round
