"""From a topic to a Briefing; editing it, comparing it, verifying it."""
