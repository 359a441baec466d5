package dev.lakehouse.source.mysql;

import com.mysql.cj.conf.ConnectionUrlParser;
import com.mysql.cj.conf.HostInfo;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.exceptions.CJException;
import dev.lakehouse.UserError;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The driver's options in an address. Users may set options for the network, TLS and the login. Options that affect
 * values are the same for every connection, so that results do not depend on the JVM's time zone or on defaults of
 * server and driver; an address that contradicts them is refused. All other options are refused as well, because many
 * of them change results, read files or load classes.
 */
final class AddressOptions {
    private static final String SESSION_VARIABLES = PropertyKey.sessionVariables.getKeyName();

    /** The options that reading relies on, each with the reason for messages. */
    private static final Map<PropertyKey, Fixed> FIXED = new TreeMap<>(Map.of(
            PropertyKey.connectionTimeZone, new Fixed("UTC", "TIMESTAMP values are read in UTC"),
            PropertyKey.forceConnectionTimeZoneToSession, new Fixed("true", "TIMESTAMP values are read in UTC"),
            PropertyKey.characterEncoding, new Fixed("UTF-8", "text is read as UTF-8"),
            // Otherwise the server sends text in the character set of its column.
            PropertyKey.characterSetResults, new Fixed("UTF-8", "text is read as UTF-8"),
            PropertyKey.tinyInt1isBit, new Fixed("false", "TINYINT(1) is read as a number"),
            PropertyKey.yearIsDateType, new Fixed("false", "YEAR is read as a number"),
            PropertyKey.zeroDateTimeBehavior,
                    new Fixed("EXCEPTION", "dates such as 0000-00-00 are a matter of --invalid-dates")));

    private record Fixed(String value, String reason) {}

    /** Defaults that an address may override. */
    private static final Map<PropertyKey, String> DEFAULTS = new TreeMap<>(Map.of(
            PropertyKey.connectTimeout, "10000", // milliseconds
            // A row may be larger than the server's max_allowed_packet, which limits a value.
            PropertyKey.maxAllowedPacket, Integer.toString(1 << 30),
            PropertyKey.netTimeoutForStreamingResults, Integer.toString(SessionVariables.PATIENCE_SECONDS)));

    private static final Set<PropertyKey> USERS = Set.of(
            PropertyKey.sessionVariables,
            PropertyKey.connectTimeout,
            PropertyKey.socketTimeout,
            PropertyKey.netTimeoutForStreamingResults,
            PropertyKey.maxAllowedPacket,
            PropertyKey.tcpKeepAlive,
            PropertyKey.tcpNoDelay,
            PropertyKey.tcpRcvBuf,
            PropertyKey.tcpSndBuf,
            PropertyKey.tcpTrafficClass,
            PropertyKey.localSocketAddress,
            PropertyKey.socksProxyHost,
            PropertyKey.socksProxyPort,
            PropertyKey.socksProxyRemoteDns,
            PropertyKey.useCompression,
            PropertyKey.connectionAttributes,
            PropertyKey.sslMode,
            PropertyKey.useSSL,
            PropertyKey.requireSSL,
            PropertyKey.verifyServerCertificate,
            PropertyKey.tlsVersions,
            PropertyKey.tlsCiphersuites,
            PropertyKey.trustCertificateKeyStoreUrl,
            PropertyKey.trustCertificateKeyStoreType,
            PropertyKey.clientCertificateKeyStoreUrl,
            PropertyKey.clientCertificateKeyStoreType,
            PropertyKey.fallbackToSystemTrustStore,
            PropertyKey.fallbackToSystemKeyStore,
            PropertyKey.fipsCompliantJsse,
            PropertyKey.allowPublicKeyRetrieval,
            PropertyKey.serverRSAPublicKeyFile,
            PropertyKey.defaultAuthenticationPlugin,
            PropertyKey.disabledAuthenticationPlugins,
            PropertyKey.passwordCharacterEncoding,
            PropertyKey.cachePrepStmts,
            PropertyKey.prepStmtCacheSize,
            PropertyKey.prepStmtCacheSqlLimit,
            PropertyKey.rewriteBatchedStatements,
            PropertyKey.cacheServerConfiguration,
            PropertyKey.cacheResultSetMetadata,
            PropertyKey.maintainTimeStats);

