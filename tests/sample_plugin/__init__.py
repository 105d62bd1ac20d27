"""A plugin that uses every part of the contract: courses of a cooperative alliance.

It is installed in the tests and out of use, so that the public surface under test is the
product's own; its tests put it into use.
"""
