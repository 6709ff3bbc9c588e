package io.chancery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.x509.IssuedCertificate;
import io.chancery.x509.JavaCertificates;
import io.chancery.x509.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * PINs, tokens and private keys of an instance, looked for wherever they must not be: the heap, the
 * environment and command line of each process, the logs, the metrics, and answers to bad requests.
 */
final class HiddenSecrets {
  private final Path data;
  private final String said;
  private final Map<String, byte[]> secrets = new LinkedHashMap<>();

  /**
   * @param said what {@code up} printed
   */
  HiddenSecrets(Path data, String said) throws Exception {
    this.data = data;
    this.said = said;
    for (Path file : filesOf(data)) {
      if (isSecret(file)) {
        secrets.put(data.relativize(file).toString(), Files.readString(file).strip().getBytes());
      }
    }
    for (String who : List.of("admin", "approver")) {
      secrets.put(who + "'s key", scalar(data.resolve(who).resolve("key.pem")));
    }
    assertThat(secrets).hasSizeGreaterThan(5);
  }

  private static boolean isSecret(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith("pin") || name.endsWith("token") || name.endsWith("password");
  }

  /** The instance runs: what is gone between its folder's listing and the look at it is passed. */
  private static List<Path> filesOf(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return files;
  }

  void mustBeHidden(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      Path proc = Path.of("/proc", String.valueOf(process.pid()));
      mustNotHold("environment of " + process.pid(), Files.readAllBytes(proc.resolve("environ")));
      mustNotHold("command line of " + process.pid(), Files.readAllBytes(proc.resolve("cmdline")));
      if (process.info().commandLine().orElse("").contains("quarkus-run.jar up")) {
        heapMustNotHold(process.pid());
      }
    }
    try (Stream<Path> logs = Files.list(data.resolve("log"))) {
      for (Path log : logs.toList()) {
        mustNotHold(log.toString(), Files.readAllBytes(log));
      }
    }
    mustNotHold("what up says", said.getBytes(StandardCharsets.UTF_8));
    mustNotHold("metrics", get(address("management") + "/q/metrics"));
    for (String path : List.of("/v1/certificates?limit=x", "/v1/organizations/none", "/none")) {
      mustNotHold("the answer to " + path, get(address("https") + path));
    }
  }

  /** What is reachable: what is garbage is gone with the next collection, which the dump makes. */
  private void heapMustNotHold(long pid) throws Exception {
    Path dump = data.resolveSibling("heap.hprof");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process made =
        new ProcessBuilder(
                jcmd.toString(), String.valueOf(pid), "GC.heap_dump", "-overwrite", dump.toString())
            .redirectErrorStream(true)
            .start();
    String answer = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(answer).isZero();
    byte[] heap = Files.readAllBytes(dump);
    Files.delete(dump);
    // The search finds what is there: the address is configuration.
    assertThat(holds(heap, address("http").getBytes())).as("the heap holds what it must").isTrue();
    secrets.forEach(
        (name, secret) -> {
          // The pool logs in to the database whenever it needs another connection.
          if (!name.endsWith("password")) {
            mustNotHold("the heap", heap, name, secret);
          }
        });
  }

  private void mustNotHold(String place, byte[] octets) {
    secrets.forEach((name, secret) -> mustNotHold(place, octets, name, secret));
  }

  private static void mustNotHold(String place, byte[] octets, String name, byte[] secret) {
    for (byte[] form : forms(secret)) {
      assertThat(holds(octets, form)).as(name + " in " + place).isFalse();
    }
  }

  /** As it is, as Java's wide strings hold it, and as big integers do. */
  private static List<byte[]> forms(byte[] secret) {
    String text = new String(secret, StandardCharsets.ISO_8859_1);
    byte[] reversed = new byte[secret.length];
    for (int i = 0; i < secret.length; i++) {
      reversed[i] = secret[secret.length - 1 - i];
    }
    return List.of(secret, text.getBytes(StandardCharsets.UTF_16LE), reversed);
  }

  private static boolean holds(byte[] octets, byte[] wanted) {
    for (int i = 0; i + wanted.length <= octets.length; i++) {
      if (octets[i] == wanted[0]
          && Arrays.equals(octets, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] scalar(Path pem) throws IOException, GeneralSecurityException {
    ECPrivateKey key =
        (ECPrivateKey)
            KeyFactory.getInstance("EC")
                .generatePrivate(
                    new PKCS8EncodedKeySpec(
                        Pem.decodeOne("PRIVATE KEY", Files.readString(pem)).octets()));
    BigInteger s = key.getS();
    byte[] octets = s.toByteArray();
    return octets.length > 31
        ? Arrays.copyOfRange(octets, octets.length - 31, octets.length)
        : octets;
  }

  private String address(String listener) {
    Matcher line = Pattern.compile("(?m)^ +" + listener + " +(\\S+)").matcher(said);
    assertThat(line.find()).as(said).isTrue();
    return line.group(1);
  }

  private byte[] get(String address) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "root",
        JavaCertificates.of(
            IssuedCertificate.parse(
                Pem.decodeOne(Pem.CERTIFICATE, Files.readString(data.resolve("trust/root.pem"))))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header(
                "Authorization", "Bearer " + Files.readString(data.resolve("enrol.token")).strip())
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return (answer.headers().map() + new String(answer.body(), StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
