package dev.lakehouse.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Handles Ctrl-C: the first one runs an action that stops the command in order, the second one ends the JVM immediately.
 */
final class Interrupt {
    static final int INTERRUPTED = 130;

    private Interrupt() {}

    /**
     * Registers an action for the first Ctrl-C, which runs in a new thread. If the JVM has no signal
     * handlers, prints that Ctrl-C ends the command immediately.
     */
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
            // By reflection, because the compiler's warning cannot be suppressed. Every JDK that Spark supports has the
            // class.
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Class<?> signals = Class.forName("sun.misc.Signal");
            Object listener =
                    Proxy.newProxyInstance(Interrupt.class.getClassLoader(), new Class<?>[] {handlers}, handler);
            signals.getMethod("handle", signals, handlers)
                    .invoke(null, signals.getConstructor(String.class).newInstance("INT"), listener);
        } catch (ReflectiveOperationException e) {
            Terminal.say("Ctrl-C will end the command immediately.");
        }
    }
}
