"""Keeping an engine's index in step with what is published."""
