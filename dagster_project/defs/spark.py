"""Reading on Apache Spark: a process of its own, started and followed through Dagster Pipes."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import dagster as dg
from dagster_pipes import PipesContext, open_dagster_pipes

from dagster_project import fingerprints
from dagster_project.corpus.parts import new_root
from dagster_project.corpus.places import known_places
from dagster_project.corpus.reader import Outcome, Reader
from dagster_project.corpus.spark import Exchange, hand_over, run, session, take_back
from dagster_project.folder import JURISDICTIONS, DataFolder

_LAST_LINES = 15  # of what Spark says, where it fails


@dataclass
class OnSpark:
    """The engine that reads plans on Spark.

    Attributes:
        context: Of the step; its log gets what the process reports.
        folder: The data folder.
        master: Address of the cluster.
        exchange: Where plans and rows are exchanged with it; empty: in the data folder.
        rows: table -> rows that Spark has written, once it has.
    """

    context: dg.AssetExecutionContext
    folder: DataFolder
    master: str
    exchange: str = ""
    rows: Mapping[str, int] | None = None

    def __call__(self, reader: Reader, folders: Sequence[Path]) -> dict[str, Outcome]:
        """Return what becomes of some plans.

        Raises:
            dg.Failure: If Spark is missing, or fails.
        """
        if not folders or reader.readings is None:
            return {}
        _require_spark()
        address = self.exchange or str(self.folder.work / "spark")
        exchange = Exchange(f"{address.rstrip('/')}/{self.context.run.run_id}")
        plans = hand_over(folders, reader.rules, exchange)
        try:
            if plans:
                self._run(exchange, reader, plans)
                return take_back(exchange, new_root(reader.readings / "parts"), reader)
        finally:
            if plans:
                exchange.remove()
        return {}

    def _run(self, exchange: Exchange, reader: Reader, plans: int) -> None:
        self.context.log.info("%d plans go to Spark at %s", plans, self.master)
        log = self.folder.logs / f"spark-{self.context.run.run_id}.log"
        extras = {
            "master": self.master,
            "exchange": exchange.address,
            "scratch": str(self.folder.work),
            "now": reader.now.isoformat(),
            "plans": plans,
        }
        with (
            log.open("wb") as file,
            dg.open_pipes_session(
                self.context,
                dg.PipesTempFileContextInjector(),
                dg.PipesTempFileMessageReader(),
                extras=extras,
            ) as pipes,
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                env=os.environ | pipes.get_bootstrap_env_vars(),
                stdin=subprocess.PIPE,  # its end tells the process that this one is gone
                stdout=file,
                stderr=subprocess.STDOUT,
            )
            try:
                code = process.wait()
            finally:
                process.kill()
                process.wait()
        if code:
            last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
            raise dg.Failure(
                f"Spark at {self.master} failed: see {log}\n" + "\n".join(last), allow_retries=False
            )
        (message,) = pipes.get_custom_messages()
        self.rows = message["rows"]


def _require_spark() -> None:
    if importlib.util.find_spec("pyspark") is None:
        raise dg.Failure("PySpark is not installed: run `make setup-spark`", allow_retries=False)
    java = (
        Path(os.environ["JAVA_HOME"]) / "bin" / "java"
        if os.environ.get("JAVA_HOME")
        else shutil.which("java")
    )
    if java is None or not Path(java).exists():
        message = (
            "Spark needs Java 17 or newer: install it (Debian: openjdk-17-jre-headless), or set JAVA_HOME"
        )
        raise dg.Failure(message, allow_retries=False)


# --- the process of its own -------------------------------------------------------------------------------------------


def _end_with_parent() -> None:
    while os.read(0, 1024):  # not `sys.stdin`, whose lock would be held when this process ends by itself
        pass
    os._exit(1)


def _main(pipes: PipesContext) -> None:
    given = pipes.extras
    reader = Reader(
        known_places(JURISDICTIONS), None, fingerprints.rules(), datetime.fromisoformat(given["now"])
    )
    with (
        tempfile.TemporaryDirectory(dir=given["scratch"]) as scratch,
        session(given["master"], Path(scratch)) as spark,
    ):
        pipes.log.info("Spark %s at %s", spark.version, given["master"])
        rows = run(spark, Exchange(given["exchange"]), reader, given["plans"], pipes.log.info)
    pipes.report_custom_message({"rows": rows})


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with open_dagster_pipes() as pipes_:
        _main(pipes_)
