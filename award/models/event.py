"""One line of the append-only history of a round or a programme: who did what to which object when."""
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from award.db import Base
from award.models.types import UtcDateTime
from award.models.user import User


class Event(Base):
    """It stands in the history of a round, or of a programme where the act concerns no round.

    `payload` holds what changed, without names or addresses; `hash` covers it and `previous`. `about` is for people to read.
    """

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("round_id", "sequence"), UniqueConstraint("programme_id", "sequence"),
                      CheckConstraint("(round_id is null) <> (programme_id is null)", name="chain"))
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
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
