"""What starts a run by itself, and what is recorded of how it ended: each decision, without a daemon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import fingerprints
from dagster_project.defs import automation
from dagster_project.defs.automation import daily_refresh, plan_changes
from dagster_project.defs.outcomes import log_run
from dagster_project.folder import DATA_DIR_VARIABLE, DataFolder
from dagster_project.release.inputs import Inputs
from dagster_project.release.log import Outcome, log_outcome, read_log


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """A data folder with one plan, and a program that does not change while it is looked at."""
    monkeypatch.setenv(DATA_DIR_VARIABLE, str(tmp_path))
    monkeypatch.setattr(fingerprints, "program", lambda: "program")
    folder = DataFolder.of(tmp_path)
    folder.prepare()
    write(folder, "jia-2021", "甲")
    return folder


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """A run history in memory."""
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def write(folder: DataFolder, plan: str, text: str) -> None:
    """Give a plan a text."""
    path = folder.raw / plan / "plan.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def publish(folder: DataFolder, status: str = "ok") -> None:
    """Pretend that a release was made of what is there."""
    release = folder.marts / ".releases" / "0123456789abcdef"
    release.mkdir(parents=True, exist_ok=True)
    manifest = {
        "release_id": release.name,
        "made_at": "2024-01-01T12:00:00+00:00",
        "plans": [{"plan_key": "jia-2021", "status": status, "reason": None}],
        "files": {},
    }
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name, target in (
        ("current", ".releases/0123456789abcdef"),
        ("manifest.json", "current/manifest.json"),
    ):
        if not (folder.marts / name).is_symlink():
            (folder.marts / name).symlink_to(target)
    now = Inputs.now(folder)
    Inputs(now.plans, now.program, now.machine, "run", release.name).save(folder.inputs)


class Watch:
    """A sensor that is asked again and again, as a daemon does, with its cursor."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self.instance = instance
        self.cursor: str | None = None

    def look(self) -> dg.RunRequest | dg.SkipReason:
        """Return what the next tick gives."""
        context = dg.build_sensor_context(instance=self.instance, cursor=self.cursor)
        found = plan_changes(context)
        self.cursor = context.cursor
        return found

    def looks(self, times: int) -> list[dg.RunRequest]:
        """Return the runs that some ticks start."""
        return [found for _ in range(times) if isinstance(found := self.look(), dg.RunRequest)]


@pytest.fixture
def watch(instance: dg.DagsterInstance) -> Watch:
    """The sensor."""
    return Watch(instance)


# --- the sensor -----------------------------------------------------------------------------------------------


def test_a_change_is_built_only_when_it_is_the_same_at_two_looks(folder: DataFolder, watch: Watch) -> None:
    assert watch.looks(1) == []
    write(folder, "jia-2021", "甲乙")
    assert watch.looks(1) == []
    assert len(watch.looks(1)) == 1


def test_a_change_is_built_once(folder: DataFolder, watch: Watch) -> None:
    assert len(watch.looks(6)) == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda folder: write(folder, "yi-2021", "乙"), "added yi-2021", id="added"),
        pytest.param(lambda folder: write(folder, "jia-2021", "甲乙"), "changed jia-2021", id="changed"),
        pytest.param(
            lambda folder: (folder.raw / "jia-2021").rename(folder.root / "x"),
            "removed jia-2021",
            id="removed",
        ),
    ],
)
def test_a_run_names_the_sensor_and_the_plans(
    folder: DataFolder, watch: Watch, change: object, words: str
) -> None:
    publish(folder)
    change(folder)
    (request,) = watch.looks(4)
    assert request.tags == {"ip_plans/started_by": "sensor", "ip_plans/changes": words}


def test_a_file_that_is_only_touched_starts_nothing(folder: DataFolder, watch: Watch) -> None:
    publish(folder)
    assert watch.looks(3) == []
    (folder.raw / "jia-2021" / "plan.txt").touch()
    assert watch.looks(3) == []


