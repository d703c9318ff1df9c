"""A small trained model that judges meaning: which sentence answers a question, whether words carry a claim."""
