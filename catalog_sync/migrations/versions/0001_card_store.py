"""Make the card store's first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and the two counters at nought."""
    op.create_table('failed',
    sa.Column('source', CODE, nullable=False),
    sa.Column('native_id', CODE, nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('run', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('source', 'native_id')
    )
    op.create_table('source_run',
    sa.Column('run', KEY, autoincrement=True, nullable=False),
    sa.Column('source', CODE, nullable=False),
    sa.Column('place', CODE, nullable=False),
    sa.Column('started_at', CODE, nullable=False),
    sa.Column('finished_at', CODE, nullable=True),
    sa.Column('complete', sa.SmallInteger(), nullable=False),
    sa.Column('stopped', sa.Text(), nullable=True),
    sa.Column('cursor', sa.Text(), nullable=True),
    sa.Column('read', sa.BigInteger(), nullable=False),
    sa.Column('new', sa.BigInteger(), nullable=False),
    sa.Column('changed', sa.BigInteger(), nullable=False),
    sa.Column('same', sa.BigInteger(), nullable=False),
    sa.Column('withdrawn', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('run'),
    sqlite_autoincrement=True
    )
    op.create_index('source_run_by_source', 'source_run', ['source', 'run'], unique=False)
    op.create_table('state',
    sa.Column('name', CODE, nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('terms',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('fingerprint', CODE, nullable=False),
    sa.Column('json', sa.Text(), nullable=False),
    sa.Column('licence', CODE, nullable=True),
    sa.Column('stated', sa.SmallInteger(), nullable=False),
    sa.Column('public_domain', sa.SmallInteger(), nullable=True),
    sa.Column('permissive', sa.SmallInteger(), nullable=True),
    sa.Column('commercial', sa.SmallInteger(), nullable=True),
    sa.Column('share_alike', sa.SmallInteger(), nullable=True),
    sa.Column('derivatives', sa.SmallInteger(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('fingerprint')
    )
    op.create_table('card',
    sa.Column('key', KEY, autoincrement=True, nullable=False),
    sa.Column('id', CODE, nullable=False),
    sa.Column('source', CODE, nullable=False),
    sa.Column('native_id', CODE, nullable=False),
    sa.Column('digest', CODE, nullable=False),
    sa.Column('stamp', CODE, nullable=True),
    sa.Column('terms_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.BigInteger(), nullable=False),
    sa.Column('first_run', sa.BigInteger(), nullable=True),
    sa.Column('seen_run', sa.BigInteger(), nullable=True),
    sa.Column('seen_at', CODE, nullable=False),
    sa.Column('withdrawn_at', CODE, nullable=True),
    sa.Column('withdrawn_why', sa.Text(), nullable=True),
    sa.Column('held', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['terms_id'], ['terms.id'], ),
    sa.PrimaryKeyConstraint('key'),
    sa.UniqueConstraint('id'),
    sqlite_autoincrement=True
    )
    op.create_index('card_by_revision', 'card', ['revision', 'key'], unique=False)
    op.create_index('card_by_source', 'card', ['source', 'seen_run'], unique=False)
    op.create_table('terms_licence',
    sa.Column('licence', CODE, nullable=False),
    sa.Column('terms_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['terms_id'], ['terms.id'], ),
    sa.PrimaryKeyConstraint('licence', 'terms_id'),
    sqlite_with_rowid=False
    )
    op.create_table('body',
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.Column('json', sa.Text(), nullable=False),
    sa.Column('findings', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_table('card_language',
    sa.Column('code', CODE, nullable=False),
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('code', 'key'),
    sqlite_with_rowid=False
    )
    op.create_index('card_language_by_card', 'card_language', ['key'], unique=False)
    op.create_table('card_tag',
    sa.Column('code', CODE, nullable=False),
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('code', 'key'),
    sqlite_with_rowid=False
    )
    op.create_index('card_tag_by_card', 'card_tag', ['key'], unique=False)
    op.create_table('card_task',
    sa.Column('code', CODE, nullable=False),
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('code', 'key'),
    sqlite_with_rowid=False
    )
    op.create_index('card_task_by_card', 'card_task', ['key'], unique=False)
    op.create_table('card_token',
    sa.Column('code', CODE, nullable=False),
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('code', 'key'),
    sqlite_with_rowid=False
    )
    op.create_index('card_token_by_card', 'card_token', ['key'], unique=False)
    op.create_table('facet',
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.Column('shown', sa.SmallInteger(), nullable=False),
    sa.Column('visible', sa.SmallInteger(), nullable=False),
    sa.Column('alone', sa.SmallInteger(), nullable=False),
    sa.Column('terms_id', sa.Integer(), nullable=False),
    sa.Column('modalities', sa.Integer(), nullable=False),
    sa.Column('language_low', sa.Integer(), nullable=True),
    sa.Column('language_high', sa.Integer(), nullable=True),
    sa.Column('hours', sa.Float(), nullable=True),
    sa.Column('validated_hours', sa.Float(), nullable=True),
    sa.Column('records_low', sa.BigInteger(), nullable=True),
    sa.Column('records_high', sa.BigInteger(), nullable=True),
    sa.Column('bytes', sa.BigInteger(), nullable=True),
    sa.Column('speakers', sa.BigInteger(), nullable=True),
    sa.Column('price_low', sa.BigInteger(), nullable=True),
    sa.Column('price_high', sa.BigInteger(), nullable=True),
    sa.Column('access', CODE, nullable=True),
    sa.Column('speech_style', CODE, nullable=True),
    sa.Column('update_frequency', CODE, nullable=True),
    sa.Column('updated', CODE, nullable=True),
    sa.Column('source', CODE, nullable=False),
    sa.Column('group_key', sa.BigInteger(), nullable=False),
    sa.Column('merit', sa.Integer(), nullable=False),
    sa.Column('id', CODE, nullable=False),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_index('facet_by_group', 'facet', ['group_key'], unique=False)
    op.create_table('hold',
    sa.Column('number', KEY, autoincrement=True, nullable=False),
    sa.Column('key', KEY, nullable=False),
    sa.Column('digest', CODE, nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('held_at', CODE, nullable=False),
    sa.Column('released_at', CODE, nullable=True),
    sa.Column('released_by', sa.Text(), nullable=True),
    sa.Column('released_reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('number'),
    sqlite_autoincrement=True
    )
    op.create_index('hold_by_card', 'hold', ['key', 'digest'], unique=False)
    op.create_table('named',
    sa.Column('key', KEY, autoincrement=False, nullable=False),
    sa.Column('native_folded', CODE, nullable=False),
    sa.Column('name_folded', CODE, nullable=False),
    sa.Column('publisher', sa.Text(), nullable=True),
    sa.Column('publisher_folded', CODE, nullable=True),
    sa.ForeignKeyConstraint(['key'], ['card.key'], ),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_index('named_by_name', 'named', ['name_folded'], unique=False)
    op.create_index('named_by_native', 'named', ['native_folded'], unique=False)
    op.execute("INSERT INTO state (name, value) VALUES ('revision', 0), ('joined', 0)")


def downgrade() -> None:
    """Drop the tables, with all that is in them."""
    op.drop_index('named_by_native', table_name='named')
    op.drop_index('named_by_name', table_name='named')
    op.drop_table('named')
    op.drop_index('hold_by_card', table_name='hold')
    op.drop_table('hold')
    op.drop_index('facet_by_group', table_name='facet')
    op.drop_table('facet')
    op.drop_index('card_token_by_card', table_name='card_token')
    op.drop_table('card_token')
    op.drop_index('card_task_by_card', table_name='card_task')
    op.drop_table('card_task')
    op.drop_index('card_tag_by_card', table_name='card_tag')
    op.drop_table('card_tag')
    op.drop_index('card_language_by_card', table_name='card_language')
    op.drop_table('card_language')
    op.drop_table('body')
    op.drop_table('terms_licence')
    op.drop_index('card_by_source', table_name='card')
    op.drop_index('card_by_revision', table_name='card')
    op.drop_table('card')
    op.drop_table('terms')
    op.drop_table('state')
    op.drop_index('source_run_by_source', table_name='source_run')
    op.drop_table('source_run')
    op.drop_table('failed')
