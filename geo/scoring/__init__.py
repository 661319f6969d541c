"""Scoring: gold files, one-to-one span matching, measures. `geo.evaluate` is the entrance."""
