"""Agreements with municipalities and the requests that follow from a mother's return."""

from gib.care.aftercare.models.agreements import Agreement, agreed_of, valid_agreements
from gib.care.aftercare.models.conferences import ActionPoint, CaseConference, ConferenceItem, conferences_of
from gib.care.aftercare.models.coverage import Counted, Returning, coverage, uncovered
from gib.care.aftercare.models.requests import FundingRequest, open_request, requests_of, silence_weeks

__all__ = [
    "ActionPoint",
    "Agreement",
    "CaseConference",
    "ConferenceItem",
    "Counted",
    "FundingRequest",
    "Returning",
    "agreed_of",
    "conferences_of",
    "coverage",
    "open_request",
    "requests_of",
    "silence_weeks",
    "uncovered",
    "valid_agreements",
]
