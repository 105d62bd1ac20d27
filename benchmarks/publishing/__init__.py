"""The processes of the kill test that work inside the site: workers to be killed, and an editor."""
