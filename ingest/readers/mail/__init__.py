"""EML and MSG: headers, body, quotations, attachments."""
