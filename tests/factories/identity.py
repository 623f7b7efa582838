from datetime import UTC, datetime

import factory
from django.contrib.auth.hashers import make_password

from crm.identity.models import Branch, Reach, Team, User

PASSWORD = "a long and quiet password"


class BranchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Branch
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"B{n:03}")
    name = factory.LazyAttribute(lambda branch: f"Branch {branch.code}")
    parent = None
    level = Branch.Level.BRANCH
    region = "East"
    path = factory.LazyAttribute(lambda branch: f"{branch.parent.path if branch.parent else '/'}{branch.code}/")

    class Params:
        head_office = factory.Trait(level=Branch.Level.HEAD_OFFICE)
        sub_branch = factory.Trait(level=Branch.Level.SUB_BRANCH)


class UserFactory(factory.django.DjangoModelFactory):
    """Has no password unless `can_sign_in`: hashing one takes longer than most tests."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.LazyAttribute(lambda user: user.username.title())
    password = "!"
    role = User.Role.NONE
    branch = None

    class Params:
        can_sign_in = factory.Trait(password=factory.LazyFunction(lambda: make_password(PASSWORD)))
        manager = factory.Trait(role=User.Role.MANAGER)
        teller = factory.Trait(role=User.Role.TELLER)
        agent = factory.Trait(role=User.Role.AGENT)
        head = factory.Trait(role=User.Role.HEAD)
        admin = factory.Trait(role=User.Role.ADMIN)
        approver = factory.Trait(role=User.Role.APPROVER)
        auditor = factory.Trait(role=User.Role.AUDITOR)
        agency = factory.Trait(role=User.Role.AGENCY)


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    code = factory.Sequence(lambda n: f"team-{n}")
    name = factory.Sequence(lambda n: f"Team {n}")


class ReachFactory(factory.django.DjangoModelFactory):
    """Reach to one of `owner`, `branch`, `customer_id`, since long ago and without end."""

    class Meta:
        model = Reach

    user = factory.SubFactory(UserFactory)
    cause = Reach.Cause.GRANT
    starts_at = datetime(2000, 1, 1, tzinfo=UTC)

    class Params:
        over = factory.Trait(ends_at=datetime(2000, 1, 2, tzinfo=UTC))
