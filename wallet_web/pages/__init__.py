"""The wallet's pages, one module for each question they answer."""

from fastapi import APIRouter

from wallet_web.pages import applying, book, consents, shared, shares

router = APIRouter(include_in_schema=False)
for part in (book, consents, applying, shares, shared):
    router.include_router(part.router)