def test_a_hidden_file_is_no_change(folder: DataFolder, watch: Watch) -> None:
    publish(folder)
    watch.looks(3)
    write(folder, ".adding-1", "甲")
    found = watch.look()
    assert found.skip_message == "No file has changed since the last look."


def test_a_state_that_failed_is_not_built_again_when_a_file_is_touched(
    folder: DataFolder, watch: Watch
) -> None:
    keys = [request.run_key for request in watch.looks(3)]
    (folder.raw / "jia-2021" / "plan.txt").touch()
    keys += [request.run_key for request in watch.looks(3)]
    assert len(keys) == 2
    assert keys[0] == keys[1]  # Dagster starts one run for a key


def test_a_state_that_failed_is_built_again_when_the_program_is_mended(
    folder: DataFolder, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [request.run_key for request in watch.looks(3)]
    monkeypatch.setattr(fingerprints, "program", lambda: "mended")
    monkeypatch.setattr(fingerprints, "times", lambda raw: "later")
    keys += [request.run_key for request in watch.looks(3)]
    assert len(set(keys)) == 2


def test_a_state_that_comes_back_is_built_again(folder: DataFolder, watch: Watch) -> None:
    keys = []
    for text in ("甲乙", "甲", "甲乙"):
        write(folder, "jia-2021", text)
        keys += [request.run_key for request in watch.looks(3)]
        publish(folder)
    assert len(set(keys)) == 3


def test_a_program_that_changed_waits_for_a_plan_or_the_morning(
    folder: DataFolder, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(folder)
    monkeypatch.setattr(fingerprints, "program", lambda: "changed")
    watch.look()
    found = watch.look()
    assert "the program has changed" in found.skip_message
    assert "daily_refresh" in found.skip_message


def test_a_plan_that_is_refused_is_not_built_again(folder: DataFolder, watch: Watch) -> None:
    write(folder, "jia-2021", "")
    publish(folder, status="refused")
    assert watch.looks(4) == []


def test_what_changes_while_a_run_is_at_work_is_looked_at_after_it(
    folder: DataFolder, watch: Watch, instance: dg.DagsterInstance
) -> None:
    run = instance.create_run_for_job(noop, status=dg.DagsterRunStatus.STARTED)
    assert watch.looks(4) == []
    instance.report_run_canceled(run)
    assert len(watch.looks(2)) == 1


def test_a_change_that_was_taken_back_ends_the_failure(folder: DataFolder, watch: Watch) -> None:
    publish(folder)
    log_outcome(
        folder.operations, Outcome(datetime(2024, 1, 1, tzinfo=UTC), "run-1", "sensor", failure="a check")
    )
    watch.looks(3)
    assert [(line.state, line.subject) for line in read_log(folder.operations)] == [
        ("FAILED", "release"),
        ("RECOVERED", "release"),
    ]


# --- the schedule ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    """A run history in files, which a schedule must have."""
    with dg.DagsterInstance.local_temp(str(tmp_path_factory.mktemp("history"))) as instance:
        yield instance


def morning(instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
    """Return what the schedule does."""
    with dg.build_schedule_context(instance=instance, scheduled_execution_time=datetime.now(UTC)) as context:
        return daily_refresh(context)


def test_the_schedule_builds_what_has_changed(folder: DataFolder, history: dg.DagsterInstance) -> None:
    publish(folder)
    write(folder, "yi-2021", "乙")
    assert morning(history).tags == {"ip_plans/started_by": "schedule", "ip_plans/changes": "added yi-2021"}


def test_the_schedule_names_the_release_that_stays(folder: DataFolder, history: dg.DagsterInstance) -> None:
    publish(folder)
    assert morning(history).skip_message == (
        "Nothing has changed since release 0123456789abcdef, made 2024-01-01T12:00:00+00:00: it stays."
    )


def test_only_a_release_that_stays_is_confirmed_so_that_it_counts_as_fresh(
    folder: DataFolder, history: dg.DagsterInstance
) -> None:
    history.wipe_assets([dg.AssetKey("release")])
    morning(history)
    assert history.get_latest_materialization_event(dg.AssetKey("release")) is None
    publish(folder)
    morning(history)
    event = history.get_latest_materialization_event(dg.AssetKey("release"))
    assert event.asset_materialization.metadata["release_id"].value == "0123456789abcdef"


# --- how it ended ---------------------------------------------------------------------------------------------


@dg.job
def noop() -> None:
    """Do nothing."""


@dg.asset
def release() -> None:
    """Stand for the asset of this name."""


@dg.asset
def judged() -> None:
    """Stand for a table."""


@dg.asset_check(asset=judged, blocking=True)
def quote_is_verbatim() -> dg.AssetCheckResult:
    """Fail, with the rows."""
    rows = [
        dg.TableRecord({"measure_key": key, "quote_zh": "年均增长30%"})
        for key in ("jia-2021@5.1", "jia-2021@9.1")
    ]
    return dg.AssetCheckResult(
        passed=False, metadata={"failing_rows": dg.MetadataValue.table(rows), "failing_row_count": 2}
    )


@dg.asset
def full() -> None:
    """Fail as on a full disk."""
    raise OSError(28, "No space left on device", "x.parquet")


def execute(instance: dg.DagsterInstance, *definitions: object, started_by: str = "schedule") -> str:
    """Run assets and return the run id."""
    result = dg.materialize(
        definitions, instance=instance, raise_on_error=False, tags={"ip_plans/started_by": started_by}
    )
    return result.run_id


def test_a_failed_check_is_recorded_with_its_first_row(
    folder: DataFolder, instance: dg.DagsterInstance
) -> None:
    run_id = execute(instance, judged, quote_is_verbatim)
    log_run(instance, run_id, folder)
    (line,) = read_log(folder.operations)
    assert (line.run_id, line.started_by, line.reason) == (
        run_id,
        "schedule",
        "check quote_is_verbatim of judged failed for 2 rows, the first: jia-2021@5.1 | 年均增长30%",
    )


def test_an_error_is_recorded_with_its_step(folder: DataFolder, instance: dg.DagsterInstance) -> None:
    log_run(instance, execute(instance, full), folder)
    assert read_log(folder.operations)[0].reason == "full: [Errno 28] No space left on device: 'x.parquet'"


def test_a_run_without_a_tag_was_started_by_a_person(
    folder: DataFolder, instance: dg.DagsterInstance
) -> None:
    result = dg.materialize([full], instance=instance, raise_on_error=False)
    log_run(instance, result.run_id, folder)
    assert read_log(folder.operations)[0].started_by == "person"


def test_a_release_after_a_failure_is_a_recovery(folder: DataFolder, instance: dg.DagsterInstance) -> None:
    publish(folder)
    for assets in ([full], [judged], [release]):
        log_run(instance, execute(instance, *assets), folder)
    assert [(line.state, line.reason) for line in read_log(folder.operations)][1:] == [
        ("RECOVERED", "release 0123456789abcdef is published")
    ]


def test_a_run_whose_process_is_gone_is_ended_as_failed(
    folder: DataFolder, instance: dg.DagsterInstance, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = instance.create_run_for_job(noop, status=dg.DagsterRunStatus.NOT_STARTED)
    instance.report_dagster_event(
        dg.DagsterEvent(event_type_value="PIPELINE_START", job_name="noop"), run.run_id
    )
    watch.look()
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTED
    monkeypatch.setattr(automation, "_GRACE_SECONDS", -1)
    with folder.lock():
        watch.look()
        assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTED
    watch.look()
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE
    log_run(instance, run.run_id, folder)
    assert "was killed" in read_log(folder.operations)[0].reason


# --- retries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "is_repeated"),
    [
        pytest.param(OSError(116, "Stale file handle"), True, id="network drive"),
        pytest.param(OSError(28, "No space left on device"), False, id="full disk"),
        pytest.param(ValueError("a defect"), False, id="defect"),
    ],
)
def test_a_step_is_repeated_only_where_that_can_help(error: Exception, is_repeated: bool) -> None:
    from dagster_project.defs.common import retrying

    expected = dg.RetryRequested if is_repeated else type(error)
    with pytest.raises(expected), retrying():
        raise error
