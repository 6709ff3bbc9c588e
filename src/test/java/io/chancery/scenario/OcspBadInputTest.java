package io.chancery.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.issuance.Issuers;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent: the protocol's own error or a 4xx, soon, and memory stays as it was. */
@QuarkusTest
@WithTestResource(World.class)
class OcspBadInputTest {
  private static final String TYPE = "application/ocsp-request";
  private static final int MALFORMED = 1;
  private static final int UNAUTHORIZED = 6;
  private static final int PATIENCE_MILLIS = 30_000;

  @Inject Tenant tenants;
  @Inject Issuers issuers;

  private OcspQuestions questions;
  private BigInteger serial;

  @BeforeEach
  void issue() {
    questions = OcspQuestions.of(issuers);
    serial =
        tenants
            .fresh("dns:internal.test")
            .enrol("tls-client", Csrs.ec("").dns("b.internal.test"))
            .certificate()
            .serial()
            .value();
  }

  @Test
  void sizesBeyondReason() {
    for (int octet = 0; octet < 256; octet++) {
      assertThat(OcspQuestions.status(post(new byte[] {(byte) octet}).body())).isEqualTo(MALFORMED);
    }
    assertThat(post(new byte[100_000]).status()).isEqualTo(413);
    assertThat(post(new byte[1_000_000]).status()).isEqualTo(413);
    assertThat(post(questions.withNonce(new byte[100_000], serial)).status()).isEqualTo(413);
    for (int length : new int[] {0, 129}) {
      byte[] answer = post(questions.withNonce(new byte[length], serial)).body();
      assertThat(OcspQuestions.status(answer)).isEqualTo(MALFORMED);
    }
    assertThat(post(many(2_000)).status()).isEqualTo(413);
    assertThat(OcspQuestions.status(post(many(51)).body())).isEqualTo(MALFORMED);
    assertThat(OcspQuestions.verdicts(post(many(50)).body())).hasSize(50);
  }

  @Test
  void aHashThatNobodyKnowsIsOfNoIssuerHere() {
    for (String oid : List.of("1.2.840.113549.2.5", "2.16.840.1.101.3.4.2.3")) {
      AlgorithmIdentifier hash = new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid));
      assertThat(OcspQuestions.status(post(questions.ask(hash, List.of(), serial)).body()))
          .as(oid)
          .isEqualTo(UNAUTHORIZED);
    }
  }

  @Test
  void randomPathsAreAnswered() {
    Random random = new Random(3);
    String alphabet = "ABCabc019+/=-_%25%2F.~!$&'()*,;:@?";
    try (KeptConnection connection = KeptConnection.plain()) {
      for (int round = 0; round < 2_000; round++) {
        StringBuilder path = new StringBuilder("/ocsp/");
        for (int i = random.nextInt(150); i > 0; i--) {
          path.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        assertThat(connection.get(path.toString())).as(path.toString()).isBetween(200, 499);
      }
    }
  }

  @Test
  void whoAsksFirstWhetherItMaySendIsToldToGoOn() throws Exception {
    byte[] question = questions.about(serial);
    try (Socket socket = socket()) {
      write(socket, head(question.length, "Expect: 100-continue\r\n"));
      assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(line(socket.getInputStream())).isEmpty();
      socket.getOutputStream().write(question);
      assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
    }
    try (Socket socket = socket()) {
      // Nobody wants to be sent what is refused anyway.
      write(socket, head(1_000_000, "Expect: 100-continue\r\n"));
      assertThat(line(socket.getInputStream())).contains(" 413 ");
    }
  }

  @Test
  void aBodyThatComesInPiecesIsRead() throws Exception {
    byte[] question = questions.about(serial);
    try (Socket socket = socket()) {
      write(socket, head(question.length, ""));
      for (byte octet : question) {
        socket.getOutputStream().write(octet);
        socket.getOutputStream().flush();
      }
      assertThat(line(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
    }
    try (Socket socket = socket()) {
      write(
          socket,
          "POST /ocsp HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + TYPE
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      byte[] chunk = new byte[1024];
      try {
        for (int i = 0; i < 64; i++) {
          write(socket, "400\r\n");
          out.write(chunk);
          write(socket, "\r\n");
        }
      } catch (IOException closed) {
        // It has seen enough.
      }
      assertThat(line(socket.getInputStream())).contains(" 413 ");
    }
  }

  @Test
  void whoNeverSendsItsBodyIsNotWaitedFor() throws Exception {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = socket();
      write(socket, head(100, ""));
      slow.add(socket);
    }
    // Others are answered meanwhile.
    assertThat(OcspQuestions.verdicts(post(questions.about(serial)).body()))
        .containsExactly("good");
    for (Socket socket : slow) {
      assertThat(line(socket.getInputStream())).contains(" 408 ");
      socket.close();
    }
  }

  @Test
  void memoryStaysAsItWas() {
    rubbish(1_000, new Random(1));
    long before = used();
    rubbish(3_000, new Random(2));
    assertThat(used() - before).isLessThan(20L << 20);
  }

  private void rubbish(int requests, Random random) {
    byte[] question = questions.about(serial);
    try (KeptConnection connection = KeptConnection.plain()) {
      for (int i = 0; i < requests; i++) {
        byte[] other = question.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 + random.nextInt(255));
        String path = java.util.Base64.getUrlEncoder().encodeToString(other);
        assertThat(connection.get("/ocsp/" + path)).isEqualTo(200);
      }
    }
  }

  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  private byte[] many(int count) {
    return questions.about(
        IntStream.rangeClosed(1, count).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
  }

  private static Http.Answer post(byte[] body) {
    return Http.plain().post("/ocsp", TYPE, body);
  }

  private static Socket socket() throws IOException {
    Socket socket = new Socket("127.0.0.1", Http.port("http.port"));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static String head(int length, String more) {
    return "POST /ocsp HTTP/1.1\r\nHost: a\r\nContent-Type: "
        + TYPE
        + "\r\nContent-Length: "
        + length
        + "\r\n"
        + more
        + "\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
