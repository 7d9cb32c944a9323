"""What walkers ask by voice, how it may be said, and the answers, in each language."""
