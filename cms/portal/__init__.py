"""The portal as a site: its facts, and the demo content that it can start with."""
