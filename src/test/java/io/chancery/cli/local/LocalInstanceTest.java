package io.chancery.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.Failure;
import io.chancery.testing.Refusals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How a command finds the instance that it works on. */
class LocalInstanceTest {
  @TempDir Path temp;

  @Command(name = "test")
  private static final class Line {
    @Mixin private LocalInstance instance;
  }

  @Test
  void aFolderThatIsNoDataDirectoryIsNotMadeOne() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Failure failure = Refusals.of(() -> named("--data", empty.toString()).open(step -> {}));
    assertThat(failure.detail()).contains("is no data directory of Chancery");
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void aDatabaseThatRunsForNobodyIsStartedAndStopped() throws Exception {
    DataDirectory data = DataDirectory.open(temp.resolve("data"));
    LocalInstance instance = named("--data", data.root().toString());
    assertThat(Refusals.of(() -> instance.open(step -> {})).detail())
        .contains("has no database yet");
    try (LocalDatabase database = instance.openStopped(step -> {});
        Connection connection = database.connect()) {
      assertThat(connection.isValid(5)).isTrue();
      Failure second = Refusals.of(() -> named("--data", data.root().toString()).open(s -> {}));
      assertThat(second).isInstanceOf(Failure.Conflict.class);
      assertThat(second.detail()).contains("another command");
      assertThat(instance.properties(database))
          .containsEntry("chancery.ledger.copy", data.ledger().toString())
          .containsEntry("quarkus.datasource.username", "chancery_app")
          .containsEntry("chancery.database.owner", "chancery");
    }
    assertThat(data.postgres().resolve("postmaster.pid")).doesNotExist();
    try (LocalDatabase again = instance.open(step -> {})) {
      assertThat(again.access().jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
    }
  }

  @Test
  void theDatabaseOfARunningInstanceIsUsedAndLeftRunning() throws Exception {
    Path folder = temp.resolve("data");
    try (SecondJvm up = SecondJvm.start("postgres", folder)) {
      String port = up.says();
      DataDirectory data = DataDirectory.existing(folder);
      LocalInstance instance = named("--data", folder.toString());
      try (LocalDatabase database = instance.open(step -> {})) {
        assertThat(database.access().jdbcUrl()).contains("127.0.0.1:" + port + "/");
        database.connect().close();
      }
      assertThat(Postgres.running(data)).isPresent();
      Failure refused = Refusals.of(() -> instance.openStopped(step -> {}));
      assertThat(refused).isInstanceOf(Failure.Conflict.class);
      assertThat(refused.detail()).contains("chancery up runs on it");
      up.kill();
      // What the killed one left is adopted, and stopped at the end.
      instance.openStopped(step -> {}).close();
      assertThat(Postgres.running(data)).isEmpty();
    }
  }

  @Test
  void aDatabaseThatUpWasGivenIsKnownToCommands() {
    DataDirectory data = DataDirectory.open(temp.resolve("data"));
    DatabaseAccess given =
        new DatabaseAccess(
            "jdbc:postgresql://db.test/book", "clerk", java.util.Optional.of(Path.of("/p\\w")));
    ServiceProperties.write(data, given.properties());
    assertThat(ServiceProperties.read(data)).isEqualTo(given.properties());
    LocalInstance instance = named("--data", data.root().toString());
    assertThat(instance.open(step -> {}).access()).isEqualTo(given);
    assertThat(
            named("--data", data.root().toString(), "--jdbc-url", "jdbc:postgresql://x.test/y")
                .open(step -> {})
                .access()
                .jdbcUrl())
        .isEqualTo("jdbc:postgresql://x.test/y");
  }

  @Test
  void inProductionEachFileIsNamed() {
    LocalInstance instance =
        named("--jdbc-url", "jdbc:postgresql://x.test/y", "--authority", "a.yaml", "--copy", "c");
    assertThat(instance.authority()).isEqualTo(Path.of("a.yaml").toAbsolutePath());
    assertThat(instance.copy()).isEqualTo(Path.of("c").toAbsolutePath());
    assertThat(Refusals.of(instance::hsm)).isInstanceOf(Failure.Misconfigured.class);
    assertThat(Map.copyOf(instance.properties(instance.open(step -> {}))))
        .containsEntry("quarkus.datasource.jdbc.url", "jdbc:postgresql://x.test/y");
  }

  private static LocalInstance named(String... options) {
    Line line = new Line();
    new CommandLine(line).parseArgs(options);
    return line.instance;
  }
}
