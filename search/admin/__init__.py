"""The admin's search: what editors type in the explorer and in choosers, drafts included.

A backend of Wagtail's on the content database: Wagtail's own index table, filled and asked with the
words of this project's analysis.
"""
