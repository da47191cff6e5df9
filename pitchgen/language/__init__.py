"""What differs from language to language: words, dates, figures, the rate of speech, phrases to look for."""

# The files of a language with the words of documents, and with what explains metrics.
WORDS, FORMULAS = "words.yaml", "metrics.yaml"
