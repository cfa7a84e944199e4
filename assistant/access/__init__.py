"""Access requests: commands in, past-tense events out, and the record that nothing is lost from."""
