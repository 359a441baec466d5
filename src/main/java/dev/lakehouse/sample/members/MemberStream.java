package dev.lakehouse.sample.members;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Members as {@link LoadText} in UTF-8. They are generated while the stream is read, with a few hundred rows in memory.
 */
final class MemberStream extends InputStream {
    private static final int ROWS_AT_ONCE = 512;

    private final Iterator<Member> members;
    private final StringBuilder text = new StringBuilder();
    private byte[] bytes = new byte[0];
    private int position;

    MemberStream(Iterator<Member> members) {
        this.members = members;
    }

    @Override
    public int read() {
        return ready() ? bytes[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!ready()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean ready() {
        if (position < bytes.length) {
            return true;
        }
        text.setLength(0);
        for (int i = 0; i < ROWS_AT_ONCE && members.hasNext(); i++) {
            LoadText.append(members.next(), text);
        }
        bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        position = 0;
        return bytes.length > 0;
    }
}
