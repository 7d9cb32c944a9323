"""Rules of the project itself that its tests and `script/test` ask."""
