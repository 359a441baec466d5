package dev.lakehouse.connect;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/**
 * What a class file refers to: ASM asks a remapper for the new name of each of them, method references included.
 * Generic signatures are left out, as the JVM does not link them.
 *
 * @param types internal names of classes
 * @param members methods and fields
 */
record References(Set<String> types, Set<Member> members) {

    /**
     * A method or a field.
     *
     * @param owner internal name of the class by which it is reached
     * @param key name and descriptor
     */
    record Member(String owner, String key) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return owner.replace('/', '.') + "." + key;
        }
    }

    static References of(byte[] classFile) {
        References found = new References(new TreeSet<>(), new TreeSet<>());
        new ClassReader(classFile)
                .accept(new ClassRemapper(new ClassNode(), found.new Collector()), ClassReader.SKIP_DEBUG);
        return found;
    }

    private final class Collector extends Remapper {
        @Override
        public String map(String type) {
            types.add(type);
            return type;
        }

        @Override
        public String mapMethodName(String owner, String name, String descriptor) {
            members.add(new Member(owner, name + descriptor));
            return name;
        }

        @Override
        public String mapFieldName(String owner, String name, String descriptor) {
            members.add(new Member(owner, name + ":" + descriptor));
            return name;
        }

        @Override
        public String mapSignature(String signature, boolean typeSignature) {
            return signature;
        }
    }
}
