"""Django settings: `development` for one's own machine, `production`, and `test`.

Each takes what differs between installations from `env.Environment`, the one place that names
every environment variable, and everything else from `base`.
"""
