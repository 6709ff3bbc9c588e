package io.chancery.cli.bench.crowd;

import io.chancery.x509.CsrMaker;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import io.chancery.x509.SubjectAltName;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Requests for certificates, whole as they go over the wire, each with a key and a name that was
 * never used. They are made before they are needed: a key and its proof cost more than asking.
 */
public final class Asks {
  private static final String DOMAIN = ".internal.test";
  private static final int SERIES_OCTETS = 6;

  private final ConcurrentLinkedQueue<Ask> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger made = new AtomicInteger();
  private final SecureRandom random = new SecureRandom();
  private final String series;
  private final Door door;
  private final String profile;
  private final Optional<String> token;

  /**
   * @param token an enrolment token; without one the connection says who asks
   */
  public Asks(Door door, String profile, Optional<String> token) {
    this.door = door;
    this.profile = profile;
    this.token = token;
    byte[] octets = new byte[SERIES_OCTETS];
    random.nextBytes(octets);
    this.series = HexFormat.of().formatHex(octets);
  }

  /** Makes as many as are missing, with all processors. */
  public void fill(int wanted) {
    IntStream.range(ready.size(), wanted)
        .parallel()
        .forEach(
            i -> ready.add(enrolment(KeyPairs.generate(KeyAlgorithm.EC_P256, random), newName())));
  }

  public Door door() {
    return door;
  }

  public Optional<Ask> next() {
    return Optional.ofNullable(ready.poll());
  }

  public int left() {
    return ready.size();
  }

  /** A request for a key that the caller has. */
  Ask enrolment(KeyPair key, String name) {
    String body = "{\"profile\":\"" + profile + "\",\"csr\":\"" + csr(key, name) + "\"}";
    return new Ask(door, post("/v1/certificates", body));
  }

  /** A request for a new certificate in place of another under the same name, by its holder. */
  Ask renewal(Door holder, KeyPair key, String name, String serial) {
    String path = "/v1/certificates/" + serial + "/renewal";
    return new Ask(holder, post(path, "{\"csr\":\"" + csr(key, name) + "\"}"));
  }

  String newName() {
    return "bench-" + series + "-" + made.incrementAndGet() + DOMAIN;
  }

  private byte[] post(String path, String body) {
    StringBuilder whole = new StringBuilder(200 + body.length());
    whole.append("POST ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(door.port());
    whole.append("\r\nContent-Type: application/json\r\nAccept: application/json\r\n");
    token.ifPresent(it -> whole.append("Authorization: Bearer ").append(it).append("\r\n"));
    whole.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    return whole.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** PEM inside of JSON. */
  private static String csr(KeyPair key, String name) {
    var names = List.of(SubjectAltName.parse("dns:" + name));
    return Pem.encode(Pem.REQUEST, CsrMaker.make(key, DistinguishedName.parse(""), names))
        .replace("\n", "\\n");
  }
}
