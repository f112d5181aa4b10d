"""A member of the jury of a stage, and the conflicts of interest that keep a juror from an entry."""
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.entry import Entry
from award.models.stage import Stage
from award.models.types import UtcDateTime
from award.models.user import User


class Juror(Base):
    """`code` (J01 …) stands for the person in rulebook, result and public papers; `cleared_at`: when conflicts were declared.

    `conflict_free` numbers the entries about which the organiser took a conflict back.
    """

    __tablename__ = "juror"
    __table_args__ = (UniqueConstraint("stage_id", "user_id"), UniqueConstraint("stage_id", "code"),
                      CheckConstraint("state in ('invited', 'accepted', 'declined')", name="state"))
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    code: Mapped[str]
    organisation: Mapped[str] = mapped_column(default="")
    chair: Mapped[bool] = mapped_column(default=False)
    languages: Mapped[list] = mapped_column(JSON, default=list)
    conflict_free: Mapped[list] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default="invited")
    reason: Mapped[str] = mapped_column(default="")
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[Stage] = relationship(back_populates="jurors")
    user: Mapped[User] = relationship()
    conflicts: Mapped[list["Conflict"]] = relationship(back_populates="juror", order_by="Conflict.id")
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="juror", order_by="Assignment.id")  # noqa: F821
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self.stage.round


class Conflict(Base):
    """kind: declared (by the juror), organisation, domain, member (detected), named (by organiser or team)."""

    __tablename__ = "conflict"
    __table_args__ = (UniqueConstraint("juror_id", "entry_id"),
                      CheckConstraint("kind in ('declared', 'organisation', 'domain', 'member', 'named')", name="kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("juror.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    kind: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    juror: Mapped[Juror] = relationship(back_populates="conflicts")
    entry: Mapped[Entry] = relationship()

    @property
    def round(self):
        return self.entry.round
