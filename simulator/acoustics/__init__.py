"""Samples to measures: physical quantities with units and a confidence, never an emotion. numpy only."""
