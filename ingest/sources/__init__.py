"""What a user names (files, folders, addresses) as single sources; fetching without reaching inward."""
