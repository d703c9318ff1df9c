"""The linter's rules, one module per family; each rule takes a draft and yields findings.

Public: `cited` (`markers_without_note`, `uncited_findings`, `unused_notes`), `covered.uncovered_findings`, `dated`
(`as_of`, `undated_time`), `judging` (`bare_possibility`, `confidence_with_likelihood`, `mixed_columns`), `quoted`
(`altered_quote_findings`, `figure_findings`, `missing_quote_findings`, `SourceLookup`).
"""
