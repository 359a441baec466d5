package dev.lakehouse.sample.members;

import dev.lakehouse.source.mysql.MySqlServer;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What tutorials of Spark show: a table by JDBC to Parquet, and from there to Delta. Nothing is proven. */
record PlainSpark(SparkSession session, MySqlServer server, String folder) {
    /** Writes {@code members.parquet} and the Delta table {@code members} below the folder. */
    void copy() {
        Dataset<Row> source = session.read()
                .format("jdbc")
                .options(Map.of(
                        "url", server.url(),
                        "user", server.user(),
                        "password", server.password().resolve(),
                        "dbtable", MembersSource.TABLE))
                .load();
        source.write().mode("overwrite").parquet(folder + "/members.parquet");
        session.read()
                .parquet(folder + "/members.parquet")
                .write()
                .format("delta")
                .mode("overwrite")
                .save(folder + "/members");
    }

    /** How many rows its table has. */
    long rows() {
        return session.read().format("delta").load(folder + "/members").count();
    }
}
