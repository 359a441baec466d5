package dev.lakehouse.local;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * s3proxy in this process on 127.0.0.1 and a free port, with its objects as files in the home. It has a separate class
 * loader, because it needs other versions of Spark's libraries. So it is called by reflection.
 */
final class EmbeddedS3 {
    static final String BUCKET = "lakehouse";
    static final String REGION = "us-east-1";
    static final String ACCESS_KEY = "s3-access-key";
    static final String SECRET_KEY = "s3-secret-key";

    private EmbeddedS3() {}

    static RunningServer<S3Endpoint> start(Home home) {
        Path objects = home.folder("s3");
        home.folder("s3/" + BUCKET);
        S3ProxyLoader loader = S3ProxyLoader.open(jar(), home);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Object proxy = build(loader, settings(home, objects));
            invoke(proxy, "start");
            String address = "127.0.0.1:" + invoke(proxy, "getPort");
            return new RunningServer<>(
                    new S3Endpoint(
                            "http://" + address, REGION, BUCKET, home.secret(ACCESS_KEY), home.secret(SECRET_KEY)),
                    "s3proxy, embedded, " + address,
                    () -> stop(loader, proxy));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("s3proxy does not start", e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void stop(S3ProxyLoader loader, Object proxy) {
        try {
            invoke(proxy, "stop");
            loader.close();
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException("s3proxy does not stop", e);
        }
    }

    private static Properties settings(Home home, Path objects) {
        Properties settings = new Properties();
        settings.setProperty("jclouds.provider", "filesystem-nio2");
        settings.setProperty("jclouds.filesystem.basedir", objects.toString());
        settings.setProperty("s3proxy.endpoint", "http://127.0.0.1:0");
        settings.setProperty("s3proxy.authorization", "aws-v2-or-v4");
        settings.setProperty("s3proxy.identity", home.secret(ACCESS_KEY).resolve());
        settings.setProperty("s3proxy.credential", home.secret(SECRET_KEY).resolve());
        settings.setProperty("s3proxy.ignore-unknown-headers", "true");
        return settings;
    }

    private static Object build(ClassLoader loader, Properties settings) throws ReflectiveOperationException {
        Class<?> stores = loader.loadClass("org.gaul.s3proxy.BlobStores");
        Object store = stores.getMethod("create", String.class, Properties.class)
                .invoke(null, settings.getProperty("jclouds.provider"), settings);
        Class<?> builders = loader.loadClass("org.gaul.s3proxy.S3Proxy$Builder");
        Object builder = builders.getMethod("fromProperties", Properties.class).invoke(null, settings);
        builders.getMethod("blobStore", loader.loadClass("org.gaul.s3proxy.blobstore.BlobStore"))
                .invoke(builder, store);
        return invoke(builder, "build");
    }

    private static Object invoke(Object target, String method) throws ReflectiveOperationException {
        Method found = target.getClass().getMethod(method);
        try {
            return found.invoke(target);
        } catch (InvocationTargetException e) {
            throw new InvocationTargetException(e.getCause(), "s3proxy failed in " + method);
        }
    }

    private static Path jar() {
        String root = System.getProperty("lakehouse.root", ".");
        Path jar = Path.of(System.getProperty("lakehouse.s3proxy", root + "/target/local/s3proxy.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new UserError(
                    "The embedded S3 server (s3proxy) is missing: " + jar.toAbsolutePath() + ".",
                    "The build creates this file. It has not run, or its output was deleted.",
                    "Run mvn -DskipTests package, or run ./lakehouse, which builds first.");
        }
        return jar;
    }
}
