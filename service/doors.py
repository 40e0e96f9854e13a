"""One hop a request: what waits for the network is awaited, and everything else of a request runs in one thread.

The framework sends a plain function to a thread of its own: the opening of the visit, the route and the closing are three
hops, and each costs more than many a route. A door whose route asks only for what its request alone gives is therefore
answered here: its visit is opened, its route called and its transaction closed in the same thread. A route with questions,
headers or fields of a form to be read and checked is left to the framework.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from inspect import (
    Parameter,
    isasyncgenfunction,
    iscoroutinefunction,
    isgeneratorfunction,
    signature,
)
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from fastapi import Request, Response
from fastapi.params import Depends
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

Given = Callable[[Request, ExitStack], Any]
"""Gives a route one of its values, in the thread of the request; what is opened is closed with the stack."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a door does for a request: `around` it, `awaited` before the hop, `given` in it, in the order of the route."""

    around: Sequence[Callable[[Request], AbstractAsyncContextManager[None]]]
    awaited: Mapping[str, Callable[[Request], Awaitable[Any]]]
    given: Mapping[str, Given]


class Door(APIRoute):
    """A route of ours; see above."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **declared: Any) -> None:
        super().__init__(path, endpoint, **declared)
        self.plan = _plan(self)
        """How it is answered in one hop; None where the framework answers."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose address fits; errors become answers outside."""
        if self.plan is None or scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
        else:
            answer = await self._answer(self.plan, Request(scope, receive, send))
            await answer(scope, receive, send)

    async def _answer(self, plan: Plan, request: Request) -> Response:
        async with AsyncExitStack() as around:
            for begin in plan.around:
                await around.enter_async_context(begin(request))
            brought = {name: await _brought(asked, request) for name, asked in plan.awaited.items()}
            return await run_in_threadpool(_run, self.endpoint, plan, request, brought)
        raise AssertionError  # nothing around a request swallows an error


def _run(endpoint: Callable[..., Response], plan: Plan, request: Request, brought: Mapping[str, Given]) -> Response:
    """The request's one hop."""
    with ExitStack() as opened:
        values = {name: brought.get(name, given)(request, opened) for name, given in plan.given.items()}
        return endpoint(**values)
    raise AssertionError  # nothing that is opened for a route swallows its error


async def _brought(asked: Callable[[Request], Awaitable[Any]], request: Request) -> Given:
    """What was awaited; what went wrong is told when its turn comes, so that an earlier refusal stays the answer."""
    try:
        value = await asked(request)
    except Exception as error:  # noqa: BLE001 - raised in its turn
        return _raising(error)
    return lambda _request, _opened: value


def _raising(error: Exception) -> Given:
    def fail(_request: Request, _opened: ExitStack) -> Any:
        raise error

    return fail


def _plan(route: APIRoute) -> Plan | None:
    """How the door is answered in one hop; None where the framework has to read something for it."""
    hints = get_type_hints(route.endpoint, include_extras=True)
    around = [depends.dependency for depends in route.dependencies if depends.dependency]
    if not _gives_an_answer(route, hints.get("return")) or not all(map(isasyncgenfunction, around)):
        return None
    awaited, given = {}, {}
    for name, parameter in signature(route.endpoint).parameters.items():
        asked = _asked(hints[name])
        found = _given(route, parameter, hints[name], asked)
        if found is None:
            return None
        given[name] = found
        if asked is not None and iscoroutinefunction(asked):
            awaited[name] = asked
    return Plan([asynccontextmanager(begin) for begin in around], awaited, given)


def _gives_an_answer(route: APIRoute, returned: Any) -> bool:
    return not iscoroutinefunction(route.endpoint) and isinstance(returned, type) and issubclass(returned, Response)


def _asked(hint: Any) -> Callable[..., Any] | None:
    """The function behind `Annotated[…, Depends(function)]` that is given the request alone."""
    if get_origin(hint) is not Annotated:
        return None
    match get_args(hint)[1:]:
        case (Depends(dependency=function),) if function is not None and _takes_a_request(function):
            return function
    return None


def _takes_a_request(function: Callable[..., Any]) -> bool:
    return [get_type_hints(function).get(name) for name in signature(function).parameters] == [Request]


def _given(route: APIRoute, parameter: Parameter, hint: Any, asked: Callable[..., Any] | None) -> Given | None:
    """Where a parameter's value comes from; None where the framework has to read it."""
    name = parameter.name
    if hint is Request:
        return lambda request, _: request
    if hint is str and name in route.param_convertors and parameter.default is Parameter.empty:
        return lambda request, _: request.path_params[name]
    if asked is None or isasyncgenfunction(asked):
        return None
    if isgeneratorfunction(asked):
        opening = contextmanager(asked)
        return lambda request, opened: opened.enter_context(opening(request))
    return lambda request, _: asked(request)
