"""Render: composed values through templates to Markdown, text, HTML and PDF."""
