"""The headset: choosing it, hearing whether it works, and the calm voice."""
