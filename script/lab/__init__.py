"""Recordings of foot motion: generating, transforming and evaluating them. No part of the product itself."""
