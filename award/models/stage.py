"""A step of judging, its criteria, and the rulebook frozen when it opens."""
from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.round import Round
from award.models.types import Exact, UtcDateTime, Words
from award.models.user import User


class Stage(Base):
    """`rules` holds the settings of the rulebook before it is frozen: method, order, trim, missing, min_ballots, ties, top, seed."""

    __tablename__ = "stage"
    __table_args__ = (CheckConstraint("state in ('draft', 'open', 'locked', 'decided')", name="state"),
                      CheckConstraint("kind in ('screening', 'scoring', 'pitch', 'vote')", name="kind"))
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(default="scoring")
    title: Mapped[dict] = mapped_column(Words)
    state: Mapped[str] = mapped_column(default="draft")
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rules: Mapped[dict] = mapped_column(JSON, default=dict)
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="stages")
    criteria: Mapped[list["Criterion"]] = relationship(back_populates="stage", order_by="Criterion.position", cascade="all, delete-orphan")
    special_awards: Mapped[list["SpecialAward"]] = relationship(  # noqa: F821
        back_populates="stage", order_by="SpecialAward.position", cascade="all, delete-orphan")
    rulebooks: Mapped[list["Rulebook"]] = relationship(back_populates="stage", order_by="Rulebook.number")
    jurors: Mapped[list["Juror"]] = relationship(back_populates="stage", order_by="Juror.id")  # noqa: F821
    results: Mapped[list["Result"]] = relationship(back_populates="stage", order_by="Result.number")  # noqa: F821
    __mapper_args__ = {"version_id_col": version}


class Criterion(Base):
    """`key` is the criterion's name inside rulebook and result (source language text, unique in the stage).

    `share` is any non-negative number; shares are normalised by their sum. `anchors` is {"5": {"nl": "…"}, …} keyed by the score.
    """

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("stage_id", "key"), CheckConstraint("low < high", name="scale"),
                      CheckConstraint("share >= 0", name="share"), CheckConstraint("step > 0", name="step"))
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    position: Mapped[int]
    key: Mapped[str]
    name: Mapped[dict] = mapped_column(Words)
    description: Mapped[dict] = mapped_column(Words, default=dict)
    share: Mapped[Decimal] = mapped_column(Exact)
    low: Mapped[Decimal] = mapped_column(Exact)
    high: Mapped[Decimal] = mapped_column(Exact)
    step: Mapped[Decimal] = mapped_column(Exact)
    threshold: Mapped[Decimal | None] = mapped_column(Exact)
    better: Mapped[str] = mapped_column(default="higher")
    decimals: Mapped[int | None]
    anchors: Mapped[dict] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[Stage] = relationship(back_populates="criteria")
    __mapper_args__ = {"version_id_col": version}

    @property
    def round(self):
        return self.stage.round


class Rulebook(Base):
    """Frozen: `body` is canonical JSON, `sha256` its checksum. A change is a new number with a reason."""

    __tablename__ = "rulebook"
    __table_args__ = (UniqueConstraint("stage_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    frozen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    stage: Mapped[Stage] = relationship(back_populates="rulebooks")
    frozen_by: Mapped[User] = relationship()

    @property
    def round(self):
        return self.stage.round
