"""A question of the entry form."""
from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.round import Round
from award.models.types import Words


class Field(Base):
    """`kind` is a key of award.domain.fields.TYPES; `options` holds what that kind needs (max_words, choices, low, high …)."""

    __tablename__ = "field"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    label: Mapped[dict] = mapped_column(Words)
    hint: Mapped[dict] = mapped_column(Words, default=dict)
    required: Mapped[bool] = mapped_column(default=False)
    options: Mapped[dict] = mapped_column(JSON, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="fields")
    __mapper_args__ = {"version_id_col": version}
