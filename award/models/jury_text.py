"""What the jury writes in its report, in one language: about an entry, about a special award, or about the whole stage."""
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.entry import Entry
from award.models.special_award import SpecialAward
from award.models.stage import Stage
from award.models.types import UtcDateTime
from award.models.user import User


class JuryText(Base):
    """`place` says what it is about: "entry:7", "award:2" (ids), "" for the stage; one text for each place, kind and language."""

    __tablename__ = "jury_text"
    __table_args__ = (UniqueConstraint("stage_id", "place", "kind", "language"),
                      CheckConstraint("kind in ('summary', 'strengths', 'improvements', 'motivation', 'lessons', 'recommendations')", name="kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    special_award_id: Mapped[int | None] = mapped_column(ForeignKey("special_award.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    language: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[Stage] = relationship()
    entry: Mapped[Entry | None] = relationship()
    special_award: Mapped[SpecialAward | None] = relationship()
    saved_by: Mapped[User] = relationship()
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self.stage.round
