"""Unruffled: an offline trainer for people who answer angry customers."""

__version__ = "0.1.0"
