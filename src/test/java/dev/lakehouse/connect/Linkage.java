package dev.lakehouse.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/** Whether what a class refers to is on a class path (and in the JDK), as the JVM would find it when it links the class. */
final class Linkage implements AutoCloseable {
    /** Their methods take any descriptor. */
    private static final Set<String> POLYMORPHIC =
            Set.of("java/lang/invoke/MethodHandle", "java/lang/invoke/VarHandle");

    private final URLClassLoader path;
    private final Map<String, Optional<Shape>> shapes = new HashMap<>();

    private Linkage(URLClassLoader path) {
        this.path = path;
    }

    /** What of a class others link to, and where it inherits from. */
    private record Shape(List<String> parents, Set<String> members) {}

    static Linkage against(List<Path> elements) {
        URL[] urls = elements.stream().map(Linkage::url).toArray(URL[]::new);
        return new Linkage(new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()));
    }

    private static URL url(Path element) {
        try {
            return element.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** What a class refers to and the class path does not have. */
    Set<String> missing(References references) {
        Set<String> missing = new TreeSet<>();
        for (String type : references.types()) {
            if (!type.startsWith("[") && shape(type).isEmpty()) {
                missing.add(type.replace('/', '.'));
            }
        }
        for (References.Member member : references.members()) {
            String owner = member.owner().startsWith("[") ? "java/lang/Object" : member.owner();
            if (!POLYMORPHIC.contains(owner) && shape(owner).isPresent() && !has(owner, member.key())) {
                missing.add(member.toString());
            }
        }
        return missing;
    }

    private boolean has(String type, String member) {
        return shape(type)
                .map(shape -> shape.members().contains(member)
                        || shape.parents().stream().anyMatch(parent -> has(parent, member)))
                .orElse(false);
    }

    private Optional<Shape> shape(String type) {
        Optional<Shape> known = shapes.get(type);
        if (known == null) {
            known = read(type);
            shapes.put(type, known);
        }
        return known;
    }

    private Optional<Shape> read(String type) {
        try (InputStream in = path.getResourceAsStream(type + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            ClassNode node = new ClassNode();
            new ClassReader(in).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            List<String> parents = new ArrayList<>(node.interfaces);
            // An interface names Object as well, whose methods every interface answers to.
            Optional.ofNullable(node.superName).ifPresent(parents::add);
            Set<String> members = new HashSet<>();
            node.methods.forEach(method -> members.add(method.name + method.desc));
            node.fields.forEach(field -> members.add(field.name + ":" + field.desc));
            return Optional.of(new Shape(parents, members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        path.close();
    }
}
