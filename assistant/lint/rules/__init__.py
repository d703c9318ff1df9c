"""The linter's rules, one module per family; each rule takes a draft and yields findings.

Public: the rule functions, which `linting` lists, and `quoted.SourceLookup`.
"""
