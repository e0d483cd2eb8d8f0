"""The shell: Slack, storage, imports, the command line."""
