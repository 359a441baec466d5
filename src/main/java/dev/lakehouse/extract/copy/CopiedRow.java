package dev.lakehouse.extract.copy;

/** A row that was read and is to be written to a file. */
final class CopiedRow {
    private static final long OVERHEAD = 64;
    private static final long REFERENCE = 8;
    private static final long OVERHEAD_OF_A_VALUE = 16;

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

    /** About how many bytes of memory it needs; a NULL needs the place of its reference. */
    long memory() {
        long bytes = OVERHEAD + REFERENCE * texts.length;
        for (byte[] text : texts) {
            bytes += text == null ? 0 : OVERHEAD_OF_A_VALUE + text.length;
        }
        return bytes;
    }
}
