package dev.lakehouse.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.databricks.Deployment.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of a workspace before a deployment, from an empty one to a complete one. */
@Tag("databricks")
class RemoteCheckTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^ +\\$ (.+)$");

    @TempDir
    private Path folder;

    @Test
    void everyMissingPieceIsListedAndItsCommandProvidesIt() throws Exception {
        Deployment deployment = Deployment.of("dev", folder);

        Ended empty = deployment.withCli().remote("check").failed();

        assertThat(missing(empty))
                .containsExactly(
                        "group              lakehouse-jobs",
                        "group              lakehouse-engineers",
                        "group              lakehouse-readers",
                        "group              lakehouse-personal-data",
                        "catalog            dev_tester",
                        "right              USE_CATALOG on catalog dev_tester for lakehouse-jobs",
                        "right              USE_CATALOG, CREATE_SCHEMA on catalog dev_tester for lakehouse-engineers",
                        "right              USE_CATALOG on catalog dev_tester for lakehouse-readers",
                        "right              USE_CATALOG on catalog dev_tester for lakehouse-personal-data",
                        "external location  s3://company-lakehouse/landing",
                        "right              CREATE_EXTERNAL_VOLUME on external-location lakehouse-landing for"
                                + " lakehouse-engineers",
                        "warehouse          [dev tester] lakehouse-dev",
                        "secret scope       lakehouse-dev-tester",
                        "secret             lakehouse-dev-tester/kafka-password",
                        "secret             lakehouse-dev-tester/mysql-password",
                        "secret             lakehouse-dev-tester/pseudonym-keyset");
        assertThat(empty.out()).contains("there    user               tester@databricks.com", "16 of 17 are missing");

        deployment
                .shell("set -euo pipefail\ndatabricks() { echo value | command databricks \"$@\"; }\n"
                        + commands(empty))
                .succeeded();
        Ended complete = deployment.remote("check").succeeded();

        assertThat(missing(complete)).isEmpty();
        assertThat(complete.out()).endsWith("Nothing is missing.\n");
        deployment.workspace().assertNothingRefused();
    }

    @Test
    void onlyWhatIsMissingIsListed() throws Exception {
        Deployment deployment = Deployment.of("dev", folder).withCli();
        deployment.deploy();

        Ended partly = deployment.remote("check").failed();

        assertThat(missing(partly)).noneMatch(line -> line.startsWith("warehouse") || line.startsWith("secret scope"));
        assertThat(partly.out()).contains("there    warehouse          [dev tester] lakehouse-dev");
    }

    @Test
    void theVolumeOfTheJarIsAskedForWhereATargetHasOne() throws Exception {
        Deployment deployment = new Deployment(
                "dev_serverless", Checkout.in(folder.resolve("checkout")), FakeWorkspace.empty(), folder);

        Ended empty = deployment
                .withCli()
                .remote("check", "--target", "dev_serverless")
                .failed();

        assertThat(empty.out())
                .contains("missing  volume             dev_serverless_tester.default.artifacts")
                .contains("$ databricks volumes create dev_serverless_tester default artifacts MANAGED");
    }

    @Test
    void aVariableWithoutAValueIsNamed() throws Exception {
        Deployment deployment = Deployment.of("dev", folder).withCli();
        deployment
                .checkout()
                .edit(
                        "databricks.yml",
                        "  mysql_url:",
                        "  company_name:\n    description: Without a value\n  mysql_url:");

        Ended refused = deployment.remote("check").failed();
        Ended given = deployment.remote("check", "--var", "company_name=x").failed();

        assertThat(refused.err()).contains("company_name").contains("--var NAME=VALUE");
        assertThat(missing(given)).hasSize(16);
    }

    private static List<String> missing(Ended check) {
        return check.out()
                .lines()
                .filter(line -> line.startsWith("missing  "))
                .map(line -> line.substring(9))
                .toList();
    }

    /** The commands that a check prints; groups of an account are made in this workspace, which has no account. */
    private static String commands(Ended check) {
        return COMMAND.matcher(check.out())
                .results()
                .map(command -> command.group(1))
                .distinct()
                .collect(Collectors.joining("\n"))
                .replace("databricks account groups", "databricks groups");
    }
}
