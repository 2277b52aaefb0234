"""Places by code and name: the seed, and what titles and offices begin with."""

from __future__ import annotations

import pytest

from dagster_project.corpus.places import KnownPlace, contradicted, known_places, narrowest, place_at_head
from dagster_project.folder import JURISDICTIONS

PLACES = known_places(JURISDICTIONS)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param("合肥市知识产权局", "340100", id="office of a city"),
        pytest.param("安徽省合肥市人民政府", "340100", id="city in its province"),
        pytest.param("安徽省巢湖市人民政府", "340181", id="county, its city left out"),
        pytest.param("北京市朝阳区人民政府", "110105", id="one of a name, told by its province"),
        pytest.param("吉林省吉林市促进科技创新若干措施", "220200", id="city called as its province"),
        pytest.param("中共青州市委", "370781", id="party committee"),
        pytest.param("关于印发《威海市知识产权强市建设纲要》的通知", "371000", id="notice"),
        pytest.param("云南省人民政府", "530000", id="province"),
        pytest.param("朝阳区促进产业发展办法", None, id="several of a name"),
        pytest.param("城区停车管理办法", None, id="a common noun"),
        pytest.param("国家知识产权局", None, id="no place"),
        pytest.param("进一步支持合肥市发展的意见", None, id="place not at the head"),
    ],
)
def test_the_place_at_the_head_of_words(words: str, code: str | None) -> None:
    assert place_at_head(words, PLACES) == code


@pytest.mark.parametrize(
    ("codes", "inner"),
    [
        pytest.param(["340000", "340100"], "340100", id="issuer and title"),
        pytest.param([None, "340100"], "340100", id="one of them names none"),
        pytest.param(["340000", "370100"], None, id="two places"),
        pytest.param([None, None], None, id="none"),
    ],
)
def test_the_narrowest_of_places(codes: list[str | None], inner: str | None) -> None:
    assert narrowest(codes) == inner


@pytest.mark.parametrize("name", ["青州市", "青州", "山东省青州市"])
def test_a_place_is_called_by_its_name_with_or_without_rank_and_province(name: str) -> None:
    assert PLACES["370781"].is_called(name)


def test_a_place_is_not_called_by_the_name_of_another() -> None:
    assert not PLACES["370781"].is_called("莱州市")


def test_only_other_values_contradict_and_only_where_there_is_one() -> None:
    known = KnownPlace("青州市", "Qingzhou", "county", "山东省", None)
    described = {"level": "prefecture", "province_zh": "山东省", "population": 960000}
    assert contradicted(described, known) == ["level"]


def test_every_place_lies_in_a_province_of_the_seed() -> None:
    wrong = {
        code: place
        for code, place in PLACES.items()
        if PLACES[f"{code[:2]}0000"].name_zh != place.province_zh
    }
    assert not wrong


def test_residents_of_the_provinces_add_up_to_the_census() -> None:
    # Bulletin of the Seventh National Census, No. 3: 31 provinces, without servicemen in active service.
    assert sum(p.population or 0 for p in PLACES.values() if p.level == "province") == 1_409_778_724
