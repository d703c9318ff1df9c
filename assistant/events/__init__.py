"""Extracts dated events from sentences (what, when, where, who, how many) and builds chronologies of them.

Public: `actors.actor_of`, `casualties.PAST_FATES`, `chronology` (`chronology`, `context_of`, `PassageText`),
`extraction.event_mentions`, `index_chronology.all_events`, `kinds.event_kind`, `places` (`are_apart`, `place_of`).
"""
