package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.table.TableName;
import dev.lakehouse.table.Tables;
import dev.lakehouse.testing.TestLakehouse;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which extracts a table takes, by what it remembers. */
class TargetSourceTest {
    private static final TargetSource CUSTOMERS = new TargetSource("eu", "customers");

    private final Tables tables =
            Tables.at(TestLakehouse.session(), TestLakehouse.fresh().warehouse());

    @Test
    void aTargetIsOfOneTableOfOneSource() {
        TargetTable target = table("lake.customers", "id INT", CUSTOMERS);

        assertThatCode(() -> check(CUSTOMERS, target)).doesNotThrowAnyException();
        assertRefused(
                () -> check(new TargetSource("us", "customers"), target),
                "lake.customers is loaded from 'customers' of source 'eu', not from 'customers' of source 'us'");
        assertRefused(
                () -> check(new TargetSource("eu", "clients"), target),
                "lake.customers is loaded from 'customers' of source 'eu', not from 'clients' of source 'eu'");
    }

    @Test
    void aQuarantineIsNotSharedWithATableOfItsName() {
        TargetTable ordinary =
                table("lake.customers_quarantine", "id INT", new TargetSource("eu", "customers_quarantine"));
        TargetTable quarantine = table("lake.clients_quarantine", "id INT, _reasons ARRAY<STRING>", CUSTOMERS);

        assertThatCode(() -> CUSTOMERS.checkQuarantine(quarantine)).doesNotThrowAnyException();
        assertRefused(
                () -> CUSTOMERS.checkQuarantine(ordinary),
                "lake.customers_quarantine cannot be the quarantine table of 'customers'");
        assertRefused(
                () -> new TargetSource("us", "customers").checkQuarantine(quarantine),
                "lake.clients_quarantine is loaded from 'customers' of source 'eu'");
        assertRefused(
                () -> check(new TargetSource("eu", "clients_quarantine"), quarantine),
                "lake.clients_quarantine contains the quarantined rows of another table");
    }

    private static void check(TargetSource source, TargetTable target) {
        source.check(target, Optional::empty);
    }

    private static void assertRefused(ThrowingCallable check, String problem) {
        assertThatThrownBy(check).isInstanceOf(UserError.class).hasMessageContaining(problem);
    }

    private TargetTable table(String name, String columns, TargetSource source) {
        TableName table = TableName.parse(name);
        tables.create(
                table,
                "CREATE TABLE " + name + " (" + columns + ") USING DELTA TBLPROPERTIES (" + source.properties() + ")");
        return new TargetTable(TestLakehouse.session(), tables, table);
    }
}
