"""The first floor: catalogues in, dataset cards in SQL out."""
