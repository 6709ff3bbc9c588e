package io.chancery.access.foreign;

import io.chancery.Failure;
import io.chancery.x509.Der;
import io.chancery.x509.JavaCertificates;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Other authorities whose client certificates may stand for people here. */
@Singleton
public final class ForeignAuthorities {
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
  private static final int LONGEST_CHAIN = 5;

  private final Provider<ForeignConfig> config;
  private volatile Map<String, List<X509Certificate>> anchors = Map.of();

  /** The doors are made before the configuration can be read. */
  @Inject
  ForeignAuthorities(Provider<ForeignConfig> config) {
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    load();
  }

  /** What a handshake has to let through. */
  public List<X509Certificate> anchors() {
    load();
    return anchors.values().stream().flatMap(List::stream).toList();
  }

  /** Whether there is an authority of this name. */
  public boolean knows(String name) {
    return config.get().all().containsKey(name);
  }

  /**
   * The name of the authority below which this certificate is in force (RFC 5280 s6): dates, chain,
   * purpose, and its CRL where there is one.
   *
   * @param above what the client sent with it
   */
  public Optional<String> authorityOf(Der certificate, List<Der> above, Instant now) {
    if (anchors.isEmpty() || above.size() > LONGEST_CHAIN) {
      return Optional.empty();
    }
    try {
      X509Certificate leaf = parsed(certificate);
      if (leaf.getBasicConstraints() >= 0 || !isForClients(leaf)) {
        return Optional.empty();
      }
      List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
      for (Der one : above) {
        chain.add(parsed(one));
      }
      return anchors.entrySet().stream()
          .filter(authority -> holds(authority, chain, now))
          .map(Map.Entry::getKey)
          .findFirst();
    } catch (GeneralSecurityException unreadable) {
      return Optional.empty();
    }
  }

  private boolean holds(
      Map.Entry<String, List<X509Certificate>> authority,
      List<X509Certificate> chain,
      Instant now) {
    try {
      List<X509Certificate> path =
          chain.stream().filter(one -> !authority.getValue().contains(one)).toList();
      PKIXParameters parameters =
          new PKIXParameters(
              authority.getValue().stream()
                  .map(anchor -> new TrustAnchor(anchor, null))
                  .collect(Collectors.toSet()));
      parameters.setDate(Date.from(now));
      Optional<Path> crl =
          Optional.ofNullable(config.get().all().get(authority.getKey()))
              .flatMap(ForeignConfig.Authority::crl);
      parameters.setRevocationEnabled(crl.isPresent());
      if (crl.isPresent()) {
        parameters.addCertStore(
            CertStore.getInstance(
                "Collection", new CollectionCertStoreParameters(crls(crl.get()))));
      }
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path), parameters);
      return true;
    } catch (GeneralSecurityException no) {
      return false;
    } catch (IOException cannot) {
      throw new Failure.Misconfigured(
              "chancery.foreign-authorities." + authority.getKey() + ".crl",
              "cannot be read",
              "without it nobody below this authority is believed")
          .because(cannot);
    }
  }

  /** RFC 5280 s4.2.1.12: without the extension a key serves any purpose. */
  private static boolean isForClients(X509Certificate leaf) throws CertificateParsingException {
    List<String> purposes = leaf.getExtendedKeyUsage();
    return purposes == null || purposes.contains(CLIENT_AUTH);
  }

  private static Collection<? extends CRL> crls(Path file)
      throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCRLs(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static X509Certificate parsed(Der certificate) throws GeneralSecurityException {
    return JavaCertificates.foreign(certificate.octets()).getFirst();
  }

  private void load() {
    Map<String, List<X509Certificate>> found = new TreeMap<>();
    config
        .get()
        .all()
        .forEach((name, authority) -> found.put(name, read(name, authority.certificates())));
    anchors = Map.copyOf(found);
  }

  private static List<X509Certificate> read(String name, Path file) {
    try {
      List<X509Certificate> all = JavaCertificates.foreign(Files.readAllBytes(file));
      if (all.isEmpty()) {
        throw new IOException("holds no certificate");
      }
      return all;
    } catch (IOException | GeneralSecurityException cannot) {
      throw new Failure.Misconfigured(
              "chancery.foreign-authorities." + name + ".certificates",
              "cannot be read",
              "name a PEM file with the authority's certificates")
          .because(cannot);
    }
  }
}
