"""The portfolio's pages, one module for each question they answer."""

from fastapi import APIRouter

from wallet_web.portfolio.pages import composing, goals, lifelong, overview, queue, records

router = APIRouter(include_in_schema=False)
for part in (overview, records, goals, composing, lifelong, queue):
    router.include_router(part.router)
