"""Where the program is put together: the one composition root."""
