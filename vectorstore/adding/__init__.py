"""Adding sources: reading, prefetching, embedding and publishing them, the job queue and its worker.

Public: `add` (`add`, `add_items`, `AddProgress`), `intake.AddItem`, `job_worker.JobWorker`, `jobs` (`ACTIVE`, `Job`,
`JobQueue`, `QueueStatus`, `upload_identity`), `outcome` (`AddedDocument`, `AddReport`), `prefetch.CANCELLED`.
"""
