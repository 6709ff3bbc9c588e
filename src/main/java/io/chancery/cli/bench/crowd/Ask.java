package io.chancery.cli.bench.crowd;

import java.io.IOException;

/** A finished request and the door that it goes through. */
public final class Ask {
  private final Door door;
  private final byte[] octets;

  Ask(Door door, byte[] octets) {
    this.door = door;
    this.octets = octets;
  }

  Door door() {
    return door;
  }

  /** Returns the status of the answer. */
  int over(TlsConnection connection) throws IOException {
    return connection.ask(octets);
  }
}
