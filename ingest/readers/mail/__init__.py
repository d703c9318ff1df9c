"""Reads mail (EML, MSG) and saved web pages (MHT): headers, body without quotations and signatures, attachments.

Public: `eml.read_mail`, `msg.read_outlook`.
"""
