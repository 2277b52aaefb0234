"""Print: pages to PDF with the browser, and what Chromium leaves wrong in them."""
