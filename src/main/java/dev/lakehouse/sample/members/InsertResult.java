package dev.lakehouse.sample.members;

/**
 * How a table was filled.
 *
 * @param rows how many rows were written
 */
public record InsertResult(long rows, Way way) {

    /** How the rows came to the server. */
    public enum Way {
        LOAD_DATA("LOAD DATA"),
        INSERTS("batched inserts, as the server forbids LOAD DATA LOCAL");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** For people to read. */
        @Override
        public String toString() {
            return words;
        }
    }
}
