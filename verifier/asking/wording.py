"""Words for where a request stands."""

from schemas.errors import N_
from verifier.asking.requests import RequestState

STATES = {
    RequestState.OPEN: N_("ждёт ответа"),
    RequestState.ANSWERED: N_("ответ получен"),
    RequestState.REFUSED: N_("ответили отказом"),
    RequestState.WITHDRAWN: N_("запрос отозван"),
    RequestState.EXPIRED: N_("срок запроса закончился"),
}
