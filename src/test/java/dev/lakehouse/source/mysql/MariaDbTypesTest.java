package dev.lakehouse.source.mysql;

import org.junit.jupiter.api.Test;

/** The types that only the embedded server has. */
class MariaDbTypesTest extends RoundTrips {
    @Test
    void uuidsAndAddressesAreText() throws Exception {
        roundTrip("UUID", "'123E4567-e89b-12d3-a456-426655440000'", "STRING", "123e4567-e89b-12d3-a456-426655440000");
        roundTrip("INET6", "'2001:DB8::FF00:42:8329'", "STRING", "2001:db8::ff00:42:8329");
        roundTrip("INET4", "'192.168.0.1'", "STRING", "192.168.0.1");
        roundTrip("INET6", "NULL", "STRING", null);
        check();
    }
}
