"""What differs from language to language: words, dates, figures, the rate of speech, phrases to look for."""
