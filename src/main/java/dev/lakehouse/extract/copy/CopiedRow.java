package dev.lakehouse.extract.copy;

/** A row on its way into a file. */
final class CopiedRow {
    /** What a value needs in memory beside its bytes. */
    private static final int OVERHEAD = 24;

    private final byte[][] texts;
    private final long checksum;
    private final int range;

    /**
     * @param texts the text forms of its values, null for NULL; not copied
     * @param checksum its row checksum
     * @param range the number of its key range
     */
    CopiedRow(byte[][] texts, long checksum, int range) {
        this.texts = texts;
        this.checksum = checksum;
        this.range = range;
    }

    byte[][] texts() {
        return texts;
    }

    long checksum() {
        return checksum;
    }

    int range() {
        return range;
    }

    /** About how many bytes of memory it needs. */
    long memory() {
        long bytes = OVERHEAD;
        for (byte[] text : texts) {
            bytes += text == null ? 0 : OVERHEAD + text.length;
        }
        return bytes;
    }
}
