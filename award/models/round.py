"""One edition of a programme."""
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.programme import Programme
from award.models.types import UtcDateTime, Words


class Round(Base):
    """`code` starts the entries' numbers; `languages` lists those the organiser writes in, the first is the fallback.

    `sequence` counts the events of the round's history; it moves with every change, so it keys caches too.
    """

    __tablename__ = "round"
    __table_args__ = (CheckConstraint("state in ('draft', 'open', 'judging', 'decided', 'published', 'archived')", name="state"),
                      CheckConstraint("opens_at < closes_at", name="dates"))
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[dict] = mapped_column(Words)
    purpose: Mapped[dict] = mapped_column(Words, default=dict)
    languages: Mapped[list] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default="draft")
    zone: Mapped[str] = mapped_column(default="Europe/Brussels")
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    numbered: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    programme: Mapped[Programme] = relationship(back_populates="rounds")
    fields: Mapped[list["Field"]] = relationship(back_populates="round", order_by="Field.position")  # noqa: F821
    categories: Mapped[list["Category"]] = relationship(back_populates="round", order_by="Category.position")  # noqa: F821
    stages: Mapped[list["Stage"]] = relationship(back_populates="round", order_by="Stage.position")  # noqa: F821
    entries: Mapped[list["Entry"]] = relationship(back_populates="round", order_by="Entry.id")  # noqa: F821
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self
