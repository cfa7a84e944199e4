"""The third floor: understand a person, find, judge, answer."""
