"""The one achievement that a school publishes to confirm what its learners say of themselves (DOMAIN row 73)."""

from issuer.module import Form, ModuleSpec, Statement
from schemas.attestation import CODE, FACTS, KIND


def attestation_of(school: str) -> ModuleSpec:
    """What the school drafts, has reviewed and publishes once."""
    return ModuleSpec(
        organisation=school,
        code=CODE,
        name="Подтверждение достижения",
        description="Школа видела, чем ученик подтверждает своё достижение, и удостоверяет это. Это не награда организатора.",
        criteria="Ученик рассказал о достижении и приложил, что есть; классный руководитель или тьютор сверил рассказ с этим.",
        form=Form.ATTESTATION,
        kind=KIND,
        creditable=False,
        statements=tuple(Statement(fact, name) for fact, name in FACTS.items()),
    )
