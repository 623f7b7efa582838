"""Names in the REST schema for choices of different models that are called alike."""

ENUM_NAMES = {
    "ContactChannel": "customers.models.Interaction.Channel",
    "CustomerKind": "customers.models.Customer.Kind",
    "AuditKind": "crm.audit.models.Event.Kind",
    "ProposalStatus": "crm.approvals.models.Proposal.Status",
    "RunKind": "crm.jobs.models.Run.Kind",
    "RunStatus": "crm.jobs.models.Run.Status",
    "CustomerStatus": "customers.models.Customer.Status",
    "UserRole": "crm.identity.models.User.Role",
    "OpportunityStage": "managers.models.Stage",
    "LostReason": "managers.models.LostReason",
    "OpportunitySource": "managers.models.Opportunity.Source",
    "TaskKind": "managers.models.Task.Kind",
    "MoneyLaunderingRisk": "customers.models.Risk",
    "PreferenceKind": "customers.models.Preference.Kind",
    "LifeEventKind": "customers.models.LifeEvent.Kind",
    "ChangeKind": "segmentation.models.ChangeRule.Kind",
    "KnownFrom": "customers.models.KnownFrom",
    "ErasureState": "customers.models.Erasure.State",
    "OutsidePartyKind": "customers.models.OutsideParty.Kind",
    "HolderRole": "customers.models.AccountHolder.Role",
}
