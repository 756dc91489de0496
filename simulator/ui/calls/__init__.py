"""My calls: what was rehearsed before, to open again."""
