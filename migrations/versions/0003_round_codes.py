"""round codes are unique"""
from itertools import count

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    rename_doubled()
    with op.batch_alter_table('round') as batch_op:
        batch_op.create_unique_constraint(batch_op.f('uq_round_code'), ['code'])


def rename_doubled():
    """The oldest round keeps a code that several have; the others get the first free one of CODE-2, CODE-3, …

    Entries keep the numbers they were given: results, receipts and reports name them.
    """
    table = sa.table('round', sa.column('id', sa.Integer), sa.column('code', sa.String))
    rows = op.get_bind().execute(sa.select(table).order_by(table.c.id)).all()
    taken, seen = {code for _id, code in rows}, set()
    for id_, code in rows:
        if code in seen:
            free = next(name for n in count(2) if (name := f'{code}-{n}') not in taken)
            op.execute(table.update().where(table.c.id == id_).values(code=free))
            taken.add(free)
        seen.add(code)


def downgrade():
    with op.batch_alter_table('round') as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_round_code'), type_='unique')
