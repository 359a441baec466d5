package dev.lakehouse.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C as a request to come to an end: what is under way stops as if it had finished, and servers are closed in their
 * order. Without it the JVM would take everything down at once. A second Ctrl-C does that.
 */
final class Interrupt {
    static final int INTERRUPTED = 130;

    private Interrupt() {}

    /** Has an action run at the first Ctrl-C, in a thread of its own. Where the JVM knows no signals, nothing changes. */
    static void first(Runnable action) {
        AtomicBoolean asked = new AtomicBoolean();
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.getName().equals("equals") ? proxy == arguments[0] : System.identityHashCode(proxy);
            }
            if (asked.getAndSet(true)) {
                Lakehouse.end(INTERRUPTED);
            }
            action.run();
            return null;
        };
        try {
            // By reflection, since the compiler warns of it whatever one does; it is there in every JDK that Spark runs
            // on.
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Class<?> signals = Class.forName("sun.misc.Signal");
            Object listener =
                    Proxy.newProxyInstance(Interrupt.class.getClassLoader(), new Class<?>[] {handlers}, handler);
            signals.getMethod("handle", signals, handlers)
                    .invoke(null, signals.getConstructor(String.class).newInstance("INT"), listener);
        } catch (ReflectiveOperationException e) {
            Terminal.say("Ctrl-C will end the command at once.");
        }
    }
}
