"""Dates and numbers as Vietnamese write them, in every language of the admin."""

from __future__ import annotations

import datetime

import pytest
from django import forms
from django.test import Client
from django.utils import formats, translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from cms.pages.models import Organisation

DAY = datetime.date(2020, 4, 21)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "text", ["21/4/2020", "21/04/2020", "21-4-2020", "21.4.2020", "2020-04-21"]
)
def test_dates_are_read_day_first_in_every_language(language: str, text: str) -> None:
    with translation.override(language):
        assert forms.DateField(localize=True).clean(text) == DAY
        assert forms.DateField().clean(text) == DAY


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_date_with_the_month_first_is_refused_not_guessed_at(language: str) -> None:
    with translation.override(language), pytest.raises(forms.ValidationError):
        forms.DateField().clean("4/21/2020")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("text", ["21/4/2020 08:30", "2020-04-21 08:30", "21.4.2020 08:30:00"])
def test_times_of_a_day_are_read(language: str, text: str) -> None:
    with translation.override(language):
        read = forms.DateTimeField().clean(text)
    assert read.date() == DAY
    assert (read.hour, read.minute) == (8, 30)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_the_admin_shows_is_read_as_the_same_day(language: str) -> None:
    ambiguous = datetime.date(2020, 4, 5)
    with translation.override(language):
        shown = AdminDateInput().format_value(ambiguous)
        assert shown == "05/04/2020"
        assert forms.DateField().clean(shown) == ambiguous
        moment = datetime.datetime(2020, 4, 5, 9, 7)
        assert AdminDateTimeInput().format_value(moment) == "05/04/2020 09:07"


def test_vietnamese_numbers_dates_and_weeks() -> None:
    with translation.override("vi"):
        assert formats.number_format(49717045, use_l10n=True, force_grouping=True) == "49.717.045"
        assert formats.number_format(1686.25, use_l10n=True, force_grouping=True) == "1.686,25"
        assert formats.date_format(DAY) == "21/04/2020"
        assert formats.date_format(DAY, "YEAR_MONTH_FORMAT") == "tháng 4/2020"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "read"), [("21/4/2020", DAY), ("05/04/2020", datetime.date(2020, 4, 5))]
)
def test_a_form_of_the_admin_reads_the_day_first(
    admin_client: Client, written: str, read: datetime.date
) -> None:
    add_organisation(admin_client, written)
    assert Organisation.objects.get(code="HTXA").founded_on == read


@pytest.mark.django_db
def test_a_form_of_the_admin_refuses_the_month_first_and_says_how(admin_client: Client) -> None:
    answer = add_organisation(admin_client, "4/21/2020")
    assert "Hãy ghi ngày hợp lệ, ví dụ 21/4/2020." in answer
    assert not Organisation.objects.filter(code="HTXA").exists()


def add_organisation(client: Client, founded_on: str) -> str:
    """Send the admin's form for a new organisation; returns the page that answers."""
    formset = {f"names-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    values = {"name": "HTX A", "code": "HTXA", "founded_on": founded_on}
    answer = client.post(
        "/admin/snippets/pages/organisation/add/", formset | values | {"names-MAX_NUM_FORMS": ""}
    )
    return answer.content.decode()
