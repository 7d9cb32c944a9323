"""Makes the folder a package, so that Home Assistant's tests find the integration in it."""
