package io.chancery.cli.local;

import io.chancery.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The database's files: made once, whole or not at all. The superuser's password is thrown away as
 * soon as it is made: what it would be needed for is done in PostgreSQL's single-user mode.
 */
record PostgresCluster(DataDirectory data, PostgresBinaries binaries, Unprivileged unprivileged) {
  /** Owns the database and its tables; migrates, backs up, restores. */
  static final String ROLE = "chancery";

  /** What the service is: it owns nothing, so that row security holds for it. */
  static final String APPLICATION = "chancery_app";

  /**
   * Passwords are keys of 192 random bits: iterations make guessing dearer, and nobody guesses
   * those. The usual 4,096 are for what people think of, and each connection pays them.
   */
  private static final String NO_STRETCHING = "SET scram_iterations = 1\n";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Makes the cluster with the service's role and database where there is none. */
  void make(SecureRandom random) throws IOException {
    if (Files.exists(data.postgres().resolve("PG_VERSION"))) {
      mustBeOfThisVersion();
      unprivileged.own(data.postgres());
      if (!Files.exists(data.postgresPassword())) {
        data.writeSecret(data.postgresPassword(), secret(random));
        single(
            data.postgres(),
            NO_STRETCHING + "ALTER ROLE " + ROLE + " PASSWORD '" + password() + "'\n");
      }
      if (!Files.exists(data.applicationPassword())) {
        makeApplication(data.postgres(), secret(random));
      }
      return;
    }
    // A crash before the rename leaves pg.new, which the next start throws away.
    Path fresh = data.root().resolve("pg.new");
    DataDirectory.delete(fresh);
    data.folder(fresh);
    unprivileged.own(fresh);
    initialize(fresh, secret(random));
    data.writeSecret(data.postgresPassword(), secret(random));
    single(
        fresh,
        NO_STRETCHING
            + """
        CREATE ROLE chancery LOGIN PASSWORD '%s'
        CREATE DATABASE chancery OWNER chancery TEMPLATE template0
        REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC
        """
                .formatted(password()));
    makeApplication(fresh, secret(random));
    Files.writeString(
        fresh.resolve("postgresql.conf"),
        "\ninclude '" + PostgresSettings.FILE + "'\n",
        StandardOpenOption.APPEND);
    DataDirectory.move(fresh, data.postgres());
  }

  /** An older version made the cluster without it. The password is kept once it holds. */
  private void makeApplication(Path folder, String password) throws IOException {
    single(
        folder,
        NO_STRETCHING
            + """
        DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN CREATE ROLE %1$s LOGIN; END IF; END $$
        ALTER ROLE %1$s PASSWORD '%2$s'
        """
                .formatted(APPLICATION, password));
    data.writeSecret(data.applicationPassword(), password);
  }

  private String password() throws IOException {
    return Files.readString(data.postgresPassword()).strip();
  }

  private void initialize(Path fresh, String superuserPassword) throws IOException {
    must(
        "initdb",
        Program.run(
            command(
                "initdb",
                "--pgdata=" + fresh,
                "--username=postgres",
                "--pwfile=/dev/stdin",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"),
            data.root(),
            superuserPassword,
            PATIENCE));
  }

  /** Runs statements, one a line, with no server and no password. */
  void single(Path folder, String statements) throws IOException {
    Program run =
        Program.run(
            command("postgres", "--single", "-D", folder.toString(), "postgres"),
            data.root(),
            statements,
            PATIENCE);
    must("postgres --single", run);
    if (run.output().contains("ERROR:")) {
      throw failed("postgres --single", run);
    }
  }

  List<String> command(String program, String... arguments) {
    List<String> command = new java.util.ArrayList<>(unprivileged.launcher());
    command.add(binaries.program(program));
    command.addAll(List.of(arguments));
    return command;
  }

  private void mustBeOfThisVersion() throws IOException {
    String major = Files.readString(data.postgres().resolve("PG_VERSION")).strip();
    if (!major.equals(PostgresBinaries.MAJOR)) {
      throw new Failure.Misconfigured(
              data.postgres().toString(),
              "was made by PostgreSQL " + major + ", and this is " + PostgresBinaries.MAJOR,
              "move the data with pg_dump, or serve it yourself and use --jdbc-url")
          .thrown();
    }
  }

  private void must(String what, Program run) {
    if (!run.ok()) {
      throw failed(what, run);
    }
  }

  private io.chancery.PkiException failed(String what, Program run) {
    return new Failure.Misconfigured(
            "PostgreSQL in " + data.postgres(),
            what + " failed: " + run.lastLine(),
            "look at the space and the permissions there; programs: " + binaries.home())
        .thrown();
  }

  private static String secret(SecureRandom random) {
    byte[] octets = new byte[24];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
