"""One line of the append-only history of a round: who did what to which object when."""
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.types import UtcDateTime
from award.models.user import User


class Event(Base):
    """`payload` holds what changed, without names or addresses; `hash` covers it and `previous`. `about` is for people to read."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("round_id", "sequence"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    sequence: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    act: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[int]
    payload: Mapped[dict] = mapped_column(JSON, default=dict)
    about: Mapped[dict] = mapped_column(JSON, default=dict)
    previous: Mapped[str]
    hash: Mapped[str]
    actor: Mapped[User | None] = relationship()
