"""Topics, organisations and people in the admin."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from cms.editor.topics import TopicTreeField, topic_tree
from cms.pages.models import Organisation, Person, Topic

pytestmark = pytest.mark.django_db
TITLE = r'<span id="snippet_\d+_title">([^<]+)<'


@pytest.fixture
def topics() -> dict[str, Topic]:
    """Two broad topics, one of them divided; made in another order than they stand in."""
    made: dict[str, Topic] = {}
    for name, slug, parent in (
        ("Ứng dụng công nghệ", "cong-nghe", None),
        ("Đào tạo", "dao-tao", None),
        ("Kế toán", "ke-toan", "dao-tao"),
        ("Đấu thầu", "dau-thau", "dao-tao"),
        ("Bảo hiểm", "bao-hiem", None),
    ):
        made[slug] = Topic.objects.create(name=name, slug=slug, parent=made.get(parent or ""))
    return made


def test_topics_stand_as_a_tree_in_vietnamese_order(topics: dict[str, Topic]) -> None:
    assert [(topic.slug, depth) for topic, depth in topic_tree()] == [
        ("bao-hiem", 0),
        ("dao-tao", 0),
        ("dau-thau", 1),
        ("ke-toan", 1),
        ("cong-nghe", 0),
    ]


def test_topics_in_a_loop_are_not_lost(topics: dict[str, Topic]) -> None:
    Topic.objects.filter(slug="dao-tao").update(parent=topics["ke-toan"])
    assert len(topic_tree()) == len(topics)


def test_the_list_is_indented_and_one_is_searched_flat(
    admin_client: Client,
    request: pytest.FixtureRequest,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # which put them into the search index
        request.getfixturevalue("topics")
    listing = admin_client.get("/admin/snippets/pages/topic/").content.decode()
    assert re.findall(TITLE, listing) == [
        "Bảo hiểm",
        "Đào tạo",
        "— Đấu thầu",
        "— Kế toán",
        "Ứng dụng công nghệ",
    ]
    found = admin_client.get("/admin/snippets/pages/topic/?q=toán").content.decode()
    assert re.findall(TITLE, found) == ["Kế toán"]


def test_topics_are_ticked_off_in_their_tree(topics: dict[str, Topic]) -> None:
    widget = TopicTreeField(Topic.objects.all()).widget
    labels = [label for _value, label in widget.choices]
    assert labels[1:3] == ["Đào tạo", "\u2003Đấu thầu"]


def test_an_organisation_is_edited_with_its_names_and_predecessors(admin_client: Client) -> None:
    old = Organisation.objects.create(code="LMHTXTTH", name="Liên minh Hợp tác xã cũ")
    body = Organisation.objects.create(code="LMHTX", name="Liên minh Hợp tác xã thành phố")
    answer = admin_client.post(
        f"/admin/snippets/pages/organisation/edit/{body.pk}/",
        {
            "name": "Liên minh Hợp tác xã thành phố Huế",
            "code": "LMHTX",
            "short_name": "Liên minh HTX",
            "founded_on": "1/7/1995",
            "predecessors": [old.pk],
            "names-TOTAL_FORMS": 1,
            "names-INITIAL_FORMS": 0,
            "names-0-name": "Hội đồng Liên minh các hợp tác xã",
            "names-0-valid_to": "31.12.2024",
            "names-0-ORDER": 1,
        },
    )
    assert answer.status_code == 302
    body = Organisation.objects.get(pk=body.pk)
    assert body.name.endswith("Huế")
    assert str(body.founded_on) == "1995-07-01"
    assert [str(name.valid_to) for name in body.names.all()] == ["2024-12-31"]
    assert list(body.predecessors.all()) == [old]


@pytest.mark.parametrize("kind", ["topic", "organisation", "person"])
@pytest.mark.parametrize("page", ["", "add/", "?q=a"])
def test_the_lists_and_forms_open(admin_client: Client, kind: str, page: str) -> None:
    Person.objects.create(slug="le-thi-hanh", full_name="Lê Thị Hạnh")
    answer = admin_client.get(f"/admin/snippets/pages/{kind}/{page}")
    assert answer.status_code == 200
    assert 'lang="vi"' in answer.content.decode()


def test_the_menu_gathers_them_in_vietnamese(admin_client: Client) -> None:
    home = admin_client.get("/admin/").content.decode()
    assert json.dumps("Danh mục dùng chung").strip('"') in home
