"""categories and special awards"""
import sqlalchemy as sa
from alembic import op

from award.models import types

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('category',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('round_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('name', sa.JSON(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_category_round_id_round')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_category')))
    op.create_index(op.f('ix_category_round_id'), 'category', ['round_id'])
    with op.batch_alter_table('entry') as batch_op:
        batch_op.add_column(sa.Column('category_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_entry_category_id_category'), 'category', ['category_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_entry_category_id'), ['category_id'])
    op.create_table('special_award',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stage_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('name', sa.JSON(), nullable=False),
        sa.Column('description', sa.JSON(), nullable=False),
        sa.Column('entries', sa.JSON(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['stage_id'], ['stage.id'], name=op.f('fk_special_award_stage_id_stage')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_special_award')),
        sa.UniqueConstraint('stage_id', 'key', name=op.f('uq_special_award_stage_id_key')))
    op.create_index(op.f('ix_special_award_stage_id'), 'special_award', ['stage_id'])
    op.create_table('special_share',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('special_award_id', sa.Integer(), nullable=False),
        sa.Column('criterion_id', sa.Integer(), nullable=False),
        sa.Column('share', types.Exact(), nullable=False),
        sa.CheckConstraint('share > 0', name=op.f('ck_special_share_share')),
        sa.ForeignKeyConstraint(['special_award_id'], ['special_award.id'], name=op.f('fk_special_share_special_award_id_special_award')),
        sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_special_share_criterion_id_criterion')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_special_share')),
        sa.UniqueConstraint('special_award_id', 'criterion_id', name=op.f('uq_special_share_special_award_id_criterion_id')))
    op.create_index(op.f('ix_special_share_criterion_id'), 'special_share', ['criterion_id'])


def downgrade():
    op.drop_table('special_share')
    op.drop_table('special_award')
    with op.batch_alter_table('entry') as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_category_id'))
        batch_op.drop_constraint(batch_op.f('fk_entry_category_id_category'), type_='foreignkey')
        batch_op.drop_column('category_id')
    op.drop_table('category')
