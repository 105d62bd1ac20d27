"""Tests of the hot path."""
