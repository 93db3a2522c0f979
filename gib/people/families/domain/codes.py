"""The words of a family's facts, as codes: what is stored, sent in events and shown by their labels."""

from enum import StrEnum


class ReturnKind(StrEnum):
    """Where a mother goes: each answer is a value of its own, never an empty field."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    ABROAD = "abroad"
    NO_FIXED_ADDRESS = "no_fixed_address"


class Relation(StrEnum):
    """What a caregiver or other person in the network is to the children."""

    GRANDPARENT = "grandparent"
    OTHER_PARENT = "other_parent"
    FAMILY = "family"
    FOSTER = "foster"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    INSTITUTION = "institution"
    OTHER = "other"


class ResidenceKind(StrEnum):
    """Where a child stays."""

    WITH_MOTHER = "with_mother"
    WITH_OTHER_PARENT = "with_other_parent"
    WITH_FAMILY = "with_family"
    FOSTER_HOME = "foster_home"
    INSTITUTION = "institution"
    ELSEWHERE = "elsewhere"


class CustodyKind(StrEnum):
    """Who has legal authority over a child; unknown is the absence of an episode."""

    MOTHER_ALONE = "mother_alone"
    SHARED = "shared"
    OTHER_PARENT = "other_parent"
    INSTITUTION = "institution"


class Party(StrEnum):
    """Whose yes a consent for a child holds or needs."""

    MOTHER = "mother"
    OTHER_PARENT = "other_parent"
    INSTITUTION = "institution"
    CHILD = "child"


class RestrictionKind(StrEnum):
    """What an order says about contact, from free to forbidden; `none` says that it was checked."""

    NONE = "none"
    SUPERVISED = "supervised"
    WRITTEN_ONLY = "written_only"
    BAN = "ban"


class About(StrEnum):
    """With whom an order limits contact: only the mother's bears on visits to her."""

    MOTHER = "mother"
    OTHER = "other"


class Issuer(StrEnum):
    """Who gave an order on contact."""

    COURT = "court"
    YOUTH_CARE = "youth_care"
    PRISON = "prison"
    CUSTODY_HOLDER = "custody_holder"
    NOBODY = "nobody"


class ReleaseKind(StrEnum):
    """How a detention ended."""

    END_OF_SENTENCE = "end_of_sentence"
    CONDITIONAL = "conditional"
    IMMEDIATE = "immediate"
    SUSPENDED = "suspended"
    DEPORTED = "deported"
    DIED = "died"
    OTHER = "other"


class Source(StrEnum):
    """Who told the expected day of release."""

    PRISON = "prison"
    MOTHER = "mother"
    LAWYER = "lawyer"
    COURT = "court"
    OTHER = "other"


class Confidence(StrEnum):
    """How sure an expected day is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


class Purpose(StrEnum):
    """What a consent is for."""

    SUPPORT = "support"
    REFERRAL_DATA = "referral_data"
    MUNICIPALITY = "municipality"
    CARE_PROVIDER = "care_provider"
    SAFETY_HOUSE = "safety_house"
    HOME_VISIT = "home_visit"
    PHOTO = "photo"
    CHILD_VISIT = "child_visit"


#: Purposes whose data leave the house: each recipient needs a consent of its own.
SHARING = frozenset({Purpose.MUNICIPALITY, Purpose.CARE_PROVIDER, Purpose.SAFETY_HOUSE})

#: Purposes that may be asked for one child.
FOR_A_CHILD = frozenset({Purpose.CHILD_VISIT, Purpose.PHOTO})


class Place(StrEnum):
    """Where a consent was given."""

    PRISON = "prison"
    HOME = "home"
    OFFICE = "office"
    PHONE = "phone"
    LETTER = "letter"
