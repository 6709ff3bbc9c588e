package io.chancery.testing;

import io.chancery.chaos.database.Harm;
import io.chancery.cli.witness.TestWitness;
import io.chancery.hsm.Hsm;
import io.chancery.hsm.HsmConfig;
import io.chancery.hsm.Pkcs11Hsm;
import io.chancery.hsm.SigningKey;
import io.chancery.issuance.AuthorityCertificates;
import io.chancery.issuance.NameConstraints;
import io.chancery.ledger.note.NoteKey;
import io.chancery.x509.DistinguishedName;
import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.Validity;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A whole authority for {@code @QuarkusTest}s: real PostgreSQL, real SoftHSM, its own root. */
public final class World implements QuarkusTestResourceLifecycleManager {
  /** Give it with any value, and the issuer answers OCSP with its own key. */
  public static final String WITHOUT_RESPONDER = "without-responder";

  /** Give it with any value, and it has a PostgreSQL of its own, which may be harmed. */
  public static final String HARMED = "harmed";

  private static final String RESPONDER_LINE = "responderKey: %s";

  private boolean withoutResponder;
  private boolean harmed;
  private final Deque<AutoCloseable> own = new ArrayDeque<>();

  @Override
  public void init(Map<String, String> arguments) {
    withoutResponder = arguments.containsKey(WITHOUT_RESPONDER);
    harmed = arguments.containsKey(HARMED);
  }

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "world").toRealPath();
      Path hsm = TestToken.fresh(TestToken.label("world"));
      NoteKey log = ceremony(folder, hsm, withoutResponder ? "" : RESPONDER_LINE);
      TestWitness witness = new TestWitness(folder.resolve("witness"), log);
      Map<String, String> config = new HashMap<>();
      config.putAll(
          harmed
              ? Harm.lay(folder.resolve("postgres"), own)
              : TestPostgres.freshDatabase().access().properties());
      config.put("chancery.hsm.config", hsm.toString());
      config.put("chancery.authority", folder.resolve("authority.yaml").toString());
      config.put("chancery.ledger.witnesses", witness.key().vkey() + " " + witness.uri());
      config.put(
          "chancery.ledger.copy", Files.createDirectory(folder.resolve("ledger")).toString());
      config.put("chancery.profiles", profiles(folder).toString());
      config.put("chancery.test.root", folder.resolve("root.pem").toString());
      config.putAll(Strangers.settle(folder));
      if (harmed) {
        // What a fault leaves open is finished within a test's time.
        config.put("chancery.tidy.every", "1s");
        config.put("chancery.tidy.after", "3s");
        // A client's own persistence is no runaway.
        config.put("chancery.brake.pause-at", "100000");
        config.put("chancery.brake.free", "50000");
      }
      config.put("chancery.alerts.every", "1s");
      config.put("chancery.bulk.look", "1s");
      config.put("chancery.blocked-keys.look", "1s");
      // A filter covers what was issued a second before.
      config.put("chancery.filter.margin", "1s");
      config.put("chancery.canary.every", "off");
      // Tests show the same wrong credential again and again until it is refused.
      config.put("chancery.logins.failures-per-minute", "10000");
      config.put("chancery.logins.address-failures-per-minute", "100000");
      // A slow machine must not turn a crowd's patience into refusals.
      config.put("chancery.admission.patience", "120s");
      // Certificates say where their status is, so the port must be known before they are issued.
      String http = String.valueOf(freePort());
      config.put("quarkus.http.test-port", http);
      config.put("chancery.public-url", "http://127.0.0.1:" + http);
      return config;
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  @Override
  public void stop() {
    while (!own.isEmpty()) {
      try {
        own.pop().close();
      } catch (Exception cannot) {
        throw new IllegalStateException(cannot);
      }
    }
  }

  /** The shipped ones, and two whose certificates take one approval and two. */
  private static Path profiles(Path folder) throws IOException {
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    Path shipped = Path.of("src/main/resources/profiles");
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.toList()) {
        Files.copy(file, profiles.resolve(file.getFileName()));
      }
    }
    String server = Files.readString(shipped.resolve("tls-server.yaml"));
    for (String number : List.of("one", "two")) {
      Files.writeString(
          profiles.resolve("approved-by-" + number + ".yaml"),
          server.replace("name: tls-server", "name: approved-by-" + number)
              + "approvals: "
              + (number.equals("one") ? 1 : 2)
              + "\n");
    }
    return profiles;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static NoteKey ceremony(Path folder, Path hsmYaml, String responderLine)
      throws IOException {
    try (Hsm hsm = Pkcs11Hsm.open(HsmConfig.load(hsmYaml))) {
      AuthorityCertificates certificates =
          new AuthorityCertificates(new SecureRandom(), Clock.systemUTC());
      SigningKey root = hsm.generate(KeyAlgorithm.EC_P384, "root");
      SigningKey issuing = hsm.generate(KeyAlgorithm.EC_P256, "issuing");
      SigningKey responder = hsm.generate(KeyAlgorithm.EC_P256, "responder");
      SigningKey ledger = hsm.generate(KeyAlgorithm.ED25519, "ledger");
      Instant start = Instant.now().minusSeconds(3600);
      IssuedCertificate rootCertificate =
          certificates.root(
              root,
              DistinguishedName.parse("O=World, CN=World root"),
              Validity.starting(start, Duration.ofDays(3650)),
              java.util.Optional.of(1));
      IssuedCertificate issuingCertificate =
          certificates.intermediate(
              rootCertificate,
              root,
              issuing.publicKey(),
              DistinguishedName.parse("O=World, CN=World issuing"),
              Validity.starting(start, Duration.ofDays(1800)),
              0,
              NameConstraints.NONE);
      Files.writeString(folder.resolve("root.pem"), rootCertificate.pem());
      Files.writeString(folder.resolve("issuing.pem"), issuingCertificate.pem());
      Files.writeString(
          folder.resolve("authority.yaml"),
          """
          issuers:
            - name: issuing
              certificate: issuing.pem
              chain: [root.pem]
              key: %s
              %s
          ledgerKey: %s
          """
              .formatted(issuing.id(), responderLine.formatted(responder.id()), ledger.id()));
      // RFC 8410 s4: the last 32 octets are the key's own.
      byte[] info = ledger.publicKey().info().octets();
      return NoteKey.of(
          "chancery.internal/" + ledger.id().hex().substring(0, 16),
          NoteKey.Type.ED25519,
          Arrays.copyOfRange(info, info.length - 32, info.length));
    }
  }
}
