"""What an answer about a shared page says to browsers, caches and search engines (THREATS W2)."""

PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
