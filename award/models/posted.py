"""Keys of creating posts already carried out, so that a doubled post has one effect."""
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from award.db import Base
from award.models.types import UtcDateTime


class Posted(Base):
    __tablename__ = "posted"
    key: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    location: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
