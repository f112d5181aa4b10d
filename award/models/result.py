"""A frozen outcome of a stage. Immutable."""
from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.stage import Rulebook, Stage
from award.models.types import UtcDateTime
from award.models.user import User


class Result(Base):
    """`body` is canonical JSON in the form of award.domain.result; it names entries by number and jurors by code, no person."""

    __tablename__ = "result"
    __table_args__ = (UniqueConstraint("stage_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    number: Mapped[int]
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebook.id"))
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    history_head: Mapped[str]
    stage: Mapped[Stage] = relationship(back_populates="results")
    rulebook: Mapped[Rulebook] = relationship()
    frozen_by: Mapped[User] = relationship()
    decisions: Mapped[list["Decision"]] = relationship(back_populates="result", order_by="Decision.id")  # noqa: F821

    @property
    def round(self):
        return self.stage.round
