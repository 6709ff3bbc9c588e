package io.chancery.scenario.apart;

import static org.assertj.core.api.Assertions.assertThat;

import io.chancery.scenario.PublishedCrls;
import io.chancery.testing.Book;
import io.chancery.testing.Csrs;
import io.chancery.testing.Http;
import io.chancery.testing.OpenSslTool;
import io.chancery.testing.Tenant;
import io.chancery.testing.World;
import io.chancery.x509.JavaCertificates;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates spread over shards: each is listed where its CDP says, and in the whole CRL. */
@QuarkusTest
@WithTestResource(World.class)
@TestProfile(ShardedCrlTest.FourShards.class)
class ShardedCrlTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int SHARDS = 4;

  /** The service with shards. */
  public static final class FourShards implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("chancery.crl.shards", String.valueOf(SHARDS));
    }
  }

  @TempDir Path folder;
  @Inject Tenant tenants;
  @Inject Book book;

  private Tenant.Holder holder;
  private OpenSslTool openssl;

  @BeforeEach
  void issue() throws Exception {
    holder =
        tenants.fresh("dns:internal.test").enrol("tls-client", Csrs.ec("").dns("a.internal.test"));
    openssl = new OpenSslTool(folder);
    openssl.write("root.pem", Http.root());
    openssl.write("issuing.pem", holder.issuer());
    openssl.write("leaf.pem", holder.certificate());
  }

  @Test
  void theSerialDecidesAndTheBookRemembers() {
    int shard = holder.certificate().serial().value().mod(BigInteger.valueOf(SHARDS)).intValue();
    assertThat(path()).isEqualTo("/crl/issuing/" + shard + ".crl");
    assertThat(book.texts("select crl_shard from certificate where serial = ?", holder.serial()))
        .containsExactly(String.valueOf(shard));
    revoke();
    assertThat(book.texts("select shard from revoked where serial = ?", holder.serial()))
        .containsExactly(String.valueOf(shard));
  }

  @Test
  void everyShardSaysWhichOneItIs() {
    for (int shard = 0; shard < SHARDS; shard++) {
      String path = "/crl/issuing/" + shard + ".crl";
      X509CRL crl = PublishedCrls.crl(path);
      // RFC 5280 s5.2.5: critical, with exactly the name that stands in the CDP.
      assertThat(crl.getCriticalExtensionOIDs()).containsExactly("2.5.29.28");
      byte[] value = ASN1OctetString.getInstance(crl.getExtensionValue("2.5.29.28")).getOctets();
      String address =
          GeneralNames.getInstance(
                  IssuingDistributionPoint.getInstance(value).getDistributionPoint().getName())
              .getNames()[0]
              .getName()
              .toString();
      assertThat(address).isEqualTo("http://127.0.0.1:" + Http.port("http.port") + path);
    }
    assertThat(Http.plain().get("/crl/issuing/" + SHARDS + ".crl").status()).isEqualTo(404);
  }

  @Test
  void opensslChecksTheShardThatTheCertificateNames() throws Exception {
    assertThat(opensslWith(path())).contains("leaf.pem: OK");
    String other = "/crl/issuing/" + (shard() + 1) % SHARDS + ".crl";
    assertThat(opensslWith(other)).as("another shard").doesNotContain("leaf.pem: OK");
    revoke();
    PublishedCrls.await(path(), SOON, this::lists);
    assertThat(opensslWith(path())).contains("certificate revoked");
    assertThat(lists(PublishedCrls.crl(other))).isFalse();
    // The whole CRL and its delta go on telling everything.
    PublishedCrls.await(PublishedCrls.WHOLE, SOON, this::lists);
    PublishedCrls.await(PublishedCrls.DELTA, SOON, this::lists);
  }

  @Test
  void theJdkChecksTheShardThatTheCertificateNames() throws Exception {
    assertThat(java()).isEqualTo("good");
    revoke();
    PublishedCrls.await(path(), SOON, this::lists);
    assertThat(java()).isEqualTo("REVOKED");
  }

  private int shard() {
    return Integer.parseInt(path().replaceAll(".*/(\\d+)\\.crl", "$1"));
  }

  /** From the certificate; it has no freshest CRL beside it. */
  private String path() {
    assertThat(holder.certificate().crlAddresses()).hasSize(1);
    assertThat(JavaCertificates.of(holder.certificate()).getExtensionValue("2.5.29.46")).isNull();
    return URI.create(holder.certificate().crlAddresses().getFirst()).getPath();
  }

  private boolean lists(X509CRL crl) {
    return crl.getRevokedCertificate(holder.certificate().serial().value()) != null;
  }

  private void revoke() {
    Http.Answer answer =
        holder.home().http().post(holder.path() + "/revocation", Map.of("reason", "superseded"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private String opensslWith(String path) throws Exception {
    PublishedCrls.fetch(openssl, folder, path, "shard.pem");
    return openssl
        .run(
            "verify",
            "-crl_check",
            "-extended_crl",
            "-CAfile",
            "root.pem",
            "-untrusted",
            "issuing.pem",
            "-CRLfile",
            "shard.pem",
            "leaf.pem")
        .text();
  }

  private String java() throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(JavaCertificates.of(Http.root()), null)));
    CertPathValidator validator = CertPathValidator.getInstance("PKIX");
    PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
    checker.setOptions(
        EnumSet.of(
            PKIXRevocationChecker.Option.ONLY_END_ENTITY,
            PKIXRevocationChecker.Option.PREFER_CRLS,
            PKIXRevocationChecker.Option.NO_FALLBACK));
    parameters.addCertPathChecker(checker);
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(List.of(PublishedCrls.crl(path())))));
    try {
      validator.validate(
          factory.generateCertPath(
              List.of(
                  JavaCertificates.of(holder.certificate()), JavaCertificates.of(holder.issuer()))),
          parameters);
      return "good";
    } catch (CertPathValidatorException refused) {
      return refused.getReason().toString();
    }
  }
}
