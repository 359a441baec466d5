package dev.lakehouse.sample.members;

/**
 * The result of filling a table.
 *
 * @param rows number of written rows
 */
public record InsertResult(long rows, Way way) {

    /** How the rows were sent. */
    public enum Way {
        LOAD_DATA("LOAD DATA"),
        INSERTS("batched inserts, as the server forbids LOAD DATA LOCAL");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** The text for messages. */
        @Override
        public String toString() {
            return words;
        }
    }
}
