"""The Chainlit face."""
