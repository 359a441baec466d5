package dev.lakehouse.sample.orders;

/** A message as it goes to the topic; its value is null for a tombstone. */
public final class OrderMessage {
    private final Kind kind;
    private final String key;
    private final byte[] value;

    OrderMessage(Kind kind, String key, byte[] value) {
        this.kind = kind;
        this.key = key;
        this.value = value;
    }

    /** What a message is to whoever knows the plan. */
    public enum Kind {
        /** An order for the first time. */
        ORDER,
        /** An order once more, the same byte for byte. */
        REPEATED,
        /** An order once more, with other content: from now on this one is valid. */
        CORRECTED,
        /** No order. */
        MALFORMED
    }

    public Kind kind() {
        return kind;
    }

    /** The order's id, which decides its partition: what is said of one order stays in its order. */
    public String key() {
        return key;
    }

    /** Not a copy: millions of them are sent, none is changed. */
    public byte[] value() {
        return value;
    }
}
