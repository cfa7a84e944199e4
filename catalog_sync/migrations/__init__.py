"""The steps that bring a card store to the tables this code knows."""
