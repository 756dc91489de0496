"""Use cases of a rehearsal: no Qt, no device, no file."""
