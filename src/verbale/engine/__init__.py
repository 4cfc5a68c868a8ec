"""Opens DuckDB, Spark, BigQuery and Postgres through Ibis; the only room that names an engine."""

from verbale.engine.connections import connect
from verbale.engine.parquet import connect_memory, parquet_table
from verbale.engine.scratch import Scratch
from verbale.engine.store import Store, open_store

__all__ = ["Scratch", "Store", "connect", "connect_memory", "open_store", "parquet_table"]
