"""What to know before taking a call."""
