"""A division of a round: rankings are per category where a round has categories."""
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.round import Round
from award.models.types import Words


class Category(Base):
    __tablename__ = "category"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    position: Mapped[int]
    name: Mapped[dict] = mapped_column(Words)
    version: Mapped[int] = mapped_column(default=1)
    round: Mapped[Round] = relationship(back_populates="categories")
    __mapper_args__ = {"version_id_col": version}
