"""Adding sources: reading, prefetching, embedding and publishing them, the job queue and its worker.

Public: `add`, `add_items` and `AddProgress` (add), `AddItem` (intake), `AddReport` and `AddedDocument` (outcome),
`JobQueue`, `Job`, `QueueStatus`, `ACTIVE` and `upload_identity` (jobs), `JobWorker` (job_worker), `CANCELLED`
(prefetch).
"""
