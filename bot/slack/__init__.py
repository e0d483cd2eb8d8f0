"""Slack: requests in, cards out. The cards and words are pure; the listeners join them to the facts."""
