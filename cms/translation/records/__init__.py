"""Where the texts of shared records (topics, organisations, persons) are translated."""
