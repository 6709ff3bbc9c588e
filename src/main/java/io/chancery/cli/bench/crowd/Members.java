package io.chancery.cli.bench.crowd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chancery.Failure;
import io.chancery.x509.KeyAlgorithm;
import io.chancery.x509.KeyPairs;
import io.chancery.x509.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Services that got a certificate before, each with a key of its own. */
public final class Members {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CREATED = 201;
  private static final int AT_ONCE = 8;

  /** RFC 9110 s15.6.4: who is told so may come again; a crowd before may still be at work. */
  private static final int BUSY = 503;

  private static final int AGAIN = 30;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Asks asks;

  /**
   * @param asks where their certificates come from
   */
  public Members(Asks asks) {
    this.asks = asks;
  }

  /** The door as a service with a new certificate goes through it. */
  public Door newcomer() {
    try (TlsConnection connection = asks.door().open()) {
      return enrol(connection).door();
    } catch (IOException failed) {
      throw refused(failed.toString());
    }
  }

  /**
   * Renewals of so many certificates, each through its holder's own door, and not yet asked for.
   */
  public List<Ask> renewals(int many) {
    List<Ask> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<List<Ask>>> parts = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int part = many / AT_ONCE + (i < many % AT_ONCE ? 1 : 0);
        parts.add(clients.submit(() -> part(part)));
      }
      for (Future<List<Ask>> one : parts) {
        all.addAll(one.get());
      }
    } catch (ExecutionException failed) {
      throw refused(String.valueOf(failed.getCause()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
    return all;
  }

  private record Member(Door door, String name, String serial) {}

  private List<Ask> part(int many) throws IOException {
    List<Ask> renewals = new ArrayList<>();
    try (TlsConnection connection = asks.door().open()) {
      for (int i = 0; i < many; i++) {
        Member member = enrol(connection);
        KeyPair fresh = KeyPairs.generate(KeyAlgorithm.EC_P256);
        renewals.add(asks.renewal(member.door(), fresh, member.name(), member.serial()));
      }
    }
    return renewals;
  }

  private Member enrol(TlsConnection connection) throws IOException {
    KeyPair key = KeyPairs.generate(KeyAlgorithm.EC_P256);
    String name = asks.newName();
    Ask ask = asks.enrolment(key, name);
    int status = ask.over(connection);
    for (int again = 0; status == BUSY && again < AGAIN; again++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      status = ask.over(connection);
    }
    if (status != CREATED) {
      throw refused(status + " " + connection.body());
    }
    JsonNode answer = JSON.readTree(connection.body());
    List<X509Certificate> chain = certificates(answer.path("certificate").asText());
    chain.addAll(certificates(answer.path("chain").asText()));
    return new Member(
        asks.door().as(key.getPrivate(), chain), name, answer.path("serial").asText());
  }

  private static List<X509Certificate> certificates(String pem) throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> found = new ArrayList<>();
      for (var der : Pem.decode(Pem.CERTIFICATE, pem)) {
        found.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.octets())));
      }
      return found;
    } catch (GeneralSecurityException unreadable) {
      throw new IOException("no certificate", unreadable);
    }
  }

  private RuntimeException refused(String what) {
    return new Failure.Misconfigured(
            "https port " + asks.door().port(),
            "gave a service no certificate: " + what,
            "look at the log of the instance")
        .thrown();
  }
}
