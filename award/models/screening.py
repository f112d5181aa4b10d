"""Whether an entry may take part, with the reason."""
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.entry import Entry
from award.models.types import UtcDateTime
from award.models.user import User


class Screening(Base):
    __tablename__ = "screening"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    eligible: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    entry: Mapped[Entry] = relationship(back_populates="screening")
    by: Mapped[User] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self.entry.round
