"""A distinction beside the main ranking of a stage, with shares of its own over the stage's criteria."""
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.stage import Criterion, Stage
from award.models.types import Exact, Words


class SpecialAward(Base):
    """`key` is its name inside rulebook and result (source language text, unique in the stage).

    `entries` lists the numbers of the entries that can get it; an empty list stands for all.
    """

    __tablename__ = "special_award"
    __table_args__ = (UniqueConstraint("stage_id", "key"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    position: Mapped[int]
    key: Mapped[str]
    name: Mapped[dict] = mapped_column(Words)
    description: Mapped[dict] = mapped_column(Words, default=dict)
    entries: Mapped[list] = mapped_column(JSON, default=list)
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[Stage] = relationship(back_populates="special_awards")
    shares: Mapped[list["SpecialShare"]] = relationship(back_populates="special_award", order_by="SpecialShare.criterion_id", lazy="selectin",
                                                        cascade="all, delete-orphan")
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self.stage.round


class SpecialShare(Base):
    """How much a criterion of the stage counts for a special award; shares are normalised by their sum."""

    __tablename__ = "special_share"
    __table_args__ = (UniqueConstraint("special_award_id", "criterion_id"), CheckConstraint("share > 0", name="share"))
    id: Mapped[int] = mapped_column(primary_key=True)
    special_award_id: Mapped[int] = mapped_column(ForeignKey("special_award.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    share: Mapped[Decimal] = mapped_column(Exact)
    special_award: Mapped[SpecialAward] = relationship(back_populates="shares")
    criterion: Mapped[Criterion] = relationship()
