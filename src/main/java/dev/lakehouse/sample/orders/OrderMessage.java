package dev.lakehouse.sample.orders;

/** A message for the topic. Its value is null for a tombstone. */
public final class OrderMessage {
    private final Kind kind;
    private final String key;
    private final byte[] value;

    OrderMessage(Kind kind, String key, byte[] value) {
        this.kind = kind;
        this.key = key;
        this.value = value;
    }

    /** The kind of a message in the plan. */
    public enum Kind {
        /** The first message of an order. */
        ORDER,
        /** A repetition of an order, byte for byte the same. */
        REPEATED,
        /** A repetition of an order with other content, which is valid from then on. */
        CORRECTED,
        /** Not an order. */
        MALFORMED
    }

    public Kind kind() {
        return kind;
    }

    /** The order's id. It determines the partition, so the messages of one order stay in order. */
    public String key() {
        return key;
    }

    /** The value. It is not copied, because millions are sent and none is changed. */
    public byte[] value() {
        return value;
    }
}
