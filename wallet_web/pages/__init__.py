"""The wallet's pages, one module for each question they answer."""

from fastapi import APIRouter

from wallet_web.pages import (
    answering,
    applying,
    book,
    certificate,
    collecting,
    consents,
    earlier,
    history,
    leaving,
    moving,
    objections,
    presenting,
    shared,
    shared_files,
    shares,
)

router = APIRouter(include_in_schema=False)
for part in (
    moving,
    earlier,
    leaving,
    collecting,
    certificate,
    book,
    history,
    objections,
    answering,
    consents,
    applying,
    shares,
    presenting,
    shared_files,
    shared,
):
    router.include_router(part.router)
