"""One juror's scores and comments on one entry version."""
from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.assignment import Assignment
from award.models.entry import Version
from award.models.stage import Criterion
from award.models.types import Exact, UtcDateTime


class Ballot(Base):
    """`receipt` = SHA-256(canonical ballot + salt), given at submission; `entry_version_id` is what the juror read."""

    __tablename__ = "ballot"
    __table_args__ = (CheckConstraint("state in ('draft', 'submitted')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), unique=True)
    entry_version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    state: Mapped[str] = mapped_column(default="draft")
    note: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    salt: Mapped[str] = mapped_column(default="")
    receipt: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    assignment: Mapped[Assignment] = relationship(back_populates="ballot")
    entry_version: Mapped[Version] = relationship()
    scores: Mapped[list["Score"]] = relationship(back_populates="ballot", order_by="Score.criterion_id", cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self.assignment.stage.round


class Score(Base):
    """A missing `value` is missing, never zero."""

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("ballot_id", "criterion_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    value: Mapped[Decimal | None] = mapped_column(Exact)
    comment: Mapped[str] = mapped_column(default="")
    ballot: Mapped[Ballot] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship()
