"""A local stand-in for Slack: answers the app's calls, plays people, and shows a channel in the browser."""
