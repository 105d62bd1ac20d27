"""What the Makefile runs: set-up, the local servers, and checks."""
