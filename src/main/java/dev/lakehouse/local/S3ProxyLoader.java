package dev.lakehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * The class loader of s3proxy: its jar and the platform's classes, without this application's classes. It replaces the
 * jar's logging configuration, which prints to the terminal, by one that writes warnings to a file in the home.
 */
final class S3ProxyLoader extends URLClassLoader {
    private static final String LOGGING = "logback.xml";

    private final URL logging;

    private S3ProxyLoader(URL jar, URL logging) {
        super("s3proxy", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        this.logging = logging;
    }

    static S3ProxyLoader open(Path jar, Home home) {
        Path configuration = home.logs().resolve("s3-logging.xml");
        try {
            Files.writeString(configuration, configuration(home.logs().resolve("s3.log")));
            return new S3ProxyLoader(jar.toUri().toURL(), configuration.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URL findResource(String name) {
        return name.equals(LOGGING) ? logging : super.findResource(name);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return name.equals(LOGGING) ? Collections.enumeration(List.of(logging)) : super.findResources(name);
    }

    private static String configuration(Path log) {
        return """
                <configuration>
                  <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
                  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder>
                      <pattern>%%d %%p %%c{1}: %%m%%n</pattern>
                    </encoder>
                  </appender>
                  <root level="warn">
                    <appender-ref ref="FILE"/>
                  </root>
                </configuration>
                """.formatted(
                log.toString().replace("&", "&amp;").replace("<", "&lt;").replace("$", "\\$"));
    }
}
