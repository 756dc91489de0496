"""Threads and queues of a running call. No Qt: what happens goes out as messages."""
