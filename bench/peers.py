"""Runs each program some times as a process of its own and prints a line of JSON for it; bench/peers starts this.

A program that fails, or copies another number of rows, is reported as failed, and the next one is measured. rivet needs MySQL
and fails on MariaDB.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ADDRESS = os.environ["PEERS_MYSQL"]
USER = os.environ["PEERS_USER"]
PASSWORD = os.environ["PEERS_PASSWORD"]
TABLE = os.environ["PEERS_TABLE"]
ROWS = int(os.environ["PEERS_ROWS"])
REPEAT = int(os.environ["PEERS_REPEAT"])
URL = f"mysql://{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@{ADDRESS}"


def connectorx_delta(folder):
    import connectorx
    from deltalake import write_deltalake

    query = f"SELECT *, YEAR(registration_date) AS registration_year FROM {TABLE}"
    rows = connectorx.read_sql(URL, query, return_type="arrow")
    write_deltalake(f"{folder}/table", rows, partition_by=["registration_year"])


def dlt_connectorx(folder):
    dlt_delta(folder, "connectorx")


def dlt_sqlalchemy(folder):
    dlt_delta(folder, "sqlalchemy")


def dlt_delta(folder, backend):
    import dlt
    from dlt.sources.sql_database import sql_table

    pipeline = dlt.pipeline(
        pipeline_name="members",
        pipelines_dir=f"{folder}/state",
        destination=dlt.destinations.filesystem(f"file://{folder}/table"),
        dataset_name="members",
    )
    # ConnectorX knows the address without the driver's name.
    backend_settings = {"conn": URL} if backend == "connectorx" else {}
    source = sql_table(
        credentials=URL.replace("mysql://", "mysql+pymysql://"),
        table=TABLE,
        backend=backend,
        backend_kwargs=backend_settings,
    )
    pipeline.run(source, table_format="delta", write_disposition="replace")


def rivet(folder):
    """Parquet with a hash of each row; rivet writes no Delta tables to a disk."""
    config = Path(folder, "rivet.yaml")
    config.write_text(
        f"""
source:
  type: mysql
  url_env: PEERS_URL
exports:
  - name: {TABLE}
    query: "SELECT * FROM {TABLE}"
    mode: full
    format: parquet
    meta_columns:
      row_hash: true
    destination:
      type: local
      path: {folder}/table
"""
    )
    environment = {**os.environ, "PEERS_URL": URL}
    command = [str(Path(sys.executable).with_name("rivet")), "run", "--config", str(config)]
    subprocess.run(command, check=True, env=environment, cwd=folder, stdout=sys.stderr)


def delta_rows(folder):
    from deltalake import DeltaTable

    found = sorted(Path(folder, "table").rglob("_delta_log"))
    tables = [path.parent for path in found if not path.parent.name.startswith("_dlt")]
    return DeltaTable(tables[0]).count()


def parquet_rows(folder):
    import pyarrow.parquet

    files = Path(folder, "table").rglob("*.parquet")
    return sum(pyarrow.parquet.ParquetFile(file).metadata.num_rows for file in files)


PEERS = {
    "ConnectorX and delta-rs, to Delta": (connectorx_delta, delta_rows),
    "rivet, to Parquet with row hashes": (rivet, parquet_rows),
    "dlt with ConnectorX, to Delta": (dlt_connectorx, delta_rows),
    "dlt with SQLAlchemy, to Delta": (dlt_sqlalchemy, delta_rows),
}


def measure(name, rows_of):
    """Once to warm up the disk's cache, then as often as asked for."""
    seconds, cpu, peak = [], [], 0
    for turn in range(REPEAT + 1):
        with tempfile.TemporaryDirectory() as folder:
            # dlt sends no reports about its use, and keeps its files here.
            environment = {**os.environ, "RUNTIME__DLTHUB_TELEMETRY": "false", "DLT_DATA_DIR": f"{folder}/dlt"}
            started = time.monotonic()
            command = [sys.executable, __file__, name, folder]
            process = subprocess.Popen(command, stdout=sys.stderr, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            elapsed = time.monotonic() - started
            if status != 0 or rows_of(folder) != ROWS:
                report(name=name, failed=True)
                return
        if turn > 0:
            seconds.append(round(elapsed, 3))
            cpu.append(round(usage.ru_utime + usage.ru_stime, 3))
            peak = max(peak, usage.ru_maxrss * 1024)
    report(name=name, seconds=seconds, cpuSeconds=cpu, peakBytes=peak)


def report(**values):
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        PEERS[sys.argv[1]][0](sys.argv[2])
    else:
        for peer, (_, count) in PEERS.items():
            measure(peer, count)
