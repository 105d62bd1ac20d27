"""The translators' dashboard: where every section stands in every language, and what is next."""
