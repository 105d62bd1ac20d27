"""Plugins that each break the contract in one way: the file's name is the check's id.

A module defines models with the app label ``broken``; where it needs more it defines its own
``Plugin`` (else a sound one stands for it) and ``SETTINGS`` that hold while it is checked.
"""
