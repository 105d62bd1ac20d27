"""Who reads: access tokens, rate limits by address or token, and which origins' scripts may."""
