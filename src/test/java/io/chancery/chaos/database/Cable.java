package io.chancery.chaos.database;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection through the {@link Wire}. Reads as much of PostgreSQL's protocol as it needs. */
final class Cable {
  /** Parse: a statement's name, empty for one that is used once, and its text. */
  private static final Pattern PARSED = Pattern.compile("P....(S_\\d+)?\0COMMIT\0", Pattern.DOTALL);

  private final Wire wire;
  private final Socket client;
  private final Socket server;
  private final Set<String> commits = new HashSet<>();
  private volatile boolean commitIsOut;
  private volatile boolean deaf;

  Cable(Wire wire, Socket client, Socket server) {
    this.wire = wire;
    this.client = client;
    this.server = server;
  }

  void start() {
    Thread.ofVirtual().start(() -> pass(client, server, this::toServer));
    Thread.ofVirtual().start(() -> pass(server, client, this::toClient));
  }

  void cut() {
    wire.forget(this);
    close(client);
    close(server);
  }

  private interface Gate {
    boolean lets(byte[] octets, int length);
  }

  private void pass(Socket from, Socket to, Gate gate) {
    byte[] octets = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(octets); length > 0; length = in.read(octets)) {
        if (gate.lets(octets, length)) {
          out.write(octets, 0, length);
          out.flush();
        }
      }
    } catch (IOException broken) {
      wire.forget(this);
    }
    // An end is passed on as well, but by a cable that lies there torn.
    if (deaf && from == server) {
      return;
    }
    cut();
  }

  private boolean toServer(byte[] octets, int length) {
    boolean commit = holdsCommit(octets, length);
    if (isDeaf()) {
      return false;
    }
    return switch (wire.mood()) {
      case PASSES, SILENT -> true;
      case COMMIT_LOST -> {
        if (commit) {
          wire.lose();
          cut();
        }
        yield !commit;
      }
      case COMMIT_UNHEARD -> {
        deaf |= commit;
        yield !commit;
      }
      case ANSWER_LOST, ANSWER_UNHEARD -> {
        commitIsOut = commit;
        yield true;
      }
    };
  }

  private boolean toClient(byte[] octets, int length) {
    if (isDeaf()) {
      return false;
    }
    if (commitIsOut && wire.mood() == Wire.Mood.ANSWER_LOST) {
      wire.lose();
      cut();
      return false;
    }
    if (commitIsOut && wire.mood() == Wire.Mood.ANSWER_UNHEARD) {
      deaf = true;
      return false;
    }
    return true;
  }

  private boolean isDeaf() {
    deaf |= wire.mood() == Wire.Mood.SILENT;
    return deaf;
  }

  /** The driver parses COMMIT once a connection, and from then on sends its statement's name. */
  private boolean holdsCommit(byte[] octets, int length) {
    String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    Matcher parsed = PARSED.matcher(text);
    boolean found = false;
    while (parsed.find()) {
      found = true;
      if (parsed.group(1) != null) {
        commits.add(parsed.group(1));
      }
    }
    // Bind: no portal's name, the statement's.
    return found || commits.stream().anyMatch(name -> text.contains("\0" + name + "\0\0\0\0\0"));
  }

  static void close(Closeable one) {
    try {
      one.close();
    } catch (IOException closed) {
      return; // that was wanted
    }
  }
}
