"""One file a catalogue: its wire format to RawRecords."""
