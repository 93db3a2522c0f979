"""Agreements with municipalities and the requests that follow from a mother's return."""

from gib.care.aftercare.models.agreements import Agreement, agreed_of, valid_agreements
from gib.care.aftercare.models.conferences import ActionPoint, CaseConference, ConferenceItem, conferences_of
from gib.care.aftercare.models.requests import FundingRequest, open_request, requests_of, silence_weeks

__all__ = [
    "ActionPoint",
    "Agreement",
    "CaseConference",
    "ConferenceItem",
    "FundingRequest",
    "agreed_of",
    "conferences_of",
    "open_request",
    "requests_of",
    "silence_weeks",
    "valid_agreements",
]
