package io.chancery.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads server-sent events in the background, as the standard has them parsed. */
public final class EventStream implements AutoCloseable {
  private final InputStream stream;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  /** One event. */
  public record Event(String name, String id, String data) {}

  EventStream(InputStream stream) {
    this.stream = stream;
    Thread.ofVirtual().start(this::read);
  }

  public List<Event> events() {
    return events;
  }

  public List<Event> named(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }

  public List<String> comments() {
    return comments;
  }

  public boolean ended() {
    return ended;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String name = "";
      String id = "";
      StringBuilder data = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            events.add(new Event(name, id, data.toString()));
          }
          name = "";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.add(line.substring(1).strip());
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        }
      }
    } catch (IOException closed) {
      ended = true;
    }
    ended = true;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException gone) {
      ended = true;
    }
  }
}
