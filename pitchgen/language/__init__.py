"""What differs from language to language: words, dates, figures, the rate of speech, phrases to look for."""

# The files of a language: what is to be known of it, the words of documents, and what explains metrics.
FACTS, WORDS, FORMULAS, PAGE = "language.yaml", "words.yaml", "metrics.yaml", "page.yaml"
# What the columns of exports are usually called.
FIGURES = "figures.yaml"
