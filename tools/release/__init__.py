"""Making a release: versions, changelog, the page that installs firmware."""
