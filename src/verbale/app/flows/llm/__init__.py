"""The coder that asks a language model behind a server: its options, its connection, its cache."""
