"""Texts for a language model, and the loader that refuses missing and spare values."""