    /** Properties of one of several hosts, which are not options. */
    private static final Set<PropertyKey> OF_A_HOST =
            Set.of(PropertyKey.HOST, PropertyKey.PORT, PropertyKey.PRIORITY, PropertyKey.TYPE);

    private AddressOptions() {}

    /**
     * The query part of an address: its own options and those of every connection. An option that cannot be used is
     * refused by name.
     */
    static String query(String url) {
        Map<String, String> options = new LinkedHashMap<>();
        try {
            ConnectionUrlParser parser = ConnectionUrlParser.parseConnectionString(url);
            for (HostInfo host : parser.getHosts()) {
                host.getHostProperties().forEach((name, value) -> {
                    if (!OF_A_HOST.contains(key(name))) {
                        check(name, value);
                    }
                });
            }
            parser.getProperties()
                    .forEach((name, value) -> options.put(check(name, value).getKeyName(), value));
        } catch (CJException e) {
            throw new UserError(
                    "The options of the MySQL address cannot be read.",
                    "The driver does not accept their form.",
                    "Give them as ?NAME=VALUE&NAME=VALUE, with special characters percent-encoded.",
                    e);
        }
        DEFAULTS.forEach((key, value) -> options.putIfAbsent(key.getKeyName(), value));
        FIXED.forEach((key, fixed) -> options.put(key.getKeyName(), fixed.value()));
        options.merge(SESSION_VARIABLES, "", (users, none) -> users);
        options.compute(SESSION_VARIABLES, (name, users) -> SessionVariables.merged(users));
        return options.entrySet().stream()
                .map(option -> option.getKey() + "=" + URLEncoder.encode(option.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static PropertyKey check(String name, String value) {
        PropertyKey key = key(name);
        if (key == null) {
            throw refused(
                    name,
                    "The driver has no option of that name.",
                    "Correct the name (the closest one is '" + ClosestName.of(name, names())
                            + "'), or remove the option.");
        }
        if (value == null) {
            throw refused(name, "It has no value.", "Give it as " + key.getKeyName() + "=VALUE, or remove it.");
        }
        Fixed fixed = FIXED.get(key);
        if (fixed != null) {
            if (!same(key, fixed.value(), value)) {
                throw refused(
                        name,
                        "Every connection uses " + key.getKeyName() + "=" + fixed.value() + ": " + fixed.reason() + ".",
                        "Remove the option.");
            }
        } else if (!USERS.contains(key)) {
            throw refused(
                    name,
                    "It could change what is read, read files or load classes.",
                    "Remove the option. Options for the network, TLS and the login can be used, and sessionVariables.");
        }
        return key;
    }

    /** The driver's option of a name; null if there is none. Case matters, as in the driver. */
    private static PropertyKey key(String name) {
        return PropertyKey.fromValue(PropertyKey.normalizeCase(name));
    }

    private static boolean same(PropertyKey key, String fixed, String value) {
        if (key == PropertyKey.characterEncoding || key == PropertyKey.characterSetResults) {
            try {
                return Charset.forName(value).equals(Charset.forName(fixed));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return false;
            }
        }
        return fixed.equalsIgnoreCase(value);
    }

    private static Set<String> names() {
        return Stream.concat(USERS.stream(), FIXED.keySet().stream())
                .map(PropertyKey::getKeyName)
                .collect(Collectors.toSet());
    }

    private static UserError refused(String name, String cause, String fix) {
        return new UserError("The option '" + name + "' of the MySQL address cannot be used.", cause, fix);
    }
}
