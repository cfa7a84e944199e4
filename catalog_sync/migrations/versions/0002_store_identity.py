"""Give the store a number of its own, so that an index knows which store it was made from."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Draw the number: another database gets another one, whatever its revision."""
    state = sa.table("state", sa.column("name", sa.Text), sa.column("value", sa.BigInteger))
    op.execute(state.insert().values(name="identity", value=secrets.randbits(62)))


def downgrade() -> None:
    """Forget the number."""
    op.execute("DELETE FROM state WHERE name = 'identity'")
