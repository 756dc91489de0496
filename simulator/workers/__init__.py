"""Threads and queues of a live call, no Qt: capture, recognition, playback, recording, lifecycle."""
