"""The fault simulator itself: it repeats a story, and it notices when something is wrong."""
