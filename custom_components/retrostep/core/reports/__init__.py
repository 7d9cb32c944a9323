"""What the history says, written for actions, files and people."""
