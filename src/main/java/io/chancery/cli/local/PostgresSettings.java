package io.chancery.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code pg/chancery.conf}: the settings that each start writes, and the port of the last one. */
final class PostgresSettings {
  static final String FILE = "chancery.conf";

  private static final Pattern PORT = Pattern.compile("(?m)^port = (\\d{1,5})$");

  private PostgresSettings() {}

  /** Every commit is on disk before it is acknowledged; only loopback, only with a password. */
  private static final String DURABLE =
      """
      # Written by chancery at each start; postgresql.conf includes it last.
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      max_connections = 100
      shared_buffers = 256MB
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      max_wal_size = 1GB
      checkpoint_timeout = 15min
      password_encryption = 'scram-sha-256'
      idle_in_transaction_session_timeout = '60s'
      tcp_keepalives_idle = 30
      timezone = 'UTC'
      log_timezone = 'UTC'
      lc_messages = 'C'
      """;

  static void write(Path postgres, int port, String own) throws IOException {
    Files.writeString(postgres.resolve(FILE), DURABLE.formatted(port) + own);
  }

  /** The port that the last start chose. */
  static OptionalInt lastPort(Path postgres) throws IOException {
    try {
      Matcher port = PORT.matcher(Files.readString(postgres.resolve(FILE)));
      return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
    } catch (NoSuchFileException never) {
      return OptionalInt.empty();
    }
  }
}
