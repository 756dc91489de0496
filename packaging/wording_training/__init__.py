"""Teaches the small model that hears techniques in replies. `packaging/train_wording.py` is the command."""
