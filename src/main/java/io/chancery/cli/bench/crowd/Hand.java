package io.chancery.cli.bench.crowd;

import java.io.IOException;
import java.util.Optional;

/** One that asks, and its connection. */
final class Hand implements AutoCloseable {
  private final Course.Connections connections;
  private Optional<TlsConnection> open = Optional.empty();

  Hand(Course.Connections connections) {
    this.connections = connections;
  }

  /** Opens what is kept; what cannot be opened now is opened, or fails, with the first request. */
  void prepare(Door door) {
    if (connections == Course.Connections.KEPT) {
      try {
        open = Optional.of(door.open());
      } catch (IOException notNow) {
        open = Optional.empty();
      }
    }
  }

  int ask(Ask ask) throws IOException {
    if (open.isEmpty()) {
      open = Optional.of(ask.door().open());
    }
    return ask.over(open.get());
  }

  String body() {
    return open.map(TlsConnection::body).orElse("");
  }

  /** The answer was read. */
  void answered() {
    switch (connections) {
      case KEPT -> {}
      case NEW_EACH -> drop();
    }
  }

  /** The next request opens another connection. */
  void drop() {
    try {
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (IOException already) {
      return; // it is gone, which was wanted
    } finally {
      open = Optional.empty();
    }
  }

  @Override
  public void close() {
    drop();
  }
}
