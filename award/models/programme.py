"""The recurring award, and who holds which office in it."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.types import UtcDateTime, Words
from award.models.user import User


class Programme(Base):
    """`sequence` counts the events of the programme's own history; those of its rounds stand in theirs."""

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[dict] = mapped_column(Words)
    organiser: Mapped[dict] = mapped_column(Words)
    contact: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    rounds: Mapped[list["Round"]] = relationship(back_populates="programme", order_by="Round.id.desc()")  # noqa: F821
    offices: Mapped[list["Office"]] = relationship(back_populates="programme")
    __mapper_args__ = {"version_id_col": version}

    @property
    def programme(self):
        return self


class Office(Base):
    """organiser: runs the programme's rounds; auditor: reads everything of them, changes nothing."""

    __tablename__ = "office"
    __table_args__ = (UniqueConstraint("programme_id", "user_id"), CheckConstraint("kind in ('organiser', 'auditor')", name="kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[str]
    programme: Mapped[Programme] = relationship(back_populates="offices")
    user: Mapped[User] = relationship(back_populates="offices")
