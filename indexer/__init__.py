"""The second floor: passages, vectors, word matches and the search over them."""
