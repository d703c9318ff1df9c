"""Extracts dated events from sentences (what, when, where, who, how many) and builds chronologies of them.

Public: `chronology`, `PassageText`, `context_of`, `all_events`, `event_mentions`, `event_kind`, `actor_of`, `place_of`,
`are_apart`, `casualties_in`, `PAST_FATES`.
"""
