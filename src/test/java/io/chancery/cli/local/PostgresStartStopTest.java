package io.chancery.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chancery.Failure;
import io.chancery.PkiException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStartStopTest {
  @TempDir static Path prepared;
  @TempDir Path temp;
  private DataDirectory data;
  private final List<Postgres> started = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();

  /** Making the files takes most of a first start: they are made once and copied. */
  @BeforeAll
  static void makeOnce() {
    DataDirectory made = DataDirectory.open(prepared);
    Postgres.start(made, step -> {}).stop();
  }

  @BeforeEach
  void open() throws Exception {
    data = DataDirectory.open(temp.resolve("data"));
    try (Stream<Path> all = Files.walk(prepared)) {
      for (Path from : (Iterable<Path>) all::iterator) {
        Path to = data.root().resolve(prepared.relativize(from).toString());
        if (!Files.exists(to)) {
          Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  @AfterEach
  void stop() {
    started.forEach(Postgres::stop);
  }

  @Test
  void isDurableAndClosedToOthers() throws Exception {
    Postgres postgres = start();
    assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
    assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(ask(postgres, "SHOW full_page_writes")).isEqualTo("on");
    assertThat(ask(postgres, "SHOW data_checksums")).isEqualTo("on");
    assertThat(ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(data.postgres().resolve(PostgresSettings.FILE))
        .content()
        .contains("unix_socket_directories = ''");
    assertThat(ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(ask(postgres, "SHOW server_version")).startsWith(PostgresBinaries.MAJOR + ".");
    assertThat(ask(postgres, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
    assertThat(mode(postgres.ownerPasswordFile())).isEqualTo("rw-------");
    assertThat(mode(data.postgres())).isEqualTo("rwx------");
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.owner(), "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void aSecondStartContinuesOnTheSameDataAndPort() throws Exception {
    Postgres first = start();
    ask(first, "CREATE TABLE roll AS SELECT 'kept' AS word; SELECT 1");
    first.stop();
    assertThat(Ports.free(first.port())).isTrue();
    first.stop(); // a second stop is no error

    Postgres second = start();
    assertThat(second.port()).isEqualTo(first.port());
    assertThat(ask(second, "SELECT word FROM roll")).isEqualTo("kept");
  }

  @Test
  void takesAnotherPortWhenItsOwnWasTaken() throws Exception {
    Postgres first = start();
    first.stop();
    try (ServerSocket taken =
        new ServerSocket(first.port(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(start().port()).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void adoptsTheServerThatAKilledInstanceLeft() throws Exception {
    try (SecondJvm other = SecondJvm.start("postgres", data.root())) {
      int port = Integer.parseInt(other.says());
      long pid = Postmaster.running(data.postgres()).orElseThrow().pid();
      other.kill();

      Postgres adopted = start();
      assertThat(adopted.port()).isEqualTo(port);
      assertThat(Postmaster.running(data.postgres()).orElseThrow().pid()).isEqualTo(pid);
      assertThat(ask(adopted, "SELECT 1")).isEqualTo("1");
      adopted.stop();
      assertThat(Postmaster.running(data.postgres())).isEmpty();
    }
  }

  @Test
  void aKilledServerIsStartedAgainAndLosesNothing() throws Exception {
    Postgres first = start();
    ask(first, "CREATE TABLE roll AS SELECT 'kept' AS word; SELECT 1");
    long pid = Postmaster.running(data.postgres()).orElseThrow().pid();
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    server.destroyForcibly();
    server.onExit().get();
    assertThat(data.postgres().resolve("postmaster.pid")).exists();

    assertThat(ask(start(), "SELECT word FROM roll")).isEqualTo("kept");
  }

  @Test
  void aPidThatNowBelongsToAnotherProgramIsNoObstacle() throws Exception {
    start().stop();
    Files.writeString(
        data.postgres().resolve("postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + data.postgres() + "\n1\n5432\n\n127.0.0.1\n1 1\n");
    assertThat(ask(start(), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aHalfMadeClusterIsMadeAnew() throws Exception {
    DataDirectory.delete(data.postgres());
    Files.createDirectories(data.root().resolve("pg.new/base"));
    assertThat(ask(start(), "SELECT 1")).isEqualTo("1");
    assertThat(data.root().resolve("pg.new")).doesNotExist();
  }

  @Test
  void aLostPasswordFileIsMadeAnew() throws Exception {
    Postgres first = start();
    ask(first, "CREATE TABLE roll AS SELECT 'kept' AS word; SELECT 1");
    first.stop();
    Files.delete(first.ownerPasswordFile());
    assertThat(ask(start(), "SELECT word FROM roll")).isEqualTo("kept");
  }

  @Test
  void aClusterOfAVersionWithOneRoleGetsTheServices() throws Exception {
    Postgres first = start();
    assertThat(ask(first, "SELECT 1")).isEqualTo("1");
    first.stop();
    Unprivileged unprivileged = Unprivileged.find();
    new PostgresCluster(data, PostgresBinaries.find(data, unprivileged, steps::add), unprivileged)
        .single(data.postgres(), "DROP ROLE chancery_app\n");
    Files.delete(data.applicationPassword());
    Postgres second = start();
    second.access().connect().close();
    assertThat(second.access().user()).isEqualTo("chancery_app");
    // One that was killed left its server running, without the role.
    Files.delete(data.applicationPassword());
    start().access().connect().close();
    assertThat(steps).anyMatch(step -> step.contains("as an older version left it"));
    assertThat(mode(data.applicationPassword())).isEqualTo("rw-------");
  }

  @Test
  void keysOfRandomBitsAreNotStretched() throws Exception {
    Unprivileged unprivileged = Unprivileged.find();
    PostgresBinaries binaries = PostgresBinaries.find(data, unprivileged, steps::add);
    Program asked =
        Program.run(
            new PostgresCluster(data, binaries, unprivileged)
                .command("postgres", "--single", "-D", data.postgres().toString(), "postgres"),
            data.root(),
            "SELECT rolname || ' ' || split_part(rolpassword, ':', 1) FROM pg_authid\n",
            Duration.ofMinutes(1));
    assertThat(asked.output())
        .contains("\"chancery SCRAM-SHA-256$1\"", "\"chancery_app SCRAM-SHA-256$1\"");
  }

  @Test
  void theDataOfAnotherMajorVersionIsRefused() throws Exception {
    Files.writeString(data.postgres().resolve("PG_VERSION"), "12\n");
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            PkiException.class,
            e -> {
              assertThat(e.failure()).isInstanceOf(Failure.Misconfigured.class);
              assertThat(e.failure().detail()).contains("PostgreSQL 12");
              assertThat(e.failure().remedy()).contains("--jdbc-url");
            });
  }

  private Postgres start() {
    Postgres postgres = Postgres.start(data, steps::add);
    started.add(postgres);
    return postgres;
  }

  private static String ask(Postgres postgres, String question) throws Exception {
    String password = Files.readString(postgres.ownerPasswordFile()).strip();
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.owner(), password);
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(question);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet answer = statement.getResultSet()) {
        answer.next();
        return answer.getString(1);
      }
    }
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
